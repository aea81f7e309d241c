package dev.rote.sweeps.workflow;

import dev.rote.spec.AdmittedMeasurement;
import dev.rote.spec.TrialId;
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
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Cells on their way through the steps: variant, trial, measurements. A cell waits for its trial
 * from its start to its end, also while it does not train: that is what keeps checkpoints from
 * being pruned under it.
 */
final class Cells {
  private static final int FAILURES_KEPT = 20;

  private final Turn turn;
  private final Works works;
  private final Isolation isolation;

  Cells(Turn turn, Works works, Isolation isolation) {
    this.turn = turn;
    this.works = works;
    this.isolation = isolation;
  }

  void start(SweepRecord.Builder sweep, long index) {
    SweepPlan.Cell plan = turn.plan(sweep.getSweepId()).cell(index);
    SweepPlan.Cell placed = placed(sweep, plan);
    start(sweep, cell(placed).setEpochsCap(plan.epochs()), placed);
  }

  private static CellRecord.Builder cell(SweepPlan.Cell plan) {
    return CellRecord.newBuilder()
        .setIndex(plan.index())
        .setTrialId(plan.trial().id().value())
        .setMeasurements(plan.measures().size())
        .setVariantId(plan.trial().variant().id().value());
  }

  /** The cell under the id that its trial has for the sweep now. */
  SweepPlan.Cell placed(SweepRecord.Builder sweep, SweepPlan.Cell plan) {
    return plan.under(
        Families.idOf(
            plan.trial().id(), sweep.getNumerics(), id -> turn.work(id).map(work -> work)));
  }

  /** Starts a cell again that is done, and whose results are gone. */
  void startAgain(SweepRecord.Builder sweep, long index) {
    SweepPlan.Cell plan = placed(sweep, turn.plan(sweep.getSweepId()).cell(index));
    Optional<WorkRecord.Builder> trial = turn.work(WorkIds.trial(plan.trial().id().value()));
    int epochs = trial.map(WorkRecord.Builder::getEpochs).orElse(plan.epochs());
    boolean diverged =
        trial.filter(t -> t.getOutcome() == TrialResult.Outcome.DIVERGED).isPresent();
    new Tally(sweep).startDone(diverged);
    CellRecord.Builder cell = cell(plan).setEpochs(epochs).setEpochsCap(epochs).setRemade(true);
    if (sweep.hasMeasurementsTotal()) {
      cell.setMeasured(cell.getMeasurements() * Tally.WHOLE);
    }
    start(sweep, cell, plan);
  }

