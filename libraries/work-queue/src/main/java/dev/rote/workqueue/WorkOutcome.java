package dev.rote.workqueue;

import dev.rote.artifacts.HostTrouble;
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

  /**
   * The work was given back, at a checkpoint where there is one; it costs no attempt.
   *
   * @param reason a word in upper case such as {@code OBJECT_STORE_UNAVAILABLE}; empty when it was
   *     ordered or the worker stops
   * @param message what the reason is about, for people
   */
  record Yielded(String reason, String message) implements WorkOutcome {

    /** As ordered, or because the worker stops. */
    public Yielded() {
      this("", "");
    }
  }

  /**
   * The machine of the worker is in trouble, not the work: the work is given back for others, and
   * this worker takes no more for a while.
   */
  record Hindered(HostTrouble trouble) implements WorkOutcome {}

  /** The work was dropped as ordered; nothing is reported. */
  record Abandoned() implements WorkOutcome {}
}
