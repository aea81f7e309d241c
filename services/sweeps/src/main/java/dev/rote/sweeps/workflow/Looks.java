package dev.rote.sweeps.workflow;

import dev.rote.sweeps.workflow.SweepLifecycle.Trigger;
import dev.rote.v1.ClaimLook;
import dev.rote.v1.JudgeLookWork;
import dev.rote.v1.Look;
import dev.rote.v1.Repeating;
import dev.rote.v1.SweepRecord;
import dev.rote.v1.SweepRecordOrBuilder;
import dev.rote.v1.SweepStatus.Phase;
import dev.rote.v1.TrialFailure;
import dev.rote.v1.VerdictCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Sweeps that repeat until their claims are judged: after each block of repetitions a look is taken
 * at the claims, as a piece of work; what it found decides whether, and of which cells, another
 * block is run.
 */
final class Looks {
  static final String STEP = "judge";

  private static final int CLAIMS_SHOWN = 5;
  private static final int CLAIM_LENGTH = 120;

  private final Turn turn;
  private final Works works;
  private final SweepPhases phases;

  Looks(Turn turn, Works works, SweepPhases phases) {
    this.turn = turn;
    this.works = works;
    this.phases = phases;
  }

  /** Whether a look is to be taken once the cells of the present block have ended. */
  static boolean isDue(SweepRecordOrBuilder sweep) {
    return sweep.getLooks() < sweep.getBlocks();
  }

  /** Whether a look is due and nothing is left to be run before it. */
  static boolean isReady(SweepRecord.Builder sweep) {
    return isDue(sweep) && sweep.getRunning() == 0 && !new Tally(sweep).hasNext();
  }

  /** Name of the work of the next look. */
  static String workId(SweepRecordOrBuilder sweep) {
    return WorkIds.look(sweep.getSweepId(), sweep.getLooks() + 1);
  }

  /** A new sweep has taken no look. */
  void submitted(SweepRecord.Builder sweep) {
    SweepPlan plan = turn.plan(sweep.getSweepId());
    if (!plan.looks().isEmpty()) {
      describe(sweep, plan, 0);
    }
  }

  /** Has the next look taken, unless it is under way. */
  void take(SweepRecord.Builder sweep) {
    works.start(WorkIds.judgeLook(sweep.getSweepId(), sweep.getLooks() + 1));
  }

  /**
   * A look was taken. One that nobody waits for, of a sweep that was cancelled meanwhile, is not
   * looked at: it is taken again when it is next needed.
   */
  void judged(JudgeLookWork work, Look look) {
    Optional<SweepRecord.Builder> found =
        turn.sweep(work.getSweepId())
            .filter(s -> s.getPhase() == Phase.RUNNING || s.getPhase() == Phase.PAUSED)
            .filter(s -> isDue(s) && s.getLooks() + 1 == work.getNumber());
    if (found.isEmpty()) {
      return;
    }
    SweepRecord.Builder sweep = found.get();
    SweepPlan plan = turn.plan(sweep.getSweepId());
    if (look.getNumber() != work.getNumber()) {
      throw new UndecidableException(
          "look %d was told of as look %d".formatted(work.getNumber(), look.getNumber()));
    }
    turn.putLook(sweep.getSweepId(), look);
    sweep.setLooks(look.getNumber()).clearRemakes();
    close(sweep, plan, look);
    if (look.getNumber() < plan.looks().size() && sweep.getClosedList().contains(0)) {
      new Tally(sweep).goOn(plan);
    }
    describe(sweep, plan, expectedRepetitions(look));
    phases.announce(sweep);
  }

  private static void close(SweepRecord.Builder sweep, SweepPlan plan, Look look) {
    int claims = plan.claims().size();
    List<Integer> closed = new ArrayList<>(sweep.getClosedList());
    while (closed.size() < claims) {
      closed.add(0);
    }
    VerdictCounts.Builder verdicts = sweep.getVerdicts().toBuilder();
    for (ClaimLook claim : look.getClaimsList()) {
      boolean fresh = claim.getClaim() < claims && closed.get(claim.getClaim()) == 0;
      if (!fresh) {
        throw new UndecidableException(
            "a look judged claim %d, which is not open".formatted(claim.getClaim()));
      }
      switch (claim.getDecision()) {
        case HOLDS -> verdicts.setHolding(verdicts.getHolding() + 1);
        case FAILS -> verdicts.setFailing(verdicts.getFailing() + 1);
        case FUTILE -> verdicts.setFutile(verdicts.getFutile() + 1);
        case OPEN, UNSPECIFIED, UNRECOGNIZED -> {
          continue;
        }
      }
      closed.set(claim.getClaim(), look.getNumber());
    }
    int undecided = claims - verdicts.getHolding() - verdicts.getFailing();
    sweep
        .setVerdicts(verdicts.setUndecided(undecided).setOpen(undecided - verdicts.getFutile()))
        .clearClosed()
        .addAllClosed(closed);
  }

  /** The most that an open claim is expected to take. */
  private static double expectedRepetitions(Look look) {
    return look.getClaimsList().stream()
        .filter(claim -> claim.getDecision() == ClaimLook.Decision.OPEN)
        .mapToDouble(ClaimLook::getExpectedRepetitions)
        .max()
        .orElse(0);
  }

  private static void describe(SweepRecord.Builder sweep, SweepPlan plan, double repetitions) {
    List<Integer> open =
        IntStream.range(0, plan.claims().size())
            .filter(claim -> sweep.getClosedCount() <= claim || sweep.getClosed(claim) == 0)
            .boxed()
            .toList();
    List<Integer> looks = plan.looks();
    int block = sweep.getBlocks() - 1;
    Repeating.Builder repeating =
        Repeating.newBuilder()
            .setLooks(sweep.getLooks())
            .setMostLooks(looks.size())
            .setRepetitions(looks.get(block))
            .setOpen(open.size())
            .setMostTrials(plan.size());
    open.stream()
        .limit(CLAIMS_SHOWN)
        .map(plan.claims()::get)
        .map(claim -> claim.length() > CLAIM_LENGTH ? claim.substring(0, CLAIM_LENGTH) : claim)
        .forEach(repeating::addOpenClaims);
    if (!isDue(sweep)) {
      repeating.setExpectedTrials((double) sweep.getTotal());
    } else if (repetitions > 0) {
      long block0 = block == 0 ? looks.get(0) : looks.get(block) - looks.get(block - 1);
      double cells = (double) plan.amount(block, sweep.getClosedList()).cells() / block0;
      repeating.setExpectedTrials(
          sweep.getTotal() + cells * Math.max(0, repetitions - looks.get(block)));
    }
    sweep.setRepeating(repeating);
  }

  /** A look could not be taken. */
  void failed(String sweepId, String reason) {
    turn.sweep(sweepId)
        .filter(s -> s.getPhase() == Phase.RUNNING || s.getPhase() == Phase.PAUSED)
        .ifPresent(
            sweep -> {
              sweep.addFailures(TrialFailure.newBuilder().setStep(STEP).setReason(reason));
              phases.follow(sweep, Trigger.LOOK_FAILED);
            });
  }
}
