package dev.rote.sweeps.workflow;

import dev.rote.v1.CellRecord;
import dev.rote.v1.Retention;
import dev.rote.v1.SweepRecord;
import dev.rote.v1.TrialFailure;
import dev.rote.v1.TrialResult;
import dev.rote.v1.TrialSummary.State;
import dev.rote.v1.WorkItem;
import dev.rote.v1.WorkRecord;
import dev.rote.v1.WorkRecord.Status;
import java.util.List;

/**
 * Cells on their way through the steps: variant, trial, measurements. A cell waits for its trial
 * from its start to its end, also while it does not train: that is what keeps checkpoints from
 * being pruned under it.
 */
final class Cells {
  private static final int FAILURES_KEPT = 20;

  private final Turn turn;
  private final Works works;
  private final Epochs epochs = new Epochs();

  Cells(Turn turn, Works works) {
    this.turn = turn;
    this.works = works;
  }

  void start(SweepRecord.Builder sweep, long index) {
    SweepPlan.Cell plan = turn.plan(sweep.getSweepId()).cell(index);
    CellRecord.Builder cell =
        CellRecord.newBuilder()
            .setIndex(index)
            .setTrialId(plan.trialId())
            .setVariantId(plan.variantId())
            .setEpochsCap(plan.epochs());
    sweep.setRunning(sweep.getRunning() + 1);
    turn.addWaiter(WorkIds.trial(plan.trialId()), waiter(sweep, cell));
    WorkRecord.Builder trial = turn.work(WorkIds.trial(plan.trialId())).orElse(null);
    if (trial != null && Works.stands(trial, sweep)) {
      measure(sweep, trained(sweep, cell, trial, true), plan);
    } else {
      corrupt(sweep, cell, plan);
    }
  }

  private static Waiter waiter(SweepRecord.Builder sweep, CellRecord.Builder cell) {
    return new Waiter(sweep.getSweepId(), cell.getIndex());
  }

  private void corrupt(SweepRecord.Builder sweep, CellRecord.Builder cell, SweepPlan.Cell plan) {
    cell.setStep(State.CORRUPTING);
    if (awaits(sweep, cell, WorkIds.materialize(plan))) {
      train(sweep, cell, plan);
    }
  }

  private void train(SweepRecord.Builder sweep, CellRecord.Builder cell, SweepPlan.Cell plan) {
    cell.setStep(State.TRAINING);
    if (awaits(sweep, cell, WorkIds.train(plan))) {
      WorkRecord.Builder trial = turn.work(WorkIds.trial(cell.getTrialId())).orElseThrow();
      measure(sweep, trained(sweep, cell, trial, cell.getReused()), plan);
    }
  }

  /** Waits for one piece of work; whether it is done already. A cell whose work failed is ended. */
  private boolean awaits(SweepRecord.Builder sweep, CellRecord.Builder cell, WorkItem item) {
    Status status = works.need(item, sweep, cell.getIndex());
    if (status == Status.FAILED) {
      fail(sweep, cell, reasonOf(item.getWorkId()));
      return false;
    }
    if (status != Status.DONE) {
      turn.putCell(sweep.getSweepId(), cell.clearWaiting().addWaiting(item.getWorkId()));
      return false;
    }
    return true;
  }

  private String reasonOf(String workId) {
    return turn.work(workId).map(WorkRecord.Builder::getReason).orElse("");
  }

  private CellRecord.Builder trained(
      SweepRecord.Builder sweep,
      CellRecord.Builder cell,
      WorkRecord.Builder trial,
      boolean reused) {
    cell.setReused(reused).setDiverged(trial.getOutcome() == TrialResult.Outcome.DIVERGED);
    epochs.finish(sweep, cell, trial.getEpochs());
    return cell;
  }

  private void measure(SweepRecord.Builder sweep, CellRecord.Builder cell, SweepPlan.Cell plan) {
    cell.setStep(State.MEASURING).clearWaiting();
    for (SweepPlan.Measure measure : plan.measures()) {
      WorkItem item = WorkIds.measure(plan, measure);
      Status status = works.need(item, sweep, cell.getIndex());
      if (status == Status.FAILED && !cell.getDiverged()) {
        fail(sweep, cell, reasonOf(item.getWorkId()));
        return;
      }
      if (status != Status.FAILED && status != Status.DONE) {
        cell.addWaiting(item.getWorkId());
      }
    }
    endOrWait(sweep, cell);
  }

  private void endOrWait(SweepRecord.Builder sweep, CellRecord.Builder cell) {
    if (cell.getWaitingCount() == 0) {
      done(sweep, cell);
    } else {
      turn.putCell(sweep.getSweepId(), cell);
    }
  }

  /** Moves on the cells that waited for work that is done. */
  void workDone(WorkRecord.Builder work, boolean reused) {
    String workId = work.getWorkId();
    for (Waiter waiter : works.waiters(workId)) {
      SweepRecord.Builder sweep = turn.sweep(waiter.sweepId()).orElseThrow();
      CellRecord.Builder cell = turn.cell(waiter.sweepId(), waiter.index()).orElseThrow();
      if (!cell.getWaitingList().contains(workId)) {
        continue;
      }
      SweepPlan plan = turn.plan(waiter.sweepId());
      switch (cell.getStep()) {
        case CORRUPTING -> {
          turn.removeWaiter(workId, waiter);
          train(sweep, cell.clearWaiting(), plan.cell(waiter.index()));
        }
        case TRAINING ->
            measure(sweep, trained(sweep, cell, work, reused), plan.cell(waiter.index()));
        default -> measured(sweep, cell, workId);
      }
    }
  }

