package dev.rote.sweeps.workflow;

import dev.rote.spec.Versions;
import dev.rote.sweeps.workflow.WorkLifecycle.Trigger;
import dev.rote.sweeps.workflow.Works.Demand;
import dev.rote.v1.ClaimWorkResponse;
import dev.rote.v1.LeaseRenewed;
import dev.rote.v1.RenewLeaseResponse.Order;
import dev.rote.v1.SweepRecord;
import dev.rote.v1.SweepStatus.Phase;
import dev.rote.v1.SweepSubmitted;
import dev.rote.v1.WorkCompleted;
import dev.rote.v1.WorkFailed;
import dev.rote.v1.WorkItem;
import dev.rote.v1.WorkRecord;
import dev.rote.v1.WorkRecord.Status;
import dev.rote.v1.WorkerAnnounced;
import dev.rote.v1.WorkflowEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides what follows from each event: a pure function of the state and the event.
 *
 * <p>The cost of an event depends on the cells that it touches, at most the sweep's parallelism,
 * and not on the size of the sweep.
 */
public final class Decider {
  private static final String LEASE_EXPIRED = "LEASE_EXPIRED";

  private final Plans plans;
  private final WorkflowSettings settings;

  public Decider(Plans plans, WorkflowSettings settings) {
    this.plans = plans;
    this.settings = settings;
  }

  /**
   * What follows from an event. What of it cannot be decided is undone and set aside: see {@link
   * Isolation}.
   *
   * @throws StateReader.UnreadableException if the state cannot be read now
   */
  public Decision decide(StateReader state, WorkflowEvent event) {
    Turn turn = new Turn(state, plans, settings, event.getTime());
    return new Desk(turn).handle(event);
  }

  /** The parts that work on one turn. */
  private static final class Desk {
    private final Turn turn;
    private final Works works;
    private final Workers workers;
    private final Fitness fitness;
    private final Settlement settlement;
    private final Leases leases;
    private final Isolation isolation;
    private final Cells cells;
    private final Sweeps sweeps;
    private final Looks looks;
    private final Remedies remedies;

    Desk(Turn turn) {
      this.turn = turn;
      SweepPhases phases = new SweepPhases(turn);
      Turns turns = new Turns(turn);
      this.works = new Works(turn, turns);
      this.workers = new Workers(turn);
      this.fitness = new Fitness(turn, works, workers);
      this.isolation = new Isolation(turn, works, phases);
      this.cells = new Cells(turn, works, isolation);
      this.settlement = new Settlement(turn, works, cells, workers);
      this.leases = new Leases(turn, works, turns, fitness, settlement);
      this.looks = new Looks(turn, works, phases);
      this.sweeps = new Sweeps(turn, works, cells, phases, settlement, looks);
      this.remedies = new Remedies(turn, works, leases, cells, sweeps, settlement);
    }

    Decision handle(WorkflowEvent event) {
      Answer answer = isolated(event);
      for (String sweepId : turn.sweepsSeen()) {
        isolation.sweep(sweepId, () -> turn.sweep(sweepId).ifPresent(this::goOn));
      }
      return turn.decide(answer);
    }

    private void goOn(SweepRecord.Builder sweep) {
      sweeps.settle(sweep);
      if (sweep.getPhase() == Phase.RUNNING) {
        SweepStatuses.sample(sweep, turn.time());
      }
    }

    private Answer isolated(WorkflowEvent event) {
      List<Answer> answer = new ArrayList<>(1);
      Optional<Undecided> undecided =
          turn.attempt(
              "event " + event.getEventId(),
              () -> {
                EventChecks.require(event);
                answer.add(answer(event));
              });
      return undecided
          .map(
              failure -> {
                if (EventChecks.isWellFormed(event)) {
                  setAside(event, failure.reason());
                }
                return unanswered(event, failure.reason());
              })
          .orElseGet(() -> answer.get(0));
    }

