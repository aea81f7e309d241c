package dev.rote.corruption.variants;

import dev.rote.artifacts.variants.Shard;
import dev.rote.corruption.datasets.DatasetFiles;
import dev.rote.corruption.datasets.Datasets;
import dev.rote.spec.AdmittedVariant;
import dev.rote.v1.VariantSpec;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A variant made without a store: its examples in memory. */
record PlannedVariant(int classes, List<Example> train, List<Example> validation) {

  /** One example as a shard has it. */
  @SuppressWarnings("ArrayRecordComponent")
  record Example(float[] input, int label, int original, long source, int mask) {
    boolean is(byte bit) {
      return (mask & bit) != 0;
    }
  }

  /**
   * Makes a variant.
   *
   * @param directory the user's datasets; null: none
   * @param cache where unpacked files go
   */
  static PlannedVariant of(VariantSpec spec, @Nullable Path directory, Path cache) {
    Datasets datasets = new Datasets(new DatasetFiles(directory, cache, null));
    VariantSpec filled = AdmittedVariant.admit(spec).spec();
    try (CoreTasks tasks = new CoreTasks(1);
        VariantPlan plan =
            VariantPlan.of(filled, datasets, new RealStatistics(tasks), () -> false)) {
      return new PlannedVariant(
          plan.classes(), examples(plan.train()), examples(plan.validation()));
    }
  }

  private static List<Example> examples(SplitPlan plan) {
    List<Example> examples = new ArrayList<>();
    ShardMaker maker = new ShardMaker(plan);
    for (int number = 0; number < plan.shards(); number++) {
      Shard shard = Shard.of(ByteBuffer.wrap(maker.make(number).toBytes()), "shard " + number);
      for (int i = 0; i < shard.examples(); i++) {
        float[] input = new float[shard.values()];
        shard.input(i, input, 0);
        examples.add(
            new Example(
                input,
                shard.label(i),
                shard.originalLabel(i),
                shard.sourceIndex(i),
                shard.mask(i)));
      }
    }
    return examples;
  }
}
