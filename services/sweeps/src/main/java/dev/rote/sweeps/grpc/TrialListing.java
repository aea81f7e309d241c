package dev.rote.sweeps.grpc;

import dev.rote.sweeps.workflow.Plans;
import dev.rote.sweeps.workflow.SweepPlan;
import dev.rote.sweeps.workflow.WorkflowView;
import dev.rote.v1.CellRecord;
import dev.rote.v1.ListTrialsResponse;
import dev.rote.v1.SweepRecord;
import dev.rote.v1.SweepStatus.Phase;
import dev.rote.v1.TrialResult.Outcome;
import dev.rote.v1.TrialSummary;
import dev.rote.v1.TrialSummary.State;
import dev.rote.v1.WorkRecord;
import java.util.Optional;

/** The cells of a sweep, put together from its grid and the few entries that the state has. */
public final class TrialListing {
  private final Plans plans;

  public TrialListing(Plans plans) {
    this.plans = plans;
  }

  ListTrialsResponse page(WorkflowView view, SweepRecord sweep, long from, int size) {
    SweepPlan plan = plans.of(sweep, () -> view.spec(sweep.getSweepId()).orElseThrow());
    ListTrialsResponse.Builder page = ListTrialsResponse.newBuilder();
    long all = all(plan, sweep);
    long index = from;
    for (; index < all && page.getTrialsCount() < size; index++) {
      Patience.require();
      if (plan.isNeeded(index, sweep.getClosedList())) {
        page.addTrials(summary(view, sweep, view.placed(sweep, plan.cell(index))));
      }
    }
    return page.setNextPageToken(index < all ? Long.toString(index) : "").build();
  }

  /** Cells of the grid, as far as a sweep that repeats until judged has decided to go. */
  private static long all(SweepPlan plan, SweepRecord sweep) {
    return plan.looks().isEmpty()
        ? plan.size()
        : plan.points() * plan.looks().get(sweep.getBlocks() - 1);
  }

  private static TrialSummary summary(WorkflowView view, SweepRecord sweep, SweepPlan.Cell plan) {
    TrialSummary.Builder summary =
        TrialSummary.newBuilder()
            .setIndex(plan.index())
            .setTrialId(plan.trial().id().value())
            .putAllLabels(plan.labels())
            .setRepetition(plan.repetition());
    boolean over = over(sweep.getPhase());
    if (plan.index() >= sweep.getCursor()) {
      return summary.setState(over ? State.CANCELLED : State.PENDING).build();
    }
    Optional<CellRecord> running = view.cell(sweep.getSweepId(), plan.index());
    if (running.isPresent()) {
      CellRecord cell = running.get();
      return summary
          .setTrialId(cell.getTrialId())
          .setState(cell.getStep())
          .setEpochsDone(cell.getEpochs())
          .build();
    }
    Optional<CellRecord> ended = view.ended(sweep.getSweepId(), plan.index());
    if (ended.isPresent()) {
      boolean again =
          !over && plan.index() >= sweep.getRetryNext() && plan.index() < sweep.getRetryUntil();
      return summary.setState(again ? State.PENDING : ended.get().getStep()).build();
    }
    Optional<WorkRecord> trial = view.trial(plan.trial().id().value());
    return summary
        .setState(State.DONE)
        .setEpochsDone(trial.map(WorkRecord::getEpochs).orElse(0))
        .setOutcome(trial.map(WorkRecord::getOutcome).orElse(Outcome.UNSPECIFIED))
        .build();
  }

  private static boolean over(Phase phase) {
    return phase == Phase.CANCELLED || phase == Phase.FAILED || phase == Phase.COMPLETED;
  }
}
