package dev.rote.metrics.dynamics;

import dev.rote.metrics.examples.ExampleSet;

/** A few examples: the first two are clean, the input of the fifth is replaced, labels say more. */
final class HandmadeExamples implements ExampleSet {
  private final int[] labels;
  private final int[] source;
  private final int threshold;

  /**
   * @param labels to train on
   * @param source the dataset's own
   * @param threshold the first example of the threshold class, if there are so many
   */
  HandmadeExamples(int[] labels, int[] source, int threshold) {
    this.labels = labels.clone();
    this.source = source.clone();
    this.threshold = threshold;
  }

  @Override
  public int size() {
    return labels.length;
  }

  @Override
  public void inputs(int first, int count, float[] out) {
    throw new AssertionError("no inputs are needed");
  }

  @Override
  public int label(int i) {
    return labels[i];
  }

  @Override
  public boolean corrupted(int i) {
    return i > 1;
  }

  @Override
  public int sourceIndex(int i) {
    return i;
  }

  @Override
  public int sourceLabel(int i) {
    return source[i];
  }

  @Override
  public boolean inputReplaced(int i) {
    return i == 4;
  }

  @Override
  public boolean thresholdClass(int i) {
    return i >= threshold;
  }
}
