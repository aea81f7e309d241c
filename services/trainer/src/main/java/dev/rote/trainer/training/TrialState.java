package dev.rote.trainer.training;

import dev.rote.v1.CheckpointHeader;
import dev.rote.v1.CheckpointRef;
import dev.rote.v1.EpochRecord;
import java.util.ArrayList;
import java.util.List;

/** Where a run is, beside the network's own state. */
final class TrialState {
  private final List<EpochRecord> history = new ArrayList<>();
  private final List<CheckpointRef> kept = new ArrayList<>();
  private long steps;
  private double seconds;
  private boolean diverged;

  static TrialState initial() {
    return new TrialState();
  }

  static TrialState of(Checkpoints.Resumed resumed) {
    CheckpointHeader header = resumed.header();
    TrialState state = new TrialState();
    state.history.addAll(resumed.history().epochs());
    state.kept.addAll(resumed.history().kept());
    state.steps = header.getSteps();
    state.seconds = header.getTrainingSeconds();
    return state;
  }

  List<EpochRecord> history() {
    return history;
  }

  /** All that is behind the run, as it is now. */
  History behind() {
    return new History(history, kept);
  }

  List<CheckpointRef> kept() {
    return kept;
  }

  EpochRecord last() {
    return history.get(history.size() - 1);
  }

  /** The newest epoch evaluated. */
  int epoch() {
    return last().getEpoch();
  }

  long steps() {
    return steps;
  }

  void stepDone() {
    steps++;
  }

  /** Whether a loss of the epoch under way was not finite. */
  boolean diverged() {
    return diverged;
  }

  void setDiverged() {
    diverged = true;
  }

  double seconds() {
    return seconds;
  }

  void addSeconds(double more) {
    seconds += more;
  }
}
