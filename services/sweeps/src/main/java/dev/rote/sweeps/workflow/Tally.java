package dev.rote.sweeps.workflow;

import dev.rote.v1.CellRecord;
import dev.rote.v1.SweepRecord;
import dev.rote.v1.SweepRecordOrBuilder;
import dev.rote.v1.TrialSummary.State;
import java.util.List;

/**
 * How many cells of a sweep stand where, and what epochs they came through: the one writer of these
 * fields of its record. A cell moves from one sum to another, so that always
 *
 * <pre>
 * total = never started (total - (cursor - passed)) + waiting for a retry + running + done + failed + cancelled
 * epochs done = those of done cells + those credited to cells in flight
 * measured = measurements of done cells + what is credited to cells in flight
 * </pre>
 *
 * Of a sweep that repeats until judged, the total is that of the blocks of repetitions that are
 * decided on, and cells that no open claim needs are passed over.
 */
final class Tally {
  /** Measurements are counted in thousandths. */
  static final int WHOLE = 1000;

  private final SweepRecord.Builder sweep;

  Tally(SweepRecord.Builder sweep) {
    this.sweep = sweep;
  }

  /** A new sweep has so many cells, measurements and, if none stops early, epochs. */
  void plan(SweepPlan plan) {
    if (plan.looks().isEmpty()) {
      sweep
          .setTotal(plan.size())
          .setEpochsTotal(plan.epochs())
          .setMeasurementsTotal(plan.measurements());
    } else {
      sweep.setMeasurementsTotal(0);
      goOn(plan);
    }
  }

  /** A further block of repetitions is to be run, of the cells that open claims need. */
  void goOn(SweepPlan plan) {
    int block = sweep.getBlocks();
    SweepPlan.Amount more = plan.amount(block, sweep.getClosedList());
    sweep
        .setBlocks(block + 1)
        .setTotal(sweep.getTotal() + more.cells())
        .setEpochsTotal(sweep.getEpochsTotal() + more.epochs())
        .setMeasurementsTotal(sweep.getMeasurementsTotal() + measurements(plan, more.cells()));
  }

  private static long measurements(SweepPlan plan, long cells) {
    return cells * plan.measurements() / plan.size();
  }

  /** Ended cells that a retry has yet to start. */
  static long awaitingRetry(SweepRecordOrBuilder sweep) {
    return sweep.getRetryFailed() + sweep.getRetryCancelled();
  }

  /** Cells to be started: never started ones, and those that a retry has yet to start. */
  static long pending(SweepRecordOrBuilder sweep) {
    return sweep.getTotal() - (sweep.getCursor() - sweep.getPassed()) + awaitingRetry(sweep);
  }

  /** Whether any cell is left to be started, or to be started again. */
  boolean hasNext() {
    return sweep.getRemakingCount() > 0 || pending(sweep) > 0;
  }

  /** The first cell that was never started runs now. */
  long startNew(SweepPlan plan) {
    long index = sweep.getCursor();
    while (!plan.isNeeded(index, sweep.getClosedList())) {
      index++;
    }
    sweep.setPassed(sweep.getPassed() + index - sweep.getCursor()).setCursor(index + 1);
    run();
    return index;
  }

  /** A failed or cancelled cell runs now, for a retry. */
  void startEnded(CellRecord ended) {
    sweep.setRetryNext(ended.getIndex() + 1);
    if (ended.getStep() == State.FAILED) {
      sweep.setRetryFailed(sweep.getRetryFailed() - 1);
    } else {
      sweep.setRetryCancelled(sweep.getRetryCancelled() - 1);
    }
    run();
  }

  /** Done cells are to be started again, and count as done until then. */
  void remake(List<Long> cells) {
    sweep.addAllRemaking(cells);
  }

  /** The next done cell that is to be started again. */
  long nextRemade() {
    List<Long> remaking = List.copyOf(sweep.getRemakingList());
    sweep.clearRemaking().addAllRemaking(remaking.subList(1, remaking.size()));
    return remaking.get(0);
  }

  /** A done cell runs again; its epochs stay credited. */
  void startDone(boolean diverged) {
    sweep.setDone(sweep.getDone() - 1).setDiverged(sweep.getDiverged() - one(diverged));
    run();
  }

  private void run() {
    sweep.setRunning(sweep.getRunning() + 1);
  }

  private void leave() {
    sweep.setRunning(sweep.getRunning() - 1);
  }

  private static int one(boolean counts) {
    return counts ? 1 : 0;
  }