  private void measured(SweepRecord.Builder sweep, CellRecord.Builder cell, String workId) {
    turn.removeWaiter(workId, waiter(sweep, cell));
    List<String> left = cell.getWaitingList().stream().filter(id -> !id.equals(workId)).toList();
    endOrWait(sweep, cell.clearWaiting().addAllWaiting(left));
  }

  /** Ends the cells that waited for work that failed for good. */
  void workFailed(WorkRecord.Builder work) {
    String workId = work.getWorkId();
    for (Waiter waiter : works.waiters(workId)) {
      SweepRecord.Builder sweep = turn.sweep(waiter.sweepId()).orElseThrow();
      CellRecord.Builder cell = turn.cell(waiter.sweepId(), waiter.index()).orElseThrow();
      if (!cell.getWaitingList().contains(workId)) {
        continue;
      }
      if (cell.getStep() == State.MEASURING && cell.getDiverged()) {
        measured(sweep, cell, workId);
      } else {
        fail(sweep, cell, work.getReason());
      }
    }
  }

  /** Sends the cells that wait for suspended work back to the first step, to make what it lacks. */
  void goBack(WorkRecord.Builder work, String missing) {
    String workId = work.getWorkId();
    works.reset(missing);
    for (Waiter waiter : works.waiters(workId)) {
      SweepRecord.Builder sweep = turn.sweep(waiter.sweepId()).orElseThrow();
      CellRecord.Builder cell = turn.cell(waiter.sweepId(), waiter.index()).orElseThrow();
      if (cell.getWaitingList().contains(workId)) {
        releaseWaiting(sweep, cell);
        SweepPlan plan = turn.plan(waiter.sweepId());
        corrupt(sweep, cell.clearWaiting().setReused(false), plan.cell(waiter.index()));
      }
    }
  }

  /** Progress of a running trial. */
  void progress(String workId, int epochsDone) {
    for (Waiter waiter : works.waiters(workId)) {
      CellRecord.Builder cell = turn.cell(waiter.sweepId(), waiter.index()).orElseThrow();
      if (cell.getWaitingList().contains(workId) && cell.getEpochs() != epochsDone) {
        epochs.credit(turn.sweep(waiter.sweepId()).orElseThrow(), cell, epochsDone);
        turn.putCell(waiter.sweepId(), cell);
      }
    }
  }

  private void releaseWaiting(SweepRecord.Builder sweep, CellRecord.Builder cell) {
    String trial = WorkIds.trial(cell.getTrialId());
    for (String workId : cell.getWaitingList()) {
      if (!workId.equals(trial)) {
        works.release(workId, waiter(sweep, cell));
      }
    }
  }

  private void leave(SweepRecord.Builder sweep, CellRecord.Builder cell) {
    releaseWaiting(sweep, cell);
    works.release(WorkIds.trial(cell.getTrialId()), waiter(sweep, cell));
    turn.deleteCell(sweep.getSweepId(), cell.getIndex());
    sweep.setRunning(sweep.getRunning() - 1);
  }

  private void done(SweepRecord.Builder sweep, CellRecord.Builder cell) {
    leave(sweep, cell);
    sweep.setDone(sweep.getDone() + 1);
    sweep.setReused(sweep.getReused() + (cell.getReused() ? 1 : 0));
    sweep.setDiverged(sweep.getDiverged() + (cell.getDiverged() ? 1 : 0));
    retain(sweep, cell);
  }

  /**
   * Prunes checkpoints once no cell needs them; of several sweeps' wishes the one that keeps most
   * holds.
   */
  private void retain(SweepRecord.Builder sweep, CellRecord.Builder cell) {
    String workId = WorkIds.trial(cell.getTrialId());
    WorkRecord.Builder trial = turn.work(workId).orElseThrow();
    Retention.Checkpoints wish = sweep.getRetention();
    Retention.Checkpoints before = trial.getKeep();
    boolean first = before == Retention.Checkpoints.UNSPECIFIED;
    Retention.Checkpoints keep = first || wish.getNumber() < before.getNumber() ? wish : before;
    if (keep != before) {
      turn.putWork(trial.setKeep(keep));
    }
    if (keep != Retention.Checkpoints.ALL && !turn.hasWaiters(workId)) {
      works.start(WorkIds.prune(sweep.getSweepId(), cell.getTrialId(), keep));
    }
  }

  private void fail(SweepRecord.Builder sweep, CellRecord.Builder cell, String reason) {
    State step = cell.getStep();
    leave(sweep, cell);
    end(sweep, cell.setStep(State.FAILED).setReason(reason));
    sweep.setFailed(sweep.getFailed() + 1);
    if (sweep.getFailuresCount() == FAILURES_KEPT) {
      sweep.removeFailures(0);
    }
    sweep.addFailures(
        TrialFailure.newBuilder()
            .setTrialIndex(cell.getIndex())
            .setTrialId(cell.getTrialId())
            .setStep(word(step))
            .setReason(reason));
  }

  private static String word(State step) {
    return switch (step) {
      case CORRUPTING -> "corrupt";
      case TRAINING -> "train";
      default -> "measure";
    };
  }

  void cancel(SweepRecord.Builder sweep, CellRecord.Builder cell) {
    leave(sweep, cell);
    end(sweep, cell.setStep(State.CANCELLED));
    sweep.setCancelled(sweep.getCancelled() + 1);
  }

  private void end(SweepRecord.Builder sweep, CellRecord.Builder cell) {
    int cap = turn.plan(sweep.getSweepId()).cell(cell.getIndex()).epochs();
    epochs.takeBack(sweep, cell, cap);
    turn.putEnded(sweep.getSweepId(), cell.clearWaiting());
  }
}
