package dev.rote.sweeps.workflow;

import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import dev.rote.spec.Versions;
import dev.rote.sweeps.workflow.WorkLifecycle.Trigger;
import dev.rote.sweeps.workflow.Works.Demand;
import dev.rote.v1.ClaimWorkResponse;
import dev.rote.v1.ClaimWorkResponse.Decision;
import dev.rote.v1.LeaseRenewed;
import dev.rote.v1.RenewLeaseResponse.Order;
import dev.rote.v1.WorkClaimed;
import dev.rote.v1.WorkCompleted;
import dev.rote.v1.WorkFailed;
import dev.rote.v1.WorkItem;
import dev.rote.v1.WorkRecord;
import dev.rote.v1.WorkRecord.Status;
import dev.rote.v1.WorkYielded;
import java.util.Optional;

/** Attempts at work: claimed, kept alive, ended. Only the newest attempt counts. */
final class Leases {
  private static final int MOST_DOUBLINGS = 5;

  /** Times in a row that workers may give work back for troubles of their own: about an hour. */
  private static final int MOST_TROUBLES = 60;

  private final Turn turn;
  private final Works works;
  private final Turns turns;
  private final Fitness fitness;
  private final Settlement settlement;

  Leases(Turn turn, Works works, Turns turns, Fitness fitness, Settlement settlement) {
    this.turn = turn;
    this.works = works;
    this.turns = turns;
    this.fitness = fitness;
    this.settlement = settlement;
  }

  ClaimWorkResponse claim(WorkClaimed claim, String claimId) {
    Optional<WorkRecord.Builder> found = turn.work(claim.getWorkId());
    if (found.isEmpty()) {
      return answer(Decision.OBSOLETE);
    }
    WorkRecord.Builder work = found.get();
    Optional<WorkRecord.Builder> passed = passed(work, claimId);
    if (passed.isPresent()) {
      return inPlace(passed.get());
    }
    if (work.getStatus() == Status.LEASED) {
      return work.getClaimId().equals(claimId) ? granted(work) : answer(Decision.LEASED);
    }
    if (work.getStatus() != Status.QUEUED) {
      return answer(Decision.OBSOLETE);
    }
    if (works.demand(work) != Demand.ACTIVE) {
      works.move(work, Trigger.UNWANTED);
      return answer(Decision.OBSOLETE);
    }
    Optional<WorkRecord.Builder> other = othersTurn(work, claim);
    if (other.isPresent() && refusal(other.get(), claim).isEmpty()) {
      pass(work, other.get(), claimId);
      grant(other.get(), claim, claimId);
      return inPlace(other.get());
    }
    Optional<Decision> refusal = refusal(work, claim);
    if (refusal.isPresent()) {
      return answer(refusal.get());
    }
    grant(work, claim, claimId);
    return granted(work);
  }

  /** Why a worker may not have work that is queued and wanted. */
  private Optional<Decision> refusal(WorkRecord.Builder work, WorkClaimed claim) {
    if (!fitness.admits(work, Versions.parse(claim.getVersions()), claim.getNumerics())) {
      return Optional.of(Decision.OTHER_VERSIONS);
    }
    return switch (settlement.admits(work, claim.getNumerics())) {
      case NO -> Optional.of(Decision.OTHER_VERSIONS);
      case MOVED -> Optional.of(Decision.OBSOLETE);
      case YES -> Optional.empty();
    };
  }

  private void grant(WorkRecord.Builder work, WorkClaimed claim, String claimId) {
    turns.served(work, claim.getNumerics());
    works.move(work, Trigger.CLAIMED);
    work.setAttempt(work.getAttempt() + 1).setWorker(claim.getWorker()).setClaimId(claimId);
    work.clearPassedTo();
    work.clearShare().setCountedMillis(Timestamps.toMillis(turn.time()));
    work.clearProgressMark().setProgressedMillis(turn.now());
    works.schedule(work, turn.settings().leaseMillis());
  }

  /** Work of an owner whose turn comes first, for workers that can be granted it. */
  private Optional<WorkRecord.Builder> othersTurn(WorkRecord.Builder work, WorkClaimed claim) {
    return claim.getTakesOther()
        ? turns.before(work, claim.getNumerics(), other -> fits(other, claim))
        : Optional.empty();
  }

  private boolean fits(WorkRecord.Builder work, WorkClaimed claim) {
    String family = work.getNumerics();
    /* Without an offer it waits for a while, since an attempt failed or was not for its worker. */
    return work.getStatus() == Status.QUEUED
        && work.getOffers() > 0
        && works.demand(work) == Demand.ACTIVE
        && Fitness.fits(work, Versions.parse(claim.getVersions()))
        && work.getHeldBy().isEmpty()
        && (family.isEmpty() || family.equals(claim.getNumerics()));
  }