    private void setAside(WorkflowEvent event, String reason) {
      switch (event.getEventCase()) {
        case SWEEP_SUBMITTED -> {
          turn.forgetPlan(event.getSweepSubmitted().getSweepId());
          isolation.setAsideSweep(event.getSweepSubmitted().getSweepId(), reason);
        }
        case SWEEP_CONTROL_REQUESTED ->
            isolation.setAsideSweep(event.getSweepControlRequested().getSweepId(), reason);
        case SWEEP_ADVANCED ->
            isolation.setAsideSweep(event.getSweepAdvanced().getSweepId(), reason);
        case WORK_CLAIMED -> isolation.setAsideWork(event.getWorkClaimed().getWorkId(), reason);
        case LEASE_RENEWED -> isolation.setAsideWork(event.getLeaseRenewed().getWorkId(), reason);
        case WORK_COMPLETED -> isolation.setAsideWork(event.getWorkCompleted().getWorkId(), reason);
        case WORK_FAILED -> isolation.setAsideWork(event.getWorkFailed().getWorkId(), reason);
        case WORK_YIELDED -> isolation.setAsideWork(event.getWorkYielded().getWorkId(), reason);
        case CLOCK_TICKED, WORKER_ANNOUNCED, EVENT_NOT_SET -> {}
      }
    }

    /* Workers are told to leave what cannot be decided. */
    private static Answer unanswered(WorkflowEvent event, String reason) {
      return switch (event.getEventCase()) {
        case WORK_CLAIMED ->
            new Answer.Claimed(
                ClaimWorkResponse.newBuilder()
                    .setDecision(ClaimWorkResponse.Decision.OBSOLETE)
                    .build());
        case LEASE_RENEWED -> new Answer.Renewed(Order.ABANDON);
        default -> new Answer.Undecided(reason);
      };
    }

    private Answer answer(WorkflowEvent event) {
      return switch (event.getEventCase()) {
        case SWEEP_SUBMITTED -> submit(event.getSweepSubmitted());
        case SWEEP_CONTROL_REQUESTED -> sweeps.control(event.getSweepControlRequested());
        case WORK_CLAIMED ->
            new Answer.Claimed(leases.claim(event.getWorkClaimed(), event.getEventId()));
        case LEASE_RENEWED -> new Answer.Renewed(renew(event.getLeaseRenewed()));
        case WORK_COMPLETED -> nothing(() -> complete(event.getWorkCompleted()));
        case WORK_FAILED -> nothing(() -> fail(event.getWorkFailed()));
        case WORK_YIELDED ->
            nothing(() -> leases.takeBack(event.getWorkYielded()).ifPresent(this::failedForGood));
        case CLOCK_TICKED -> nothing(() -> tick(event.getClockTicked().getAdvanceMillis()));
        case SWEEP_ADVANCED ->
            nothing(() -> sweeps.advanced(event.getSweepAdvanced().getSweepId()));
        case WORKER_ANNOUNCED -> nothing(() -> announced(event.getWorkerAnnounced()));
        case EVENT_NOT_SET -> new Answer.None();
      };
    }

    private void announced(WorkerAnnounced worker) {
      workers.heard(worker.getKind(), Versions.parse(worker.getVersions()), worker.getNumerics());
      settlement.announced(worker.getKind(), worker.getNumerics());
    }

    private static Answer nothing(Runnable step) {
      step.run();
      return new Answer.None();
    }

    private Answer submit(SweepSubmitted event) {
      Optional<String> id = sweeps.idOf(event);
      if (id.isEmpty()) {
        return new Answer.Collided(event.getSweepId());
      }
      SweepSubmitted submitted = event.toBuilder().setSweepId(id.get()).build();
      boolean created = sweeps.submit(submitted);
      SweepRecord.Builder sweep = turn.sweep(submitted.getSweepId()).orElseThrow();
      if (Owners.maySteer(sweep, submitted)) {
        int retries = DeclaredControls.retries(submitted, sweep, created);
        DeclaredControls.of(submitted, sweep, created).forEach(sweeps::control);
        sweep.setRetries(retries);
      }
      sweeps.settle(sweep);
      return new Answer.Submitted(created, SweepStatuses.of(sweep.build(), turn.time()));
    }

    private Order renew(LeaseRenewed renewal) {
      Order order = leases.renew(renewal);
      if (order != Order.ABANDON) {
        turn.work(renewal.getWorkId()).ifPresent(work -> goOn(work, renewal));
      }
      return order;
    }

