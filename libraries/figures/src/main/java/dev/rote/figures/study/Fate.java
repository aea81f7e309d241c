package dev.rote.figures.study;

import dev.rote.v1.TrialResult;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What became of a trial.
 *
 * @param end how it ended, if it did
 * @param divergedAt the epoch from which on it has no values, since its loss was no number there;
 *     empty when it did not diverge
 */
public record Fate(End end, OptionalInt divergedAt) {

  /** How a trial ended. */
  public enum End {
    /** With all its results. */
    DONE("done"),
    FAILED("failed"),
    CANCELLED("cancelled"),
    /** Not yet: it may have a part of its results. */
    UNFINISHED("unfinished");

    private final String words;

    End(String words) {
      this.words = words;
    }

    /** As it is said of trials. */
    public String words() {
      return words;
    }
  }

  static Fate of(CellResults cell) {
    Optional<OptionalInt> divergedAt = cell.trial().map(Fate::divergedAt);
    return new Fate(cell.end(), divergedAt.orElse(OptionalInt.empty()));
  }

  /** What became of a trial that has a result, or a part of one. */
  public static Fate of(TrialResult trial) {
    boolean ended = trial.getOutcome() != TrialResult.Outcome.UNSPECIFIED;
    return new Fate(ended ? End.DONE : End.UNFINISHED, divergedAt(trial));
  }

  /** The epoch at which a trial diverged; empty when it did not. */
  static OptionalInt divergedAt(TrialResult trial) {
    if (trial.getOutcome() != TrialResult.Outcome.DIVERGED) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(trial.getDivergedAtEpoch());
  }

  /** Whether a trial that ended so has a value at an epoch, if it was looked at there. */
  public boolean reached(int epoch) {
    return divergedAt.isEmpty() || epoch < divergedAt.getAsInt();
  }

  public boolean diverged() {
    return divergedAt.isPresent();
  }
}
