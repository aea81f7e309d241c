package dev.rote.metrics;

import dev.rote.metrics.examples.ExampleSet;
import java.util.Set;

/** Examples in memory. */
public final class ArrayExamples implements ExampleSet {
  private final float[] inputs;
  private final int[] labels;
  private final Set<Integer> corrupted;

  /**
   * @param inputs float32[N, D]
   * @param labels int32[N]
   * @param corrupted indices of corrupted examples
   */
  public ArrayExamples(float[] inputs, int[] labels, Set<Integer> corrupted) {
    this.inputs = inputs.clone();
    this.labels = labels.clone();
    this.corrupted = Set.copyOf(corrupted);
  }

  @Override
  public int size() {
    return labels.length;
  }

  @Override
  public void inputs(int first, int count, float[] out) {
    int length = inputs.length / labels.length;
    System.arraycopy(inputs, first * length, out, 0, count * length);
  }

  @Override
  public int label(int i) {
    return labels[i];
  }

  @Override
  public boolean corrupted(int i) {
    return corrupted.contains(i);
  }

  @Override
  public int sourceIndex(int i) {
    return i;
  }

  @Override
  public int sourceLabel(int i) {
    return labels[i];
  }

  @Override
  public boolean inputReplaced(int i) {
    return false;
  }
}
