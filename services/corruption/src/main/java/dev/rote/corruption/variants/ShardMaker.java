package dev.rote.corruption.variants;

import dev.rote.artifacts.variants.Shard;
import dev.rote.artifacts.variants.ShardLayout;
import dev.rote.artifacts.variants.ShardWriter;
import dev.rote.corruption.datasets.DatasetSplit;
import dev.rote.corruption.inputs.InputRule;
import dev.rote.v1.VariantManifest.Encoding;

/**
 * Makes any shard of a split, alone and in any order, always the same bytes. For one thread; holds
 * one shard.
 */
final class ShardMaker {
  private final SplitPlan plan;
  private final DatasetSplit.Reader reader;
  private final ShardWriter writer;
  private final int[] levels;
  private final byte[] bytes;
  private final float[] values;
  private final float[] table;
  private long corruptedInputs;
  private long corruptedLabels;
  private long changedLabels;

  ShardMaker(SplitPlan plan) {
    this.plan = plan;
    this.reader = plan.real().reader();
    int length = plan.real().shape().values();
    int perShard = (int) Math.min(plan.examplesPerShard(), plan.real().size());
    this.writer = new ShardWriter(new ShardLayout(perShard, length, plan.encoding()));
    this.levels = new int[length];
    this.bytes = new byte[length];
    this.values = new float[length];
    this.table = new float[plan.real().top() + 1];
    for (int level = 0; level < table.length; level++) {
      table[level] = level / (float) plan.real().top();
    }
  }

  /** Makes shard {@code number}; the result is valid until the next call. */
  ShardWriter make(long number) {
    long first = number * plan.examplesPerShard();
    int count = (int) Math.min(plan.examplesPerShard(), plan.real().size() - first);
    writer.begin(first, count);
    for (int i = 0; i < count; i++) {
      byte mask = 0;
      if (input(i, first + i)) {
        mask |= Shard.INPUT_REPLACED;
        corruptedInputs++;
      }
      int original = plan.real().label(first + i);
      long source = plan.real().datasetIndex(first + i);
      int label = original;
      SplitPlan.Labels labels = plan.labels();
      SplitPlan.Threshold threshold = plan.threshold();
      if (threshold != null && threshold.chosen().contains(first + i)) {
        label = threshold.label();
        mask |= Shard.LABEL_TREATED | Shard.THRESHOLD_CLASS;
        corruptedLabels++;
        changedLabels++;
      } else if (labels != null && labels.chosen().contains(first + i)) {
        label = labels.rule().relabel(first + i, original, source);
        mask |= Shard.LABEL_TREATED;
        corruptedLabels++;
        changedLabels += label == original ? 0 : 1;
      }
      writer.labels(i, label, original, source, mask);
    }
    return writer;
  }

  /** Writes the input of an example and says whether it was replaced. */
  private boolean input(int i, long example) {
    SplitPlan.Inputs inputs = plan.inputs();
    if (inputs == null || !inputs.chosen().contains(example)) {
      reader.read(example, levels);
      writeLevels(i);
      return false;
    }
    if (inputs.rule() instanceof InputRule.Noise noise) {
      noise.draw(example, values);
      writer.input(i, values, 0);
    } else if (inputs.rule() instanceof InputRule.Shuffle shuffle) {
      reader.read(example, levels);
      shuffle.shuffle(example, levels);
      writeLevels(i);
    }
    return true;
  }

  private void writeLevels(int i) {
    if (plan.encoding() == Encoding.UINT8) {
      for (int v = 0; v < levels.length; v++) {
        bytes[v] = (byte) levels[v];
      }
      writer.input(i, bytes, 0);
      return;
    }
    for (int v = 0; v < levels.length; v++) {
      values[v] = table[levels[v]];
    }
    writer.input(i, values, 0);
  }

  long corruptedInputs() {
    return corruptedInputs;
  }

  long corruptedLabels() {
    return corruptedLabels;
  }

  long changedLabels() {
    return changedLabels;
  }
}