  /* Its offer is settled by this claim, so that it is offered once more. */
  private void pass(WorkRecord.Builder work, WorkRecord.Builder other, String claimId) {
    work.setClaimId(claimId).setPassedTo(other.getWorkId());
    turn.command(new Command.OfferWork(work.getItem()));
  }

  /** What the same claim was granted before in place of what it asks for. */
  private Optional<WorkRecord.Builder> passed(WorkRecord.Builder work, String claimId) {
    return work.getPassedTo().isEmpty() || !work.getClaimId().equals(claimId)
        ? Optional.empty()
        : turn.work(work.getPassedTo())
            .filter(other -> other.getStatus() == Status.LEASED)
            .filter(other -> other.getClaimId().equals(claimId));
  }

  private ClaimWorkResponse inPlace(WorkRecord.Builder work) {
    return granted(work).toBuilder().setItem(work.getItem()).build();
  }

  private static ClaimWorkResponse answer(Decision decision) {
    return ClaimWorkResponse.newBuilder().setDecision(decision).build();
  }

  private ClaimWorkResponse granted(WorkRecord.Builder work) {
    return ClaimWorkResponse.newBuilder()
        .setDecision(Decision.GRANTED)
        .setAttempt(work.getAttempt())
        .setLease(Durations.fromMillis(turn.settings().leaseMillis()))
        .build();
  }

  /**
   * Keeps a lease alive. The order {@code CONTINUE} or {@code YIELD} means that progress counts.
   */
  Order renew(LeaseRenewed renewal) {
    Optional<WorkRecord.Builder> found =
        turn.work(renewal.getWorkId())
            .filter(work -> work.getAttempt() == renewal.getAttempt() && renewal.getAttempt() > 0);
    if (found.isEmpty()) {
      return Order.ABANDON;
    }
    WorkRecord.Builder work = found.get();
    if (stalls(work, renewal)) {
      return Order.ABANDON;
    }
    return switch (work.getStatus()) {
      case LEASED -> extend(work);
      case QUEUED -> {
        works.move(work, Trigger.READOPTED);
        turn.addTimer(turn.now() + turn.settings().leaseMillis(), work.getWorkId());
        yield extend(work);
      }
      case IDLE -> works.demand(work) == Demand.HELD ? Order.YIELD : Order.ABANDON;
      default -> Order.ABANDON;
    };
  }

  /**
   * Whether nothing was told of for so long that the lease is left to run out. Only what grows
   * towards its end counts, so that nobody holds work for ever.
   */
  private boolean stalls(WorkRecord.Builder work, LeaseRenewed renewal) {
    int mark = mark(work.getItem(), renewal);
    if (mark > work.getProgressMark() || work.getProgressedMillis() == 0) {
      work.setProgressMark(mark).setProgressedMillis(turn.now());
    }
    return turn.now() - work.getProgressedMillis() > turn.settings().stallMillis();
  }

  private static int mark(WorkItem item, LeaseRenewed renewal) {
    if (item.hasTrainTrial()) {
      int epochs = item.getTrainTrial().getTrial().getTraining().getEpochs();
      return Math.min(Math.max(0, renewal.getProgress().getEpochsDone()), epochs);
    }
    double share = item.hasMeasureTrial() ? renewal.getShare() : 0;
    return share > 0 && share <= 1 ? (int) (share * Tally.WHOLE) : 0;
  }

  private Order extend(WorkRecord.Builder work) {
    Demand demand = works.demand(work);
    if (demand == Demand.NONE) {
      works.move(work, Trigger.UNWANTED);
      return Order.ABANDON;
    }
    fitness.renewed(work);
    // The timer of the claim looks at the deadline when it fires: no timer per renewal.
    work.setDeadlineMillis(turn.now() + turn.settings().leaseMillis());
    return demand == Demand.HELD ? Order.YIELD : Order.CONTINUE;
  }

  /** The work that ends well; empty when the event is of an older attempt or a repetition. */
  Optional<WorkRecord.Builder> completing(WorkCompleted completed) {
    return turn.work(completed.getWorkId())
        .filter(work -> newest(work, completed.getAttempt()))
        .filter(work -> WorkLifecycle.next(work.getStatus(), Trigger.COMPLETED).isPresent());
  }

