package dev.rote.sweeps.grpc;

import com.google.protobuf.ByteString;
import dev.rote.grpcerrors.ApiException;
import dev.rote.sweeps.workflow.Plans;
import dev.rote.sweeps.workflow.SweepPlan;
import dev.rote.sweeps.workflow.SweepStatuses;
import dev.rote.sweeps.workflow.WorkflowView;
import dev.rote.v1.CellRecord;
import dev.rote.v1.ListTrialsRequest;
import dev.rote.v1.ListTrialsResponse;
import dev.rote.v1.SweepRecord;
import dev.rote.v1.TrialResult.Outcome;
import dev.rote.v1.TrialSummary;
import dev.rote.v1.TrialSummary.State;
import dev.rote.v1.WorkRecord;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The cells of a sweep, put together from its grid and the few entries that the state has. */
public final class TrialListing {
  private final Plans plans;

  public TrialListing(Plans plans) {
    this.plans = plans;
  }

  /** The trials from an index on that the request asks for. */
  ListTrialsResponse page(
      WorkflowView view, SweepRecord sweep, ListTrialsRequest request, long from, int size) {
    SweepPlan plan = plan(view, sweep);
    requireAxes(plan, request.getLabelsMap());
    Set<Integer> wanted = new TreeSet<>(request.getStatesValueList());
    /* Most trials of a large sweep may be in none of the states: all are looked at without their ids. */
    byte[] states = wanted.isEmpty() ? new byte[0] : states(view, sweep, plan);
    ListTrialsResponse.Builder page = ListTrialsResponse.newBuilder();
    long all = all(plan, sweep);
    long index = from;
    for (; index < all && page.getTrialsCount() < size; index++) {
      Patience.require();
      if (plan.isNeeded(index, sweep.getClosedList())
          && (wanted.isEmpty() || wanted.contains((int) states[(int) index]))
          && has(plan, index, request.getLabelsMap())) {
        page.addTrials(trial(view, sweep.getSweepId(), plan.cell(index)));
      }
    }
    return page.setNextPageToken(index < all ? Long.toString(index) : "").build();
  }

  private SweepPlan plan(WorkflowView view, SweepRecord sweep) {
    return plans.of(sweep, () -> view.spec(sweep.getSweepId()).orElseThrow());
  }

  private static void requireAxes(SweepPlan plan, Map<String, String> labels) {
    if (labels.isEmpty()) {
      return;
    }
    Set<String> axes = plan.labels(0).keySet();
    for (String axis : new TreeSet<>(labels.keySet())) {
      if (!axes.contains(axis)) {
        throw ApiException.invalid(
            "labels",
            "must name axes of the sweep, which are "
                + (axes.isEmpty() ? "none" : String.join(", ", axes))
                + "; was '"
                + Pages.brief(axis)
                + "'");
      }
    }
  }

  private static boolean has(SweepPlan plan, long index, Map<String, String> labels) {
    return labels.isEmpty() || plan.labels(index).entrySet().containsAll(labels.entrySet());
  }

  /** The number of each trial's state, in the order of the grid; 0 of those that no claim needs. */
  ByteString map(WorkflowView view, SweepRecord sweep) {
    return ByteString.copyFrom(states(view, sweep, plan(view, sweep)));
  }

  private static byte[] states(WorkflowView view, SweepRecord sweep, SweepPlan plan) {
    Moment moment = Moment.of(view, sweep.getSweepId());
    byte[] states = new byte[Math.toIntExact(all(plan, sweep))];
    for (int index = 0; index < states.length; index++) {
      if (plan.isNeeded(index, sweep.getClosedList())) {
        states[index] = (byte) moment.state(index).getNumber();
      }
    }
    return states;
  }

  /** A sweep with the cells that are not done, all as they are at one moment. */
  private record Moment(SweepRecord sweep, Map<Long, State> running, Map<Long, State> ended) {
    static Moment of(WorkflowView view, String sweepId) {
      return view.atOnce(
          () ->
              new Moment(
                  view.sweep(sweepId).orElseThrow(),
                  view.inFlight(sweepId),
                  view.endedWithout(sweepId)));
    }

    State state(long index) {
      return unstarted(sweep, index)
          .or(() -> Optional.ofNullable(running.get(index)))
          .or(() -> Optional.ofNullable(ended.get(index)).map(step -> endedAs(sweep, index, step)))
          .orElse(State.DONE);
    }
  }

  private static Optional<State> unstarted(SweepRecord sweep, long index) {
    return index < sweep.getCursor()
        ? Optional.empty()
        : Optional.of(SweepStatuses.isUnderWay(sweep.getPhase()) ? State.PENDING : State.CANCELLED);
  }

  /**
   * A cell of the grid of a sweep.
   *
   * @throws ApiException {@code NOT_FOUND} if the grid has none at the index
   */
  SweepPlan.Cell cell(WorkflowView view, SweepRecord sweep, long index) {
    SweepPlan plan = plan(view, sweep);
    long all = all(plan, sweep);
    if (index < 0 || index >= all) {
      String asked = Long.toUnsignedString(index);
      throw ApiException.notFound(
          "trial",
          asked,
          "sweep " + sweep.getSweepId() + " has trials 0 to " + (all - 1) + ", and no " + asked);
    }
    return plan.cell(index);
  }

  /** Cells of the grid, as far as a sweep that repeats until judged has decided to go. */
  private static long all(SweepPlan plan, SweepRecord sweep) {
    return plan.looks().isEmpty()
        ? plan.size()
        : plan.points() * plan.looks().get(sweep.getBlocks() - 1);
  }

  /** One trial, as it is at one moment. */
  static TrialSummary trial(WorkflowView view, String sweepId, SweepPlan.Cell plan) {
    return view.atOnce(
        () -> {
          SweepRecord sweep = view.sweep(sweepId).orElseThrow();
          return trial(view, sweep, view.placed(sweep, plan));
        });
  }

  private static TrialSummary trial(WorkflowView view, SweepRecord sweep, SweepPlan.Cell plan) {
    TrialSummary.Builder summary =
        TrialSummary.newBuilder()
            .setIndex(plan.index())
            .setTrialId(plan.trial().id().value())
            .putAllLabels(plan.labels())
            .setRepetition(plan.repetition());
    Optional<State> unstarted = unstarted(sweep, plan.index());
    if (unstarted.isPresent()) {
      return summary.setState(unstarted.get()).build();
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
      return summary.setState(endedAs(sweep, plan.index(), ended.get().getStep())).build();
    }
    Optional<WorkRecord> trial = view.trial(plan.trial().id().value());
    return summary
        .setState(State.DONE)
        .setEpochsDone(trial.map(WorkRecord::getEpochs).orElse(0))
        .setOutcome(trial.map(WorkRecord::getOutcome).orElse(Outcome.UNSPECIFIED))
        .build();
  }

  /** A retry under way takes ended cells up in order. */
  private static State endedAs(SweepRecord sweep, long index, State step) {
    boolean again =
        SweepStatuses.isUnderWay(sweep.getPhase())
            && index >= sweep.getRetryNext()
            && index < sweep.getRetryUntil();
    return again ? State.PENDING : step;
  }
}
