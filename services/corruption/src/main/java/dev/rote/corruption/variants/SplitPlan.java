package dev.rote.corruption.variants;

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
 */
record SplitPlan(
    VariantSplit split,
    DatasetSplit real,
    @Nullable Inputs inputs,
    @Nullable Labels labels,
    @Nullable Threshold threshold) {

  /** Which inputs are replaced, and by what. */
  record Inputs(Selection chosen, InputRule rule) {}

  /** Which labels are treated, and how. */
  record Labels(Selection chosen, LabelRule rule) {}

  /** Which examples have the class that does not exist, whatever else becomes of their labels. */
  record Threshold(Selection chosen, int label) {}

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
    return Math.toIntExact((real.size() + perShard - 1) / perShard);
  }
}
