package dev.rote.sweeps.report;

import dev.rote.figures.study.Fate;
import dev.rote.spec.Numerics;
import dev.rote.sweeps.workflow.SweepPlan;
import dev.rote.sweeps.workflow.SweepStatuses;
import dev.rote.sweeps.workflow.WorkflowView;
import dev.rote.v1.CellRecord;
import dev.rote.v1.SweepRecord;
import dev.rote.v1.TrialResult;
import dev.rote.v1.TrialSummary.State;
import java.util.Optional;

/**
 * What became of each cell of a sweep. The sweep may go on meanwhile: each cell is as it is when it
 * is asked for, since the sweep of an earlier moment may not say yet under which id its trials are.
 */
final class CellEnds {
  private final WorkflowView view;
  private final String sweepId;

  CellEnds(WorkflowView view, String sweepId) {
    this.view = view;
    this.sweepId = sweepId;
  }

  /**
   * A cell at a moment.
   *
   * @param cell under the id that its trial has for the sweep
   * @param end what became of it; what it then has is there later, too
   * @param numerics the family of the sweep; empty while it has none
   */
  record Standing(SweepPlan.Cell cell, Fate.End end, String numerics) {
    /** Whether a result counts for the sweep: it is of its family of numerics. */
    boolean counts(TrialResult result) {
      return numerics.isEmpty()
          || new Numerics(numerics).counts(Numerics.of(result.getNumerics(), result.getBackend()));
    }

    boolean isDone() {
      return end == Fate.End.DONE;
    }
  }

  /** A cell of the grid, now. */
  Standing of(SweepPlan.Cell cell) {
    return view.atOnce(
        () -> {
          SweepRecord sweep = view.sweep(sweepId).orElseThrow();
          return new Standing(
              view.placed(sweep, cell), end(sweep, cell.index()), sweep.getNumerics());
        });
  }

  private Fate.End end(SweepRecord sweep, long index) {
    boolean over = !SweepStatuses.isUnderWay(sweep.getPhase());
    if (index >= sweep.getCursor()) {
      return over ? Fate.End.CANCELLED : Fate.End.UNFINISHED;
    }
    boolean again = sweep.getRemakingList().contains(index);
    if (again || view.cell(sweepId, index).isPresent()) {
      return Fate.End.UNFINISHED;
    }
    Optional<CellRecord> ended = view.ended(sweepId, index);
    if (ended.isEmpty()) {
      return Fate.End.DONE;
    }
    if (!over && index >= sweep.getRetryNext() && index < sweep.getRetryUntil()) {
      return Fate.End.UNFINISHED;
    }
    return ended.get().getStep() == State.CANCELLED ? Fate.End.CANCELLED : Fate.End.FAILED;
  }

  /**
   * Whether a done cell must have a measurement. One whose trial diverged may have had nothing to
   * measure; what was measured all the same is as necessary as any.
   */
  boolean needs(String measurementId, Optional<TrialResult> trial) {
    boolean diverged =
        trial.filter(t -> t.getOutcome() == TrialResult.Outcome.DIVERGED).isPresent();
    return !diverged || view.isMeasured(measurementId);
  }
}
