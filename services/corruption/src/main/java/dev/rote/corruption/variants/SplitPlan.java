package dev.rote.corruption.variants;

import dev.rote.artifacts.variants.Shard;
import dev.rote.artifacts.variants.ShardLayout;
import dev.rote.artifacts.variants.VariantSplit;
import dev.rote.corruption.datasets.DatasetSplit;
import dev.rote.corruption.inputs.InputRule;
import dev.rote.corruption.labels.LabelRule;
import dev.rote.corruption.selection.Selection;
import dev.rote.v1.VariantManifest.Encoding;
import org.jspecify.annotations.Nullable;

/**
 * What happens to a split.
 *
 * @param split which one
 * @param real its real examples
 * @param inputs null: inputs stay real
 * @param labels null: labels stay real
 * @param threshold null: no example has the threshold class
 * @param places which of the examples, thus corrupted, are trained on
 */
record SplitPlan(
    VariantSplit split,
    DatasetSplit real,
    @Nullable Inputs inputs,
    @Nullable Labels labels,
    @Nullable Threshold threshold,
    Places places) {

  /**
   * Which inputs are replaced, and by what.
   *
   * @param other where examples are borrowed from; null: nowhere
   */
  record Inputs(Selection chosen, InputRule rule, @Nullable DatasetSplit other) {}

  /** Which labels are treated, and how. */
  record Labels(Selection chosen, LabelRule rule) {}

  /** Which examples have the class that does not exist, whatever else becomes of their labels. */
  record Threshold(Selection chosen, int label) {}

  /** The same of other places. */
  SplitPlan at(Places others) {
    return new SplitPlan(split, real, inputs, labels, threshold, others);
  }

  /** What is corrupted of an example: bits of {@link Shard}. */
  byte mask(long example) {
    int mask = inputs != null && inputs.chosen.contains(example) ? Shard.INPUT_REPLACED : 0;
    if (threshold != null && threshold.chosen.contains(example)) {
      mask |= Shard.LABEL_TREATED | Shard.THRESHOLD_CLASS;
    } else if (labels != null
        && labels.chosen.contains(example)
        && labels.rule.treats(example, real.label(example), real.datasetIndex(example))) {
      mask |= Shard.LABEL_TREATED;
    }
    return (byte) (mask | (places.isRepeated(example) ? Shard.REPEATED : 0));
  }

  /** Examples that are trained on. */
  long size() {
    return places.size();
  }

  /** Bytes as long as every input consists of grey levels that fit. */
  Encoding encoding() {
    boolean noise = inputs != null && inputs.rule instanceof InputRule.Noise;
    return noise || !real.isBytes() ? Encoding.FLOAT32 : Encoding.UINT8;
  }

  int examplesPerShard() {
    return ShardLayout.examplesPerShard(real.shape().values(), encoding());
  }

  int shards() {
    int perShard = examplesPerShard();
    return Math.toIntExact((size() + perShard - 1) / perShard);
  }
}
