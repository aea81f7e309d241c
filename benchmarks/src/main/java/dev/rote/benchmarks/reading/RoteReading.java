package dev.rote.benchmarks.reading;

import dev.rote.benchmarks.race.Work;
import dev.rote.corruption.datasets.DatasetFiles;
import dev.rote.corruption.datasets.Datasets;
import dev.rote.corruption.datasets.ExampleSource;
import dev.rote.corruption.datasets.OpenDataset;
import dev.rote.spec.SweepDefaults;
import dev.rote.v1.DatasetSpec;
import dev.rote.v1.FileSet;
import dev.rote.v1.OwnFiles;
import dev.rote.v1.VariantSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Folders as the service reads them when it has never seen them: found, hashed, decoded, checked
 * and laid down in the cache.
 */
final class RoteReading implements Work {
  private final Path folder;
  private final Path cache;

  private RoteReading(Path folder, Path cache) {
    this.folder = folder;
    this.cache = cache;
  }

  /**
   * Answers a race.
   *
   * @param arguments the folder, and a directory for the cache
   */
  public static void main(String[] arguments) throws IOException {
    Work.serve(new RoteReading(Path.of(arguments[0]), Path.of(arguments[1])));
  }

  @Override
  public double[] check() {
    try (OpenDataset open = open()) {
      ExampleSource source = open.sources().get(0);
      byte[] levels = new byte[source.shape().values()];
      double sum = 0;
      for (long i = 0; i < source.size(); i++) {
        source.read(i, levels);
        for (byte level : levels) {
          sum += level & 0xFF;
        }
      }
      return new double[] {source.size(), sum / source.size()};
    } finally {
      clear();
    }
  }

  @Override
  public void run(int times) {
    for (int i = 0; i < times; i++) {
      open().close();
      clear();
    }
  }

  private OpenDataset open() {
    OwnFiles files =
        OwnFiles.newBuilder()
            .setTrain(FileSet.newBuilder().setPath(String.valueOf(folder.getFileName())))
            .build();
    DatasetSpec dataset =
        DatasetSpec.newBuilder()
            .setName("files")
            .setTrainSize(PictureFiles.EXAMPLES - 1)
            .setValidationSize(1)
            .setFiles(files)
            .build();
    return new Datasets(new DatasetFiles(folder.getParent(), cache, null))
        .open(SweepDefaults.fill(VariantSpec.newBuilder().setDataset(dataset).build()).getDataset());
  }

  private void clear() {
    try {
      for (Path file : PictureFiles.of(cache)) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
