package dev.rote.sweeps.workflow;

import com.google.protobuf.Parser;
import dev.rote.v1.CellRecord;
import dev.rote.v1.SweepRecord;
import dev.rote.v1.SweepStatus.Phase;
import dev.rote.v1.TrialResult;
import dev.rote.v1.TrialSummary.State;
import dev.rote.v1.WorkCounts;
import dev.rote.v1.WorkRecord;
import dev.rote.v1.WorkRecord.Status;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All sums of the state, counted anew over the entries of cells and work. */
final class Recount {
  private final Workplace place;
  private final String sweepId;
  private final SweepRecord record;
  private final List<CellRecord> cells;
  private final List<CellRecord> ended;

  private Recount(Workplace place, String sweepId) {
    this.place = place;
    this.sweepId = sweepId;
    this.record = place.record(sweepId);
    this.cells = records(place, Keys.cells(sweepId), CellRecord.parser());
    this.ended = records(place, "ended/" + sweepId + Keys.END, CellRecord.parser());
  }

  /**
   * The record with its sums counted anew. What its done trials were is read from their work, which
   * must have ended alike each time that it was done.
   */
  static SweepRecord of(Workplace place, String sweepId) {
    return new Recount(place, sweepId).record();
  }

  /** Work that has not ended, by kind; kinds without any are left out. */
  static Map<String, WorkCounts> outstanding(Workplace place) {
    Map<String, WorkCounts> counts = new HashMap<>();
    for (WorkRecord work : records(place, "work/", WorkRecord.parser())) {
      boolean leased = work.getStatus() == Status.LEASED;
      if (leased || work.getStatus() == Status.QUEUED) {
        counts.merge(
            WorkKinds.word(work.getItem().getWorkCase()),
            WorkCounts.newBuilder().setLeased(leased ? 1 : 0).setQueued(leased ? 0 : 1).build(),
            (a, b) ->
                WorkCounts.newBuilder()
                    .setLeased(a.getLeased() + b.getLeased())
                    .setQueued(a.getQueued() + b.getQueued())
                    .build());
      }
    }
    return counts;
  }

  private static <T> List<T> records(Workplace place, String prefix, Parser<T> parser) {
    List<T> records = new ArrayList<>();
    place.state.scan(
        prefix,
        prefix + Keys.AFTER_END,
        (key, value) -> records.add(Entries.parse(key, value, parser)));
    return records;
  }

  private SweepRecord record() {
    SweepRecord.Builder sums =
        record.toBuilder()
            .setRunning(cells.size())
            .setDone(0)
            .setDiverged(0)
            .setFailed(ended(State.FAILED, false))
            .setRetryFailed(ended(State.FAILED, true))
            .setCancelled(ended(State.CANCELLED, false))
            .setRetryCancelled(ended(State.CANCELLED, true))
            .setEpochsDone(cells.stream().mapToLong(CellRecord::getEpochs).sum())
            .setMeasured(cells.stream().mapToLong(CellRecord::getMeasured).sum())
            .setMeasurementsTotal(0)
            .setEpochsTotal(cells.stream().mapToLong(CellRecord::getEpochsCap).sum());
    SweepPlan plan = Workplace.plan(place.spec(sweepId), Workplace.VERSIONS);
    sums.setTotal(0);
    for (long index = 0; index < end(plan); index++) {
      if (!plan.isNeeded(index, record.getClosedList())) {
        continue;
      }
      SweepPlan.Cell cell = plan.cell(index);
      sums.setTotal(sums.getTotal() + 1);
      sums.setMeasurementsTotal(sums.getMeasurementsTotal() + cell.measures().size());
      if (index >= record.getCursor() || isOf(ended, index)) {
        sums.setEpochsTotal(sums.getEpochsTotal() + cell.epochs());
      } else if (!isOf(cells, index)) {
        add(sums, place.work(WorkIds.trial(cell.trial().id().value())));
        sums.setMeasured(sums.getMeasured() + (long) cell.measures().size() * Tally.WHOLE);
      }
    }
    return sums.build();
  }

  /** The first cell of the grid that is not decided on. */
  private long end(SweepPlan plan) {
    return plan.looks().isEmpty()
        ? plan.size()
        : plan.points() * plan.looks().get(record.getBlocks() - 1);
  }

  private static void add(SweepRecord.Builder sums, WorkRecord done) {
    boolean diverged = done.getOutcome() == TrialResult.Outcome.DIVERGED;
    sums.setDone(sums.getDone() + 1)
        .setDiverged(sums.getDiverged() + (diverged ? 1 : 0))
        .setEpochsDone(sums.getEpochsDone() + done.getEpochs())
        .setEpochsTotal(sums.getEpochsTotal() + done.getEpochs());
  }

  private static boolean isOf(List<CellRecord> cells, long index) {
    return cells.stream().anyMatch(cell -> cell.getIndex() == index);
  }

  /** Cells that ended so, and wait for the retry that is under way, or do not. */
  private long ended(State how, boolean waiting) {
    boolean retried = record.getPhase() == Phase.RUNNING || record.getPhase() == Phase.PAUSED;
    return ended.stream()
        .filter(cell -> cell.getStep() == how)
        .filter(
            cell ->
                waiting
                    == (retried
                        && cell.getIndex() >= record.getRetryNext()
                        && cell.getIndex() < record.getRetryUntil()))
        .count();
  }
}
