package dev.rote.sweeps.workflow;

import dev.rote.sweeps.workflow.WorkLifecycle.Trigger;
import dev.rote.v1.CellRecordOrBuilder;
import dev.rote.v1.SweepRecord;
import dev.rote.v1.SweepStatus.Phase;
import dev.rote.v1.WorkItem;
import dev.rote.v1.WorkRecord;
import dev.rote.v1.WorkRecord.Status;
import java.util.Collection;
import java.util.List;

/** Wanting, offering and releasing work. */
final class Works {
  private static final int MOST_DOUBLINGS = 6;
  private static final int ATTEMPTS_WITHOUT_SWEEP = 5;

  /** Who wants a piece of work. */
  enum Demand {
    /** Nobody. */
    NONE,
    /** Paused sweeps alone. */
    HELD,
    /** An active sweep. */
    ACTIVE
  }

  private final Turn turn;
  private final Turns turns;

  Works(Turn turn, Turns turns) {
    this.turn = turn;
    this.turns = turns;
  }

  /**
   * Has a cell wait for work, and offers the work if it is not under way.
   *
   * @return how the work stands: {@code DONE} or {@code FAILED}, then nobody waits; or another
   */
  Status need(WorkItem item, SweepRecord.Builder sweep, long index) {
    WorkRecord.Builder work = turn.work(item.getWorkId()).orElseGet(() -> taken(item));
    if (stands(work, sweep, item)) {
      return Status.DONE;
    }
    boolean anew = work.getEndedSequence() < sweep.getStartedSequence();
    if (work.getStatus() == Status.DONE) {
      move(work, Trigger.RESET);
    }
    if (work.getStatus() == Status.FAILED) {
      if (!anew) {
        return Status.FAILED;
      }
      move(work, Trigger.RESET);
    }
    if (work.getStatus() == Status.IDLE && anew) {
      work.setSpent(0).clearTroubles();
    }
    turn.addWaiter(item.getWorkId(), new Waiter(sweep.getSweepId(), index));
    if (WorkKinds.isOfNumerics(item.getWorkCase()) && work.getNumerics().isEmpty()) {
      work.setNumerics(sweep.getNumerics());
    }
    if (work.getStatus() == Status.IDLE) {
      work.setItem(item).clearReason();
      if (sweep.getPhase() == Phase.RUNNING) {
        queue(work.setOwner(sweep.getOwner()));
      }
    }
    return work.getStatus();
  }

  /**
   * Whether work is done as an item asks for it, and its result is not in doubt for this sweep: a
   * sweep that is settled on a family of numerics doubts what is from before families had names.
   */
  static boolean stands(WorkRecord.Builder work, SweepRecord.Builder sweep, WorkItem item) {
    boolean unverified =
        sweep.getVerifying() && work.getEndedSequence() < sweep.getStartedSequence();
    boolean ofNoFamily =
        WorkKinds.isOfNumerics(item.getWorkCase())
            && work.getNumerics().isEmpty()
            && !sweep.getNumerics().isEmpty();
    boolean lacksTrace = item.getTrainTrial().getTrace() && !work.getTraced();
    return work.getStatus() == Status.DONE && !unverified && !ofNoFamily && !lacksTrace;
  }

  /** Offers work that no cell waits for, whatever became of it before. */
  void start(WorkItem item) {
    WorkRecord.Builder work = turn.work(item.getWorkId()).orElseGet(() -> taken(item));
    if (work.getStatus() == Status.DONE || work.getStatus() == Status.FAILED) {
      move(work, Trigger.RESET);
    }
    if (work.getStatus() == Status.IDLE) {
      work.setItem(item).setSpent(0).clearTroubles().clearReason();
      queue(work);
    }
  }

  private WorkRecord.Builder taken(WorkItem item) {
    WorkRecord.Builder work =
        WorkRecord.newBuilder().setWorkId(item.getWorkId()).setStatus(Status.IDLE).setItem(item);
    turn.addWork(work);
    return work;
  }

  /** A cell waits no more; queued work that nobody active wants is withdrawn. */
  void release(String workId, Waiter waiter) {
    turn.removeWaiter(workId, waiter);
    withdraw(workId);
  }

  /** A cell waits for nothing more. */
  void release(String sweepId, CellRecordOrBuilder cell) {
    releaseWaiting(sweepId, cell);
    release(WorkIds.trial(cell.getTrialId()), new Waiter(sweepId, cell.getIndex()));
  }

  /** A cell waits for nothing more but its trial. */
  void releaseWaiting(String sweepId, CellRecordOrBuilder cell) {
    Waiter waiter = new Waiter(sweepId, cell.getIndex());
    String trial = WorkIds.trial(cell.getTrialId());
    for (String workId : cell.getWaitingList()) {
      if (!workId.equals(trial)) {
        release(workId, waiter);
      }
    }
  }

  /** Work is of a family of numerics from now on. */
  void become(WorkRecord.Builder work, String family) {
    work.setNumerics(family);
    turns.move(work);
  }

  /** Takes work from its queue or its worker, whoever wants it. */
  void abandon(String workId) {
    turn.work(workId)
        .filter(work -> WorkLifecycle.next(work.getStatus(), Trigger.UNWANTED).isPresent())
        .ifPresent(work -> move(work, Trigger.UNWANTED));
  }

  /** Withdraws queued work that no active sweep wants. */
  void withdraw(String workId) {
    turn.work(workId)
        .filter(work -> work.getStatus() == Status.QUEUED && demand(work) != Demand.ACTIVE)
        .ifPresent(work -> move(work, Trigger.UNWANTED));
  }

