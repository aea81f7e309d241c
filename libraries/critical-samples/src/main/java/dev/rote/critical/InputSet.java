package dev.rote.critical;

/** Inputs to search around, numbered from 0. */
public interface InputSet {

  /** Number of examples N. */
  int size();

  /**
   * Copies the inputs of {@code count} examples from {@code first} on.
   *
   * @param out float32[count, D], written; real pixels in [0, 1]
   */
  void inputs(int first, int count, float[] out);
}
