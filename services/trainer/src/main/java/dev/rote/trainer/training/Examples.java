package dev.rote.trainer.training;

import dev.rote.v1.Shape;

/** A split in random access; safe to share between threads. */
public interface Examples {

  /** N. */
  int count();

  /** Of one example. */
  Shape shape();

  /** Classes of the labels. */
  int classes();

  /**
   * Copies inputs.
   *
   * @param indices which examples, in [0, N)
   * @param n how many of the indices
   * @param out float32[n, D]
   */
  void inputs(int[] indices, int n, float[] out);

  /** Label to train on, in [0, classes). */
  int label(int index);

  /** Whether the input or the label of the example was treated by the corruption. */
  boolean corrupted(int index);
}