    private void goOn(WorkRecord.Builder work, LeaseRenewed renewal) {
      long millis = leases.count(work);
      if (work.getItem().hasTrainTrial()) {
        cells.trained(work.getWorkId(), millis);
        if (renewal.hasProgress()) {
          cells.progress(work.getWorkId(), renewal.getProgress().getEpochsDone());
        }
      } else if (work.getItem().hasMeasureTrial()) {
        leases.share(work, renewal.getShare());
        cells.measured(work.getWorkId(), millis);
      }
    }

    private void complete(WorkCompleted completed) {
      leases
          .completing(completed)
          .ifPresent(
              work -> {
                WorkItem item = work.getItem();
                long millis = leases.count(work);
                leases.complete(work, completed);
                switch (item.getWorkCase()) {
                  case WRITE_REPORT ->
                      sweeps.reportWritten(
                          item.getWriteReport().getSweepId(), completed.getVerdicts());
                  case PRUNE_TRIAL -> turn.deleteWork(work.getWorkId());
                  case JUDGE_LOOK -> looks.judged(item.getJudgeLook(), completed.getLook());
                  case MATERIALIZE_VARIANT, TRAIN_TRIAL, MEASURE_TRIAL ->
                      cells.workDone(work, completed.getReused(), millis);
                  /* Done before, and void since: nobody has asked for it again. */
                  case WORK_NOT_SET -> {}
                }
              });
    }

    private void fail(WorkFailed failed) {
      leases
          .failing(failed)
          .filter(work -> remedies.follow(work, failed))
          .ifPresent(this::failedForGood);
    }

    private void failed(
        WorkRecord.Builder work, String reason, boolean retryable, boolean delayed) {
      if (leases.fail(work, reason, retryable, delayed)) {
        failedForGood(work);
      }
    }

    private void failedForGood(WorkRecord.Builder work) {
      WorkItem item = work.getItem();
      switch (item.getWorkCase()) {
        case WRITE_REPORT -> sweeps.reportFailed(item.getWriteReport().getSweepId(), work);
        case PRUNE_TRIAL -> turn.deleteWork(work.getWorkId());
        case JUDGE_LOOK -> looks.failed(item.getJudgeLook().getSweepId(), work.getReason());
        case MATERIALIZE_VARIANT, TRAIN_TRIAL, MEASURE_TRIAL -> cells.workFailed(work);
        case WORK_NOT_SET ->
            throw new IllegalStateException(work.getWorkId() + " was worked on and is of no kind");
      }
    }

    private void tick(int advanceMillis) {
      long advance = Math.min(Math.max(0, advanceMillis), settings().maxTickMillis());
      turn.clock().setLeaseMillis(turn.now() + advance);
      int limit = settings().timersPerTick();
      var due = turn.dueTimers(limit);
      for (String key : due) {
        turn.deleteTimer(key);
        String workId = Keys.last(key);
        isolation.work(workId, () -> turn.work(workId).ifPresent(this::timer));
      }
      if (due.size() < limit) {
        turn.clock().setTimersThroughMillis(turn.now());
      }
    }

    private WorkflowSettings settings() {
      return turn.settings();
    }

    private void timer(WorkRecord.Builder work) {
      boolean outstanding = work.getStatus() == Status.QUEUED || work.getStatus() == Status.LEASED;
      if (!outstanding) {
        return;
      }
      if (work.getDeadlineMillis() > turn.now()) {
        turn.addTimer(work.getDeadlineMillis(), work.getWorkId());
      } else if (work.getStatus() == Status.LEASED) {
        failed(work, LEASE_EXPIRED, true, false);
      } else if (works.demand(work) == Demand.ACTIVE) {
        offerAgain(work);
      } else {
        works.move(work, Trigger.UNWANTED);
      }
    }

    private void offerAgain(WorkRecord.Builder work) {
      Optional<String> hopeless = fitness.hopeless(work);
      if (hopeless.isPresent()) {
        isolation.setAsideWork(work.getWorkId(), hopeless.get());
      } else {
        works.offer(work);
      }
    }
  }
}