  /** Offers held work again, for a sweep that is active again. */
  void resume(String workId) {
    turn.work(workId)
        .filter(work -> work.getStatus() == Status.IDLE && demand(work) == Demand.ACTIVE)
        .ifPresent(work -> queue(work.setOwner(owner(work))));
  }

  /** Whose turn work takes that several sweeps may want: of the first that runs. */
  private String owner(WorkRecord.Builder work) {
    return turn.waitingSweeps(work.getWorkId()).stream()
        .filter(sweep -> sweep.getPhase() == Phase.RUNNING)
        .map(SweepRecord.Builder::getOwner)
        .findFirst()
        .orElse("");
  }

  /** A result is void: the work is done again when it is next needed. */
  void reset(String workId) {
    turn.work(workId)
        .filter(work -> work.getStatus() == Status.DONE)
        .ifPresent(
            work -> {
              move(work, Trigger.RESET);
              work.setSpent(0).setEndedSequence(turn.sequence());
            });
  }

  Demand demand(WorkRecord.Builder work) {
    WorkItem item = work.getItem();
    if (item.hasWriteReport()) {
      boolean wanted = sweepOf(item).stream().anyMatch(s -> s.getPhase() == Phase.REPORTING);
      return wanted ? Demand.ACTIVE : Demand.NONE;
    }
    if (item.hasJudgeLook()) {
      return demandOfLook(work);
    }
    if (item.hasPruneTrial()) {
      boolean used = turn.hasWaiters(WorkIds.trial(item.getPruneTrial().getTrialId()));
      return used ? Demand.NONE : Demand.ACTIVE;
    }
    Collection<SweepRecord.Builder> sweeps = turn.waitingSweeps(work.getWorkId());
    if (sweeps.stream().anyMatch(sweep -> sweep.getPhase() == Phase.RUNNING)) {
      return Demand.ACTIVE;
    }
    boolean held = sweeps.stream().anyMatch(sweep -> sweep.getPhase() == Phase.PAUSED);
    return held ? Demand.HELD : Demand.NONE;
  }

  private Demand demandOfLook(WorkRecord.Builder work) {
    return sweepOf(work.getItem()).stream()
        .filter(sweep -> Looks.isReady(sweep) && Looks.workId(sweep).equals(work.getWorkId()))
        .map(
            sweep ->
                switch (sweep.getPhase()) {
                  case RUNNING -> Demand.ACTIVE;
                  case PAUSED -> Demand.HELD;
                  default -> Demand.NONE;
                })
        .findFirst()
        .orElse(Demand.NONE);
  }

  /** The sweep that work is about as a whole. */
  private Collection<SweepRecord.Builder> sweepOf(WorkItem item) {
    String sweepId =
        item.hasJudgeLook() ? item.getJudgeLook().getSweepId() : item.getWriteReport().getSweepId();
    return turn.sweep(sweepId).stream().toList();
  }

  /** Attempts that the most patient sweep grants. */
  int attemptsGranted(WorkRecord.Builder work) {
    Collection<SweepRecord.Builder> sweeps =
        work.getItem().hasWriteReport() || work.getItem().hasJudgeLook()
            ? sweepOf(work.getItem())
            : turn.waitingSweeps(work.getWorkId());
    return sweeps.stream()
        .mapToInt(SweepRecord.Builder::getAttemptsBudget)
        .max()
        .orElse(ATTEMPTS_WITHOUT_SWEEP);
  }

  private void queue(WorkRecord.Builder work) {
    move(work, Trigger.WANTED);
    work.setOffers(0).clearUnfitClaims().clearUnfitSinceMillis().clearForeignClaims();
    offer(work);
  }

  /** Gives work back to its queue, or keeps it back while no active sweep wants it. */
  void giveBack(WorkRecord.Builder work, long delayMillis) {
    if (demand(work) != Demand.ACTIVE) {
      move(work, Trigger.UNWANTED);
    } else {
      move(work, Trigger.GIVEN_BACK);
      work.setOffers(0);
      if (delayMillis > 0) {
        schedule(work, delayMillis);
      } else {
        offer(work);
      }
    }
  }

  void offer(WorkRecord.Builder work) {
    int doublings = Math.min(work.getOffers(), MOST_DOUBLINGS);
    work.setOffers(work.getOffers() + 1);
    schedule(work, turn.settings().reofferMillis() << doublings);
    turn.command(new Command.OfferWork(work.getItem()));
  }

  void schedule(WorkRecord.Builder work, long delayMillis) {
    turn.deleteTimer(work.getDeadlineMillis(), work.getWorkId());
    work.setDeadlineMillis(turn.now() + delayMillis);
    turn.addTimer(work.getDeadlineMillis(), work.getWorkId());
  }

  /** Moves work along its table and keeps the counts of outstanding work. */
  void move(WorkRecord.Builder work, Trigger trigger) {
    Status from = work.getStatus();
    Status to =
        WorkLifecycle.next(from, trigger)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        work.getWorkId() + ": no transition from " + from + " on " + trigger));
    work.setStatus(to);
    if (to == Status.QUEUED) {
      turns.enter(work);
    } else if (from == Status.QUEUED) {
      turns.leave(work);
    }
    int queued = one(to, Status.QUEUED) - one(from, Status.QUEUED);
    int leased = one(to, Status.LEASED) - one(from, Status.LEASED);
    if (queued != 0 || leased != 0) {
      turn.count(WorkKinds.word(work.getItem().getWorkCase()), queued, leased);
    }
  }

  private static int one(Status status, Status wanted) {
    return status == wanted ? 1 : 0;
  }

  /** Those that wait for work now. */
  List<Waiter> waiters(String workId) {
    return turn.waiters(workId);
  }
}
