package dev.rote.sweeps.workflow;

import dev.rote.sweeps.workflow.SweepLifecycle.Trigger;
import dev.rote.v1.CellRecord;
import dev.rote.v1.SweepRecord;
import dev.rote.v1.TrialFailure;
import dev.rote.v1.TrialSummary.State;
import java.util.Optional;

/**
 * Decides parts of an event each by itself. A part that cannot be decided is undone, and the sweeps
 * that it is about are set aside: they fail with the reason, and nothing else waits for them.
 */
final class Isolation {
  /** Step of the failure of a sweep that was set aside. */
  static final String STEP = "decide";

  private final Turn turn;
  private final Works works;
  private final SweepPhases phases;

  Isolation(Turn turn, Works works, SweepPhases phases) {
    this.turn = turn;
    this.works = works;
    this.phases = phases;
  }

  /** Does a part that is about one sweep, which must be asked for within the part. */
  void sweep(String sweepId, Runnable part) {
    turn.attempt("sweep " + sweepId, part)
        .ifPresent(undecided -> setAsideSweep(sweepId, undecided.reason()));
  }

  /** Does a part that is about one piece of work. */
  void work(String workId, Runnable part) {
    turn.attempt("work " + workId, part)
        .ifPresent(undecided -> setAsideWork(workId, undecided.reason()));
  }

  /** Has a sweep fail that has not ended yet. */
  void setAsideSweep(String sweepId, String reason) {
    var unused =
        turn.attempt(
            "setting aside sweep " + sweepId,
            () ->
                turn.sweep(sweepId)
                    .filter(s -> SweepLifecycle.next(s.getPhase(), Trigger.UNDECIDABLE).isPresent())
                    .ifPresent(sweep -> end(sweep, reason)));
  }

  private void end(SweepRecord.Builder sweep, String reason) {
    String sweepId = sweep.getSweepId();
    for (long index : turn.cellIndices(sweepId)) {
      /* Waiters of a cell that cannot be read stay; whoever comes upon one removes it. */
      var unused =
          turn.attempt(
              "cell " + index + " of " + sweepId,
              () -> turn.cell(sweepId, index).ifPresent(cell -> works.release(sweepId, cell)));
      turn.deleteCell(sweepId, index);
      turn.putEnded(sweepId, CellRecord.newBuilder().setIndex(index).setStep(State.CANCELLED));
      sweep.setCancelled(sweep.getCancelled() + 1);
    }
    SweepPhases.stopRetry(sweep);
    sweep
        .clearRunning()
        .clearAdvancing()
        .addFailures(TrialFailure.newBuilder().setStep(STEP).setReason(reason));
    phases.follow(sweep, Trigger.UNDECIDABLE);
    works.withdraw(WorkIds.report(sweepId));
  }

  /** Has the sweeps fail that wait for work, and withdraws it. */
  void setAsideWork(String workId, String reason) {
    WorkIds.sweepOfReport(workId).ifPresent(sweepId -> setAsideSweep(sweepId, reason));
    for (Waiter waiter : turn.waiters(workId)) {
      setAsideSweep(waiter.sweepId(), reason);
      turn.removeWaiter(workId, waiter);
    }
    Optional<Undecided> damaged =
        turn.attempt("setting aside work " + workId, () -> works.abandon(workId));
    if (damaged.isPresent()) {
      turn.deleteWork(workId);
    }
  }
}
