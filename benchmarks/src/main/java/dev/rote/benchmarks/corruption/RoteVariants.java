package dev.rote.benchmarks.corruption;

import dev.rote.benchmarks.race.Work;
import dev.rote.corruption.datasets.DatasetFiles;
import dev.rote.corruption.datasets.Datasets;
import dev.rote.corruption.variants.CoreTasks;
import dev.rote.corruption.variants.RealStatistics;
import dev.rote.corruption.variants.VariantMaker;
import dev.rote.v1.DatasetSpec;
import dev.rote.v1.IdxFiles;
import dev.rote.v1.InputCorruption;
import dev.rote.v1.VariantSpec;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Whole variants as the service makes them: moments of the real images, noise, labels, the bytes of
 * the shards and their SHA-256; all but storing them.
 */
final class RoteVariants implements Work {
  private final VariantMaker maker;
  private final InputCorruption.Rule rule;
  private final NoiseMoments moments = new NoiseMoments();
  private final CheckedShards shards = new CheckedShards(moments::add);
  private long seed;

  private RoteVariants(InputCorruption.Rule rule, Path directory, int threads) {
    CoreTasks tasks = new CoreTasks(threads);
    DatasetFiles files = new DatasetFiles(directory, directory.resolve("cache"), null);
    this.rule = rule;
    this.maker =
        new VariantMaker(
            new DroppingStore(shards), new Datasets(files), new RealStatistics(tasks), tasks);
  }

  /**
   * Answers a race.
   *
   * @param arguments rule, directory of the files, threads
   */
  public static void main(String[] arguments) throws IOException {
    Work.serve(
        new RoteVariants(
            InputCorruption.Rule.valueOf(arguments[0]),
            Path.of(arguments[1]),
            Integer.parseInt(arguments[2])));
  }

  @Override
  public double[] check() {
    shards.during(() -> run(1));
    return moments.meanDeviationAndTails();
  }

  @Override
  public void run(int times) {
    for (int i = 0; i < times; i++) {
      maker.make(spec(++seed));
    }
  }

  private VariantSpec spec(long corruptionSeed) {
    VariantSpec.Builder spec = VariantSpec.newBuilder();
    spec.setDataset(
        DatasetSpec.newBuilder()
            .setName("idx")
            .setTrainSize(NoiseFiles.EXAMPLES)
            .setValidationSize(NoiseFiles.VALIDATION)
            .setIdx(IdxFiles.newBuilder().setTrainImages("images").setTrainLabels("labels")));
    InputCorruption.Builder inputs =
        spec.getCorruptionBuilder().setSeed(corruptionSeed).getInputsBuilder();
    inputs.setRule(rule).setLevel(1);
    if (rule == InputCorruption.Rule.GAUSSIAN) {
      inputs.setStatistics(InputCorruption.Statistics.SCALAR);
    }
    return spec.build();
  }
}