  private void start(SweepRecord.Builder sweep, CellRecord.Builder cell, SweepPlan.Cell plan) {
    turn.addCell(sweep.getSweepId(), cell);
    String trialWork = WorkIds.trial(cell.getTrialId());
    turn.addWaiter(trialWork, waiter(sweep, cell));
    WorkRecord.Builder trial = turn.work(trialWork).orElse(null);
    if (trial != null && Works.stands(trial, sweep, WorkIds.train(plan, within(sweep, plan)))) {
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
    SweepPlan.Cell placed = place(sweep, cell);
    String trialWork = WorkIds.trial(cell.getTrialId());
    boolean known = turn.work(trialWork).isPresent();
    if (awaits(sweep, cell, WorkIds.train(placed, within(sweep, placed)))) {
      WorkRecord.Builder trial = turn.work(trialWork).orElseThrow();
      boolean reused = cell.getReused() || !plan.trial().id().equals(placed.trial().id());
      measure(sweep, trained(sweep, cell, trial, reused), placed);
    } else if (!known && sweep.getNumerics().isEmpty()) {
      turn.work(WorkIds.trial(own(sweep, cell).trial().id().value()))
          .filter(own -> !own.getWorkId().equals(trialWork))
          .ifPresent(own -> turn.work(trialWork).orElseThrow().setHeldBy(own.getNumerics()));
    }
  }

  /** The family that a placed trial's id is within; empty for its own id. */
  private String within(SweepRecord.Builder sweep, SweepPlan.Cell placed) {
    boolean own =
        turn.plan(sweep.getSweepId()).cell(placed.index()).trial().id().equals(placed.trial().id());
    return own ? "" : sweep.getNumerics();
  }

  /** Has a cell wait for its trial under the id that this has for the sweep now. */
  private SweepPlan.Cell place(SweepRecord.Builder sweep, CellRecord.Builder cell) {
    SweepPlan.Cell placed = placed(sweep, own(sweep, cell));
    String id = placed.trial().id().value();
    if (!id.equals(cell.getTrialId())) {
      works.release(WorkIds.trial(cell.getTrialId()), waiter(sweep, cell));
      cell.setTrialId(id).clearWaiting();
      turn.addWaiter(WorkIds.trial(id), waiter(sweep, cell));
    }
    return placed;
  }

  /** Waits for one piece of work; whether it is done already. A cell whose work failed is ended. */
  private boolean awaits(SweepRecord.Builder sweep, CellRecord.Builder cell, WorkItem item) {
    String workId = item.getWorkId();
    boolean free = turn.work(workId).filter(work -> work.getNumerics().isEmpty()).isPresent();
    Status status = works.need(item, sweep, cell.getIndex());
    if (status == Status.FAILED) {
      fail(sweep, cell, reasonOf(workId));
      return false;
    }
    if (status != Status.DONE) {
      cell.clearWaiting().addWaiting(workId);
      if (free && turn.work(workId).filter(work -> !work.getNumerics().isEmpty()).isPresent()) {
        placeOthers(workId);
      }
      return false;
    }
    return true;
  }

  /** Work has become that of one family: the cells of other sweeps wait elsewhere from now on. */
  private void placeOthers(String workId) {
    String family = turn.work(workId).map(WorkRecord.Builder::getNumerics).orElse("");
    waiting(
        workId,
        (sweep, cell) -> {
          if (cell.getStep() == State.TRAINING && !sweep.getNumerics().equals(family)) {
            train(sweep, cell, plan(sweep, cell));
          }
        });
  }

  /** Work is found to be of a family: those who wait for it and are not of that wait elsewhere. */
  void giveTo(WorkRecord.Builder work, String family) {
    works.become(work, family);
    placeOthers(work.getWorkId());
  }

  /** A sweep is settled on a family: its cells wait for work of that family from now on. */
  void settle(SweepRecord.Builder sweep, String family) {
    sweep.setNumerics(family).clearWaitingFor();
    for (long index : turn.cellIndices(sweep.getSweepId())) {
      turn.cell(sweep.getSweepId(), index).ifPresent(cell -> settle(sweep, cell));
    }
  }

  private static boolean isOfOthers(WorkRecord.Builder work, String family) {
    return work.getNumerics().isEmpty()
        ? !work.getHeldBy().isEmpty()
        : !work.getNumerics().equals(family);
  }

  private void settle(SweepRecord.Builder sweep, CellRecord.Builder cell) {
    String family = sweep.getNumerics();
    List<WorkRecord.Builder> awaited =
        cell.getWaitingList().stream().flatMap(id -> turn.work(id).stream()).toList();
    if (cell.getStep() == State.CORRUPTING || awaited.isEmpty()) {
      return;
    }
    if (awaited.stream().noneMatch(work -> isOfOthers(work, family))) {
      awaited.stream()
          .filter(work -> work.getNumerics().isEmpty())
          .forEach(work -> giveTo(work, family));
    } else if (cell.getStep() == State.TRAINING) {
      train(sweep, cell, plan(sweep, cell));
    } else {
      SweepPlan.Cell plan = plan(sweep, cell);
      works.releaseWaiting(sweep.getSweepId(), cell);
      corrupt(sweep, cell.clearWaiting().setReused(false), plan);
    }
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
    new Tally(sweep).finish(cell, trial.getEpochs());
    return cell;
  }

  private void measure(SweepRecord.Builder sweep, CellRecord.Builder cell, SweepPlan.Cell plan) {
    cell.setStep(State.MEASURING).clearWaiting();
    for (AdmittedMeasurement measure : plan.measures()) {
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
    creditMeasured(sweep, cell, false);
    endOrWait(sweep, cell);
  }

  /** Measurements that a cell waits for count by what their workers told, the others are done. */
  private void creditMeasured(SweepRecord.Builder sweep, CellRecord.Builder cell, boolean anew) {
    int thousandths = (cell.getMeasurements() - cell.getWaitingCount()) * Tally.WHOLE;
    for (String workId : cell.getWaitingList()) {
      thousandths += turn.work(workId).map(WorkRecord.Builder::getShare).orElse(0);
    }
    new Tally(sweep).measured(cell, thousandths, anew);
  }

  private void endOrWait(SweepRecord.Builder sweep, CellRecord.Builder cell) {
    if (cell.getWaitingCount() == 0) {
      done(sweep, cell);
    }
  }

  /**
   * Moves on the cells that waited for work that is done.
   *
   * @param millis that its worker took since that was last counted
   */
  void workDone(WorkRecord.Builder work, boolean reused, long millis) {
    String workId = work.getWorkId();
    waiting(
        workId,
        (sweep, cell) -> {
          switch (cell.getStep()) {
            case CORRUPTING -> {
              turn.removeWaiter(workId, waiter(sweep, cell));
              train(sweep, cell.clearWaiting(), plan(sweep, cell));
            }
            case TRAINING -> {
              new Tally(sweep).trained(reused ? 0 : millis);
              trained(sweep, cell, work, reused, plan(sweep, cell));
            }
            default -> {
              new Tally(sweep).measured(reused ? 0 : millis);
              measured(sweep, cell, workId, !reused);
            }
          }
        });
  }

  /** A trial that another sweep asked for may lack the trace that this one needs. */
  private void trained(
      SweepRecord.Builder sweep,
      CellRecord.Builder cell,
      WorkRecord.Builder work,
      boolean reused,
      SweepPlan.Cell plan) {
    if (plan.traced() && !work.getTraced()) {
      train(sweep, cell.clearWaiting(), plan);
    } else {
      measure(sweep, trained(sweep, cell, work, reused), plan);
    }
  }

  /** Does something for each cell that waits for work now, each by itself. */
  private void waiting(String workId, BiConsumer<SweepRecord.Builder, CellRecord.Builder> step) {
    for (Waiter waiter : works.waiters(workId)) {
      isolation.sweep(
          waiter.sweepId(),
          () -> {
            Optional<SweepRecord.Builder> sweep = turn.sweep(waiter.sweepId());
            Optional<CellRecord.Builder> cell = turn.cell(waiter.sweepId(), waiter.index());
            if (sweep.isEmpty() || cell.isEmpty()) {
              // Left behind by a cell that was set aside.
              turn.removeWaiter(workId, waiter);
            } else if (cell.get().getWaitingList().contains(workId)) {
              step.accept(sweep.get(), cell.get());
            }
          });
    }
  }

  /** The plan of a cell in flight, which must be what it was when the cell was started. */
  private SweepPlan.Cell plan(SweepRecord.Builder sweep, CellRecord.Builder cell) {
    return own(sweep, cell).under(new TrialId(cell.getTrialId()));
  }

  /** The same with its trial under its own id, whatever it waits for. */
  private SweepPlan.Cell own(SweepRecord.Builder sweep, CellRecord.Builder cell) {
    SweepPlan.Cell plan = turn.plan(sweep.getSweepId()).cell(cell.getIndex());
    if (!Families.isIdOf(cell.getTrialId(), plan.trial().id(), sweep.getNumerics())) {
      throw new UndecidableException(
          "trial %d was started as %s and would be %s now: submit the sweep again"
              .formatted(cell.getIndex(), cell.getTrialId(), plan.trial().id()));
    }
    return plan;
  }

  private void measured(
      SweepRecord.Builder sweep, CellRecord.Builder cell, String workId, boolean anew) {
    turn.removeWaiter(workId, waiter(sweep, cell));
    List<String> left = cell.getWaitingList().stream().filter(id -> !id.equals(workId)).toList();
    creditMeasured(sweep, cell.clearWaiting().addAllWaiting(left), anew);
    endOrWait(sweep, cell);
  }

  /** Ends the cells that waited for work that failed for good. */
  void workFailed(WorkRecord.Builder work) {
    String workId = work.getWorkId();
    waiting(
        workId,
        (sweep, cell) -> {
          if (cell.getStep() == State.MEASURING && cell.getDiverged()) {
            measured(sweep, cell, workId, false);
          } else {
            fail(sweep, cell, work.getReason());
          }
        });
  }

  /** Sends the cells that wait for suspended work back to the first step, to make what it lacks. */
  void goBack(WorkRecord.Builder work) {
    waiting(
        work.getWorkId(),
        (sweep, cell) -> {
          SweepPlan.Cell plan = plan(sweep, cell);
          works.releaseWaiting(sweep.getSweepId(), cell);
          new Tally(sweep).measured(cell, 0, false);
          corrupt(sweep, cell.clearWaiting().setReused(false), plan);
        });
  }

  /** Progress of a running trial; more than its cap is no progress. */
  void progress(String workId, int epochsDone) {
    waiting(
        workId,
        (sweep, cell) -> {
          boolean sane = epochsDone >= 0 && epochsDone <= cell.getEpochsCap();
          if (sane && cell.getEpochs() != epochsDone) {
            new Tally(sweep).credit(cell, epochsDone);
          }
        });
  }

  /** A worker went on with a trial for so long. */
  void trained(String workId, long millis) {
    waiting(workId, (sweep, cell) -> new Tally(sweep).trained(millis));
  }

  /** A worker went on with a measurement for so long; the work says how far it is. */
  void measured(String workId, long millis) {
    waiting(
        workId,
        (sweep, cell) -> {
          new Tally(sweep).measured(millis);
          creditMeasured(sweep, cell, true);
        });
  }

  private void leave(SweepRecord.Builder sweep, CellRecord.Builder cell) {
    works.release(sweep.getSweepId(), cell);
    turn.deleteCell(sweep.getSweepId(), cell.getIndex());
  }

  private void done(SweepRecord.Builder sweep, CellRecord.Builder cell) {
    leave(sweep, cell);
    new Tally(sweep).done(cell);
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
    trial.setKeep(keep);
    if (keep != Retention.Checkpoints.ALL && !turn.hasWaiters(workId)) {
      works.start(WorkIds.prune(sweep.getSweepId(), cell.getTrialId(), keep));
    }
  }

  private void fail(SweepRecord.Builder sweep, CellRecord.Builder cell, String reason) {
    State step = cell.getStep();
    leave(sweep, cell);
    new Tally(sweep).failed(cell, cap(sweep, cell));
    end(sweep, cell.setStep(State.FAILED).setReason(reason));
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
    new Tally(sweep).cancelled(cell, cap(sweep, cell));
    end(sweep, cell.setStep(State.CANCELLED));
  }

  /** Epochs that a cell has at most when it is started. */
  private int cap(SweepRecord.Builder sweep, CellRecord.Builder cell) {
    return turn.plan(sweep.getSweepId()).cell(cell.getIndex()).epochs();
  }

  private void end(SweepRecord.Builder sweep, CellRecord.Builder cell) {
    turn.putEnded(sweep.getSweepId(), cell.clearWaiting());
  }
}