  /** Ends work well; what was to be done is forgotten. */
  void complete(WorkRecord.Builder work, WorkCompleted completed) {
    works.move(work, Trigger.COMPLETED);
    work.setOutcome(completed.getOutcome()).setEpochs(completed.getEpochs());
    work.setTraced(work.getTraced() || work.getItem().getTrainTrial().getTrace());
    work.setEndedSequence(turn.sequence()).setSpent(0).clearTroubles();
    turn.deleteTimer(work.getDeadlineMillis(), work.getWorkId());
    work.clearItem().clearOwner().clearPassedTo().clearWorker().clearClaimId();
    work.clearReason().clearDeadlineMillis();
    work.clearShare().clearCountedMillis().clearProgressMark().clearProgressedMillis();
  }

  /** Milliseconds of leased work since they were last counted. */
  long count(WorkRecord.Builder work) {
    long now = Timestamps.toMillis(turn.time());
    long since = work.getCountedMillis();
    work.setCountedMillis(now);
    return since == 0 ? 0 : Math.max(0, now - since);
  }

  /** How much of a measurement its worker has done; what is outside [0, 1] is no progress. */
  void share(WorkRecord.Builder work, double share) {
    if (share >= 0 && share <= 1) {
      work.setShare((int) (share * Tally.WHOLE));
    }
  }

  /**
   * A worker gives work back; with a reason, as workers of before there were remedies do, for a
   * trouble.
   *
   * @return the work if that happened too often, so that it failed for good
   */
  Optional<WorkRecord.Builder> takeBack(WorkYielded yielded) {
    Optional<WorkRecord.Builder> found =
        turn.work(yielded.getWorkId())
            .filter(
                work -> newest(work, yielded.getAttempt()) && work.getStatus() == Status.LEASED);
    if (found.isEmpty()) {
      return found;
    }
    WorkRecord.Builder work = found.get();
    if (yielded.getReason().isEmpty()) {
      works.giveBack(work, 0);
      return Optional.empty();
    }
    return await(work, reason(yielded.getReason(), yielded.getMessage()))
        ? found
        : Optional.empty();
  }

  /**
   * Leased work cannot go on for now, by no fault of its own: no attempt is spent, and it waits a
   * while, longer each time.
   *
   * @return whether that happened too often, so that it failed for good
   */
  boolean await(WorkRecord.Builder work, String reason) {
    work.setTroubles(work.getTroubles() + 1);
    boolean forGood = work.getTroubles() >= MOST_TROUBLES;
    if (forGood) {
      work.setReason(
              Undecided.shortened(
                  "given back %d times for troubles of workers, the last: %s"
                      .formatted(work.getTroubles(), reason)))
          .setEndedSequence(turn.sequence());
      works.move(work, Trigger.GIVEN_UP);
    } else {
      int doublings = Math.min(work.getTroubles() - 1, MOST_DOUBLINGS);
      works.giveBack(work, turn.settings().backoffMillis() << doublings);
    }
    return forGood;
  }

  /** A reason with what of its message fits into a status. */
  static String reason(String reason, String message) {
    return Undecided.shortened(message.isEmpty() ? reason : reason + ": " + message);
  }

  /** The work that a failure is about, if it is leased and of this attempt. */
  Optional<WorkRecord.Builder> failing(WorkFailed failed) {
    return turn.work(failed.getWorkId())
        .filter(work -> newest(work, failed.getAttempt()) && work.getStatus() == Status.LEASED);
  }

  private static boolean newest(WorkRecord.Builder work, int attempt) {
    return attempt > 0 && work.getAttempt() == attempt;
  }

  /**
   * An attempt at leased work failed: counts it, and queues the work again while the budget lasts.
   *
   * @param delayed whether to wait a while before the next attempt
   * @return whether the work failed for good
   */
  boolean fail(WorkRecord.Builder work, String reason, boolean retryable, boolean delayed) {
    boolean forGood = spend(work, reason) || !retryable;
    if (forGood) {
      works.move(work, Trigger.GIVEN_UP);
    } else {
      int doublings = Math.min(work.getSpent() - 1, MOST_DOUBLINGS);
      works.giveBack(work, delayed ? turn.settings().backoffMillis() << doublings : 0);
    }
    return forGood;
  }

  /**
   * Leased work found that an artifact it needs is gone: counts the attempt, and takes the work
   * from its queue until the artifact is there again.
   *
   * @return whether the work failed for good
   */
  boolean suspend(WorkRecord.Builder work, String reason) {
    boolean forGood = spend(work, reason);
    works.move(work, forGood ? Trigger.GIVEN_UP : Trigger.UNWANTED);
    return forGood;
  }

  private boolean spend(WorkRecord.Builder work, String reason) {
    work.setSpent(work.getSpent() + 1)
        .setReason(reason)
        .setEndedSequence(turn.sequence())
        .clearTroubles();
    return work.getSpent() >= works.attemptsGranted(work);
  }
}
