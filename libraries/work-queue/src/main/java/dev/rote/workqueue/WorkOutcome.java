package dev.rote.workqueue;

import dev.rote.artifacts.HostTrouble;
import dev.rote.v1.Look;
import dev.rote.v1.MissingArtifact;
import dev.rote.v1.TrialResult;
import dev.rote.v1.VerdictCounts;
import dev.rote.v1.WorkFailed.Remedy;
import java.util.List;

/** How a piece of work ended. */
public sealed interface WorkOutcome {

  /**
   * The work is done and its artifacts are stored.
   *
   * @param reused whether the answer was stored already
   * @param outcome of a trial; {@code UNSPECIFIED} for other work
   * @param epochs of a trial: epochs that its result covers; else 0
   * @param verdicts of a report; else none
   * @param look at claims; else none
   */
  record Completed(
      boolean reused, TrialResult.Outcome outcome, int epochs, VerdictCounts verdicts, Look look)
      implements WorkOutcome {

    public Completed {
      if (epochs < 0) {
        throw new IllegalArgumentException("epochs must not be negative, was " + epochs);
      }
    }

    /** A trial. */
    public static Completed trial(boolean reused, TrialResult.Outcome outcome, int epochs) {
      return new Completed(
          reused, outcome, epochs, VerdictCounts.getDefaultInstance(), Look.getDefaultInstance());
    }

    /** A report. */
    public static Completed report(VerdictCounts verdicts) {
      return new Completed(
          false, TrialResult.Outcome.UNSPECIFIED, 0, verdicts, Look.getDefaultInstance());
    }

    /** A look at the claims of a sweep. */
    public static Completed look(Look look) {
      return new Completed(
          false, TrialResult.Outcome.UNSPECIFIED, 0, VerdictCounts.getDefaultInstance(), look);
    }

    /** Work that is neither. */
    public static Completed work(boolean reused) {
      return trial(reused, TrialResult.Outcome.UNSPECIFIED, 0);
    }
  }

  /**
   * The work could not be done.
   *
   * @param remedy what helps
   * @param reason a word in upper case such as {@code DATASET_DAMAGED}
   * @param message what the reason is about, for people
   * @param missing with {@code REMAKE}: what is to be made again, at most {@value #MOST_MISSING}
   * @param numerics of a trial whose id objects of another family have: that family; else empty
   */
  record Failed(
      Remedy remedy, String reason, String message, List<MissingArtifact> missing, String numerics)
      implements WorkOutcome {
    /** What one failure may name. */
    public static final int MOST_MISSING = 100;

    public Failed {
      missing = List.copyOf(missing);
      if (missing.size() > MOST_MISSING || missing.isEmpty() == (remedy == Remedy.REMAKE)) {
        throw new IllegalArgumentException(
            remedy
                + " must name what is missing if it is REMAKE, at most "
                + MOST_MISSING
                + ", was "
                + missing.size());
      }
    }

    private Failed(Remedy remedy, String reason, String message, List<MissingArtifact> missing) {
      this(remedy, reason, message, missing, "");
    }

    /** A trial whose id objects of another family of numerics have: it is done under another. */
    public static Failed taken(String numerics, String message) {
      return new Failed(Remedy.RETRY, "NUMERICS_TAKEN", message, List.of(), numerics);
    }

    /** Later it may go well; no attempt is spent. */
    public static Failed waitFor(String reason, String message) {
      return new Failed(Remedy.WAIT, reason, message, List.of());
    }

    /** Another attempt may go well. */
    public static Failed retry(String reason, String message) {
      return new Failed(Remedy.RETRY, reason, message, List.of());
    }

    /** It goes well when what is missing was made again. */
    public static Failed remake(String message, List<MissingArtifact> missing) {
      return new Failed(Remedy.REMAKE, "OBJECT_MISSING", message, missing);
    }

    /** Nothing helps. */
    public static Failed refuse(String reason, String message) {
      return new Failed(Remedy.REFUSE, reason, message, List.of());
    }
  }

  /**
   * The work was given back as ordered or because the worker stops, at a checkpoint where there is
   * one; it costs no attempt.
   */
  record Yielded() implements WorkOutcome {}

  /**
   * The machine of the worker is in trouble, not the work: the work is given back for others, and
   * this worker takes no more for a while.
   */
  record Hindered(HostTrouble trouble) implements WorkOutcome {}

  /** The work was dropped as ordered; nothing is reported. */
  record Abandoned() implements WorkOutcome {}
}
