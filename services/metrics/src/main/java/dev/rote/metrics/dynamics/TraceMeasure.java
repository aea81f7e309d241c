package dev.rote.metrics.dynamics;

import dev.rote.v1.ExampleScore.Suspect;

/**
 * A score of each of N examples, built up epoch by epoch from one pass of a trace. All of them
 * stand in {@link TraceMeasures}.
 */
interface TraceMeasure {

  /** Which end of the score means hard, or suspect. */
  Suspect suspect();

  /**
   * Takes what was said of an example.
   *
   * @param example in [0, N)
   * @param epoch from 1, rising for each example
   */
  void take(int example, int epoch, Sight sight);

  /** The score of an example; NaN where nothing was said of it. */
  double value(int example);

  /** Whether that is a lower bound. */
  default boolean censored(int example) {
    return false;
  }
}
