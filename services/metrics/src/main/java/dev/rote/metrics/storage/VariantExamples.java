package dev.rote.metrics.storage;

import dev.rote.artifacts.variants.LocalVariant;
import dev.rote.artifacts.variants.Shard;
import dev.rote.metrics.examples.ExampleSet;

/** The first examples of a split of a variant. */
final class VariantExamples implements ExampleSet {
  private final LocalVariant split;
  private final int size;

  /**
   * @param count examples wanted, unsigned; 0: all; fewer when the split is smaller
   */
  VariantExamples(LocalVariant split, int count) {
    this.split = split;
    long wanted = count == 0 ? Long.MAX_VALUE : Integer.toUnsignedLong(count);
    this.size = Math.toIntExact(Math.min(wanted, split.examples()));
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public void inputs(int first, int count, float[] out) {
    for (int i = 0; i < count; i++) {
      split.input(first + (long) i, out, i * split.values());
    }
  }

  @Override
  public int label(int i) {
    return split.label(i);
  }

  @Override
  public boolean corrupted(int i) {
    return split.corrupted(i);
  }

  @Override
  public int sourceIndex(int i) {
    return (int) split.sourceIndex(i);
  }

  @Override
  public int sourceLabel(int i) {
    return split.originalLabel(i);
  }

  @Override
  public boolean inputReplaced(int i) {
    return (split.mask(i) & Shard.INPUT_REPLACED) != 0;
  }

  @Override
  public boolean thresholdClass(int i) {
    return (split.mask(i) & Shard.THRESHOLD_CLASS) != 0;
  }
}
