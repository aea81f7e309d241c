package dev.rote.workqueue;

import dev.rote.v1.TrialResult;
import dev.rote.v1.VerdictCounts;

/** How a piece of work ended. */
public sealed interface WorkOutcome {

  /**
   * The work is done and its artifacts are stored.
   *
   * @param reused whether the answer was stored already
   * @param outcome of a trial; {@code UNSPECIFIED} for other work
   * @param epochs of a trial: epochs that its result covers; else 0
   * @param verdicts of a report; else none
   */
  record Completed(boolean reused, TrialResult.Outcome outcome, int epochs, VerdictCounts verdicts)
      implements WorkOutcome {

    public Completed {
      if (epochs < 0) {
        throw new IllegalArgumentException("epochs must not be negative, was " + epochs);
      }
    }

    /** A trial. */
    public static Completed trial(boolean reused, TrialResult.Outcome outcome, int epochs) {
      return new Completed(reused, outcome, epochs, VerdictCounts.getDefaultInstance());
    }

    /** A report. */
    public static Completed report(VerdictCounts verdicts) {
      return new Completed(false, TrialResult.Outcome.UNSPECIFIED, 0, verdicts);
    }

    /** Work that is neither. */
    public static Completed work(boolean reused) {
      return trial(reused, TrialResult.Outcome.UNSPECIFIED, 0);
    }
  }

  /**
   * The work could not be done.
   *
   * @param reason a word in upper case such as {@code DATASET_DAMAGED}
   * @param retryable whether another attempt may help
   */
  record Failed(String reason, String message, boolean retryable) implements WorkOutcome {}

  /** The work was given back at a checkpoint, as ordered or because the worker stops. */
  record Yielded() implements WorkOutcome {}

  /** The work was dropped as ordered; nothing is reported. */
  record Abandoned() implements WorkOutcome {}
}
