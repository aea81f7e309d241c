package dev.rote.sweeps.report;

import dev.rote.figures.study.Fate;
import dev.rote.spec.Numerics;
import dev.rote.sweeps.workflow.SweepPlan;
import dev.rote.sweeps.workflow.WorkflowView;
import dev.rote.v1.CellRecord;
import dev.rote.v1.SweepRecord;
import dev.rote.v1.SweepStatus.Phase;
import dev.rote.v1.TrialResult;
import dev.rote.v1.TrialSummary.State;
import java.util.Optional;

/** What became of each cell of a sweep, as the state of the workflow has it at one moment. */
final class CellEnds {
  private final WorkflowView view;
  private final SweepRecord sweep;

  CellEnds(WorkflowView view, SweepRecord sweep) {
    this.view = view;
    this.sweep = sweep;
  }

  /** A cell under the id that its trial has for the sweep. */
  SweepPlan.Cell placed(SweepPlan.Cell cell) {
    return view.placed(sweep, cell);
  }

  /** Whether a result counts for the sweep: it is of its family of numerics. */
  boolean counts(TrialResult result) {
    return sweep.getNumerics().isEmpty()
        || new Numerics(sweep.getNumerics())
            .counts(Numerics.of(result.getNumerics(), result.getBackend()));
  }

  Fate.End of(long index) {
    if (index >= sweep.getCursor()) {
      return over() ? Fate.End.CANCELLED : Fate.End.UNFINISHED;
    }
    boolean again = sweep.getRemakingList().contains(index);
    if (again || view.cell(sweep.getSweepId(), index).isPresent()) {
      return Fate.End.UNFINISHED;
    }
    Optional<CellRecord> ended = view.ended(sweep.getSweepId(), index);
    if (ended.isEmpty()) {
      return Fate.End.DONE;
    }
    if (!over() && index >= sweep.getRetryNext() && index < sweep.getRetryUntil()) {
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

  private boolean over() {
    Phase phase = sweep.getPhase();
    return phase == Phase.CANCELLED || phase == Phase.FAILED || phase == Phase.COMPLETED;
  }
}
