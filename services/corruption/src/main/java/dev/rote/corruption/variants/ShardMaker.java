package dev.rote.corruption.variants;

import dev.rote.artifacts.variants.Shard;
import dev.rote.artifacts.variants.ShardLayout;
import dev.rote.artifacts.variants.ShardWriter;
import dev.rote.corruption.datasets.DatasetSplit;
import dev.rote.corruption.inputs.Borrowed;
import dev.rote.corruption.inputs.InputRule;
import dev.rote.v1.VariantManifest.Encoding;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes any shard of a split, alone and in any order, always the same bytes. For one thread; holds
 * one shard.
 */
final class ShardMaker {
  private final SplitPlan plan;
  private final DatasetSplit.Reader reader;
  private final DatasetSplit.@Nullable Reader other;
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
    DatasetSplit borrowed = plan.inputs() == null ? null : plan.inputs().other();
    this.other = borrowed == null ? null : borrowed.reader();
    int length = plan.real().shape().values();
    int perShard = (int) Math.min(plan.examplesPerShard(), plan.size());
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
    int count = (int) Math.min(plan.examplesPerShard(), plan.size() - first);
    writer.begin(first, count);
    for (int i = 0; i < count; i++) {
      long example = plan.places().example(first + i);
      byte mask = plan.mask(example);
      input(i, example, (mask & Shard.INPUT_REPLACED) != 0);
      int original = plan.real().label(example);
      long source = plan.real().datasetIndex(example);
      int label =
          (mask & Shard.LABEL_TREATED) == 0
              ? original
              : label(example, original, source, (mask & Shard.THRESHOLD_CLASS) != 0);
      corruptedInputs += (mask & Shard.INPUT_REPLACED) != 0 ? 1 : 0;
      corruptedLabels += (mask & Shard.LABEL_TREATED) != 0 ? 1 : 0;
      changedLabels += label == original ? 0 : 1;
      writer.labels(i, label, original, source, mask);
    }
    return writer;
  }

  private int label(long example, int original, long source, boolean ofThreshold) {
    SplitPlan.Threshold threshold = plan.threshold();
    if (threshold != null && ofThreshold) {
      return threshold.label();
    }
    return Objects.requireNonNull(plan.labels())
        .rule()
        .relabel(example, original, source, () -> realInput(example));
  }

  private float[] realInput(long example) {
    reader.read(example, levels);
    toValues();
    return values;
  }

  /** Writes the input of an example. */
  private void input(int i, long example, boolean replaced) {
    SplitPlan.Inputs inputs = plan.inputs();
    if (inputs == null || !replaced) {
      real(i, example);
    } else if (inputs.rule() instanceof InputRule.Noise noise) {
      noise.draw(example, values);
      writer.input(i, values, 0);
    } else if (inputs.rule() instanceof InputRule.Shuffle shuffle) {
      reader.read(example, levels);
      shuffle.shuffle(example, levels);
      writeLevels(i);
    } else if (inputs.rule() instanceof Borrowed borrowed) {
      Objects.requireNonNull(other).read(borrowed.index(example), levels);
      writeLevels(i);
    }
  }

  private void real(int i, long example) {
    if (plan.encoding() == Encoding.UINT8) {
      reader.read(example, bytes);
      writer.input(i, bytes, 0);
      return;
    }
    reader.read(example, levels);
    writeLevels(i);
  }

  private void writeLevels(int i) {
    if (plan.encoding() == Encoding.UINT8) {
      for (int v = 0; v < levels.length; v++) {
        bytes[v] = (byte) levels[v];
      }
      writer.input(i, bytes, 0);
      return;
    }
    toValues();
    writer.input(i, values, 0);
  }

  private void toValues() {
    boolean numbers = !plan.real().isLevels();
    for (int v = 0; v < levels.length; v++) {
      values[v] = numbers ? Float.intBitsToFloat(levels[v]) : table[levels[v]];
    }
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
