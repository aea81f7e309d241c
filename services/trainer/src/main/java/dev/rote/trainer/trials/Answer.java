package dev.rote.trainer.trials;

import dev.rote.v1.TrialResult;

/** What became of a trial that was asked for. */
public sealed interface Answer {

  /**
   * It is done.
   *
   * @param reused whether it had been done before
   */
  record Done(TrialResult result, boolean reused) implements Answer {}

  /** It was given up as asked and can be resumed. */
  record Stopped() implements Answer {}
}
