package dev.rote.sweeps.metrics;

import com.google.protobuf.Timestamp;
import dev.rote.sweeps.workflow.SweepStatuses;
import dev.rote.sweeps.workflow.WorkflowView;
import dev.rote.v1.SweepRecord;
import dev.rote.v1.SweepStatus.Phase;
import dev.rote.v1.TrialCounts;
import dev.rote.v1.WorkCounts;
import java.util.EnumMap;
import java.util.Map;

/**
 * All sweeps and all outstanding work at a moment, read from the state and not counted along, so
 * that it is right after a restart.
 *
 * @param work outstanding work by kind; kinds without any may be absent
 * @param sweeps number of sweeps by phase; phases of no sweep may be absent
 * @param trials trials of all sweeps, added up
 */
record WorkflowSnapshot(Map<String, WorkCounts> work, Map<Phase, Long> sweeps, TrialCounts trials) {
  private static final int SWEEPS_AT_ONCE = 1_000;

  static WorkflowSnapshot of(WorkflowView view) {
    Map<Phase, Long> sweeps = new EnumMap<>(Phase.class);
    TrialCounts.Builder trials = TrialCounts.newBuilder();
    String token = "";
    do {
      WorkflowView.Page page = view.sweeps(token, SWEEPS_AT_ONCE);
      for (SweepRecord sweep : page.sweeps()) {
        sweeps.merge(sweep.getPhase(), 1L, Long::sum);
        add(trials, SweepStatuses.of(sweep, Timestamp.getDefaultInstance()).getCounts());
      }
      token = page.nextToken();
    } while (!token.isEmpty());
    return new WorkflowSnapshot(view.work(), sweeps, trials.build());
  }

  private static void add(TrialCounts.Builder sum, TrialCounts counts) {
    sum.setTotal(sum.getTotal() + counts.getTotal())
        .setPending(sum.getPending() + counts.getPending())
        .setRunning(sum.getRunning() + counts.getRunning())
        .setDone(sum.getDone() + counts.getDone())
        .setFailed(sum.getFailed() + counts.getFailed())
        .setCancelled(sum.getCancelled() + counts.getCancelled())
        .setReused(sum.getReused() + counts.getReused())
        .setDiverged(sum.getDiverged() + counts.getDiverged());
  }

  WorkCounts work(String kind) {
    return work.getOrDefault(kind, WorkCounts.getDefaultInstance());
  }

  long sweeps(Phase phase) {
    return sweeps.getOrDefault(phase, 0L);
  }
}
