package dev.rote.sweeps.workflow;

import dev.rote.sweeps.workflow.SweepLifecycle.Trigger;
import dev.rote.v1.CellRecord;
import dev.rote.v1.SweepRecord;
import dev.rote.v1.TrialFailure;
import dev.rote.v1.TrialSummary.State;
import dev.rote.v1.WorkRecord;
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
    Tally tally = new Tally(sweep);
    for (long index : turn.cellIndices(sweepId)) {
      /* Waiters of a cell that cannot be read stay; whoever comes upon one removes it. */
      var unused =
          turn.attempt(
              "cell " + index + " of " + sweepId,
              () -> turn.cell(sweepId, index).ifPresent(cell -> leave(sweep, cell)));
      tally.setAside();
      turn.deleteCell(sweepId, index);
      turn.putEnded(sweepId, CellRecord.newBuilder().setIndex(index).setStep(State.CANCELLED));
    }
    tally.stopRetry();
    sweep.clearAdvancing().addFailures(TrialFailure.newBuilder().setStep(STEP).setReason(reason));
    phases.follow(sweep, Trigger.UNDECIDABLE);
    works.withdraw(WorkIds.report(sweepId));
    works.withdraw(Looks.workId(sweep));
  }

  private void leave(SweepRecord.Builder sweep, CellRecord.Builder cell) {
    works.release(sweep.getSweepId(), cell);
    new Tally(sweep).forget(cell);
  }

  /** Has the sweeps fail that wait for work, and withdraws it. */
  void setAsideWork(String workId, String reason) {
    boolean damaged =
        turn.attempt("setting aside work " + workId, () -> works.abandon(workId)).isPresent();
    if (damaged) {
      turn.deleteWork(workId);
    }
    (damaged ? sweepNaming(workId) : sweepReported(workId))
        .ifPresent(sweepId -> setAsideSweep(sweepId, reason));
    for (Waiter waiter : turn.waiters(workId)) {
      setAsideSweep(waiter.sweepId(), reason);
      turn.removeWaiter(workId, waiter);
    }
  }

  private Optional<String> sweepReported(String workId) {
    return turn.work(workId)
        .map(WorkRecord.Builder::getItem)
        .flatMap(
            item ->
                item.hasWriteReport()
                    ? Optional.of(item.getWriteReport().getSweepId())
                    : Optional.of(item.getJudgeLook().getSweepId())
                        .filter(sweepId -> item.hasJudgeLook()));
  }

  /** The sweep that names its report so, for work that cannot be read. */
  private Optional<String> sweepNaming(String workId) {
    return turn.sweepIds().stream()
        .filter(
            id ->
                WorkIds.report(id).equals(workId)
                    || turn.sweep(id).filter(s -> Looks.workId(s).equals(workId)).isPresent())
        .findFirst();
  }
}
