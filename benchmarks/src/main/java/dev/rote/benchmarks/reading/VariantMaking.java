package dev.rote.benchmarks.reading;

import dev.rote.benchmarks.corruption.CheckedShards;
import dev.rote.benchmarks.corruption.DroppingStore;
import dev.rote.benchmarks.race.Work;
import dev.rote.corruption.datasets.DatasetFiles;
import dev.rote.corruption.datasets.Datasets;
import dev.rote.corruption.variants.CoreTasks;
import dev.rote.corruption.variants.RealStatistics;
import dev.rote.corruption.variants.VariantMaker;
import dev.rote.v1.DatasetSpec;
import dev.rote.v1.VariantSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Files that become variants as the service makes them, by all cores of the JVM: their SHA-256,
 * examples laid down, and the shards with their sums; all but storing those. Each has a cache of
 * its own, which is emptied when no clock runs.
 */
final class VariantMaking implements Work {
  private final Path directory;
  private final Path cache;
  private final VariantSpec spec;
  private final LevelMoments moments = new LevelMoments();
  private final CheckedShards shards = new CheckedShards(moments::add);

  private VariantMaking(String path, int examples, Path directory) {
    this.directory = directory;
    this.cache = directory.resolve("cache");
    DatasetSpec.Builder dataset = DatasetSpec.newBuilder().setName("files");
    dataset
        .setTrainSize(examples - ReadingCase.VALIDATION)
        .setValidationSize(ReadingCase.VALIDATION);
    dataset.getFilesBuilder().getTrainBuilder().setPath(path);
    this.spec = VariantSpec.newBuilder().setDataset(dataset).build();
  }

  /**
   * Answers a race.
   *
   * @param arguments path of the files, examples in them, directory that they lie in
   */
  public static void main(String[] arguments) throws IOException {
    Work.serve(
        new VariantMaking(arguments[0], Integer.parseInt(arguments[1]), Path.of(arguments[2])));
  }

  @Override
  public double[] check() {
    shards.during(() -> run(1));
    clear();
    return moments.countMeanDeviation();
  }

  @Override
  public void run(int times) {
    for (int i = 0; i < times; i++) {
      try (CoreTasks tasks = new CoreTasks(Runtime.getRuntime().availableProcessors())) {
        DatasetFiles files = new DatasetFiles(directory, cache.resolve("" + i), null);
        new VariantMaker(
                new DroppingStore(shards), new Datasets(files), new RealStatistics(tasks), tasks)
            .make(spec);
      }
    }
  }

  @Override
  public void clear() {
    try (Stream<Path> files = Files.walk(cache)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