  void done(CellRecord.Builder cell) {
    leave();
    sweep
        .setDone(sweep.getDone() + 1)
        .setReused(sweep.getReused() + one(cell.getReused() && !cell.getRemade()))
        .setDiverged(sweep.getDiverged() + one(cell.getDiverged()));
  }

  /** A cell failed: all of its epochs, at most {@code cap}, are to be done again. */
  void failed(CellRecord.Builder cell, int cap) {
    leave();
    sweep.setFailed(sweep.getFailed() + 1);
    takeBack(cell, cap);
  }

  /** A cell was cancelled: all of its epochs, at most {@code cap}, are to be done again. */
  void cancelled(CellRecord.Builder cell, int cap) {
    leave();
    sweep.setCancelled(sweep.getCancelled() + 1);
    takeBack(cell, cap);
  }

  /** A cell was cancelled, whatever its entry holds. */
  void setAside() {
    leave();
    sweep.setCancelled(sweep.getCancelled() + 1);
  }

  /** What a cell was credited for is to be done again. Its cap stays: it may have no plan. */
  void forget(CellRecord.Builder cell) {
    credit(cell, 0);
    measured(cell, 0, false);
  }

  /** Failed and cancelled cells wait for a retry from now on; how many are to be started. */
  long retry() {
    sweep
        .setRetryNext(0)
        .setRetryUntil(sweep.getCursor())
        .setRetryFailed(sweep.getFailed())
        .setRetryCancelled(sweep.getCancelled())
        .clearFailed()
        .clearCancelled()
        .clearRemaking();
    return pending(sweep);
  }

  /** Cells that a retry has not come to stay what they were. */
  void stopRetry() {
    sweep
        .setFailed(sweep.getFailed() + sweep.getRetryFailed())
        .setCancelled(sweep.getCancelled() + sweep.getRetryCancelled())
        .clearRetryFailed()
        .clearRetryCancelled()
        .clearRemaking();
  }

  /** All cells were never started; what was trained in the past stays. */
  void startOver(SweepPlan plan) {
    sweep
        .clearCursor()
        .clearDone()
        .clearReused()
        .clearDiverged()
        .clearRetryUntil()
        .clearRetryFailed()
        .clearRetryCancelled()
        .clearEpochsDone()
        .clearMeasured();
    int blocks = sweep.getBlocks();
    sweep.clearPassed().clearBlocks().clearTotal().clearEpochsTotal();
    plan(plan);
    while (sweep.getBlocks() < blocks) {
      goOn(plan);
    }
  }

  /** A cell's trial stands at so many epochs now; fewer than before after a lost checkpoint. */
  void credit(CellRecord.Builder cell, int epochs) {
    int delta = epochs - cell.getEpochs();
    cell.setEpochs(epochs);
    sweep.setEpochsDone(sweep.getEpochsDone() + delta);
    if (!cell.getReused()) {
      sweep.setEpochsTrained(sweep.getEpochsTrained() + delta);
    }
  }

  /**
   * A cell's measurements stand at so many thousandths now.
   *
   * @param anew whether a worker made what was added, and did not find it stored
   */
  void measured(CellRecord.Builder cell, int thousandths, boolean anew) {
    if (!sweep.hasMeasurementsTotal()) {
      return;
    }
    int delta = thousandths - cell.getMeasured();
    cell.setMeasured(thousandths);
    sweep.setMeasured(sweep.getMeasured() + delta);
    if (anew) {
      sweep.setMeasuredAnew(sweep.getMeasuredAnew() + Math.max(0, delta));
    }
  }

  /** A worker trained so long for it. */
  void trained(long millis) {
    if (sweep.hasMeasurementsTotal()) {
      sweep.setTrainingMillis(sweep.getTrainingMillis() + millis);
    }
  }

  /** A worker measured so long for it. */
  void measured(long millis) {
    if (sweep.hasMeasurementsTotal()) {
      sweep.setMeasuringMillis(sweep.getMeasuringMillis() + millis);
    }
  }

  /** The trial ended, perhaps early: nothing beyond its last epoch is left to do. */
  void finish(CellRecord.Builder cell, int reported) {
    int epochs = Math.min(Math.max(0, reported), cell.getEpochsCap());
    credit(cell, epochs);
    cap(cell, epochs);
  }

  private void takeBack(CellRecord.Builder cell, int cap) {
    forget(cell);
    cap(cell, cap);
  }

  private void cap(CellRecord.Builder cell, int epochs) {
    sweep.setEpochsTotal(sweep.getEpochsTotal() - cell.getEpochsCap() + epochs);
    cell.setEpochsCap(epochs);
  }
}
