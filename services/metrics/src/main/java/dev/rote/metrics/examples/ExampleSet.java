package dev.rote.metrics.examples;

/** The examples that a measurement looks at, numbered from 0. */
public interface ExampleSet {

  /** Number of examples N. */
  int size();

  /**
   * Copies the inputs of {@code count} examples from {@code first} on.
   *
   * @param out float32[count, D], written; real pixels in [0, 1]
   */
  void inputs(int first, int count, float[] out);

  /** Label that example {@code i} is trained on, in [0, K). */
  int label(int i);

  /** Whether the input or the label of example {@code i} was treated by the corruption. */
  boolean corrupted(int i);
}
