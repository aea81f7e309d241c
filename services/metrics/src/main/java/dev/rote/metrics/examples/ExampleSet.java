package dev.rote.metrics.examples;

import dev.rote.critical.InputSet;

/** The examples that a measurement looks at, numbered from 0. */
public interface ExampleSet extends InputSet {

  /** Label that example {@code i} is trained on, in [0, K). */
  int label(int i);

  /** Whether the input or the label of example {@code i} was treated by the corruption. */
  boolean corrupted(int i);

  /** Index of example {@code i} in the source file of its dataset. */
  int sourceIndex(int i);

  /** Label that the dataset gives example {@code i}. */
  int sourceLabel(int i);

  /** Whether the input of example {@code i} was replaced. */
  boolean inputReplaced(int i);

  /** Whether example {@code i} has the label of the threshold class. */
  default boolean thresholdClass(int i) {
    return false;
  }
}
