package dev.rote.sweeps.workflow;

import dev.rote.spec.Ids;
import dev.rote.spec.SweepId;
import dev.rote.spec.Versions;
import dev.rote.sweeps.workflow.SweepLifecycle.Trigger;
import dev.rote.v1.CellRecord;
import dev.rote.v1.MissingArtifact;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepControlRequested;
import dev.rote.v1.SweepRecord;
import dev.rote.v1.SweepSpec;
import dev.rote.v1.SweepStatus.Phase;
import dev.rote.v1.SweepSubmitted;
import dev.rote.v1.TrialFailure;
import dev.rote.v1.VerdictCounts;
import dev.rote.v1.WorkRecord;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Sweeps as a whole: submitted, steered, filled up to their parallelism, ended. */
final class Sweeps {
  private static final String REPORT = "report";

  /** Reason of a report's failure that means: results of trials that are done are gone. */
  private static final String RESULT_MISSING = "RESULT_MISSING";

  private final Turn turn;
  private final Works works;
  private final Cells cells;
  private final SweepPhases phases;
  private final Settlement settlement;
  private final Looks looks;

  Sweeps(
      Turn turn, Works works, Cells cells, SweepPhases phases, Settlement settlement, Looks looks) {
    this.settlement = settlement;
    this.looks = looks;
    this.turn = turn;
    this.works = works;
    this.cells = cells;
    this.phases = phases;
  }

  /**
   * The id that a submitted sweep has here: the short one of before, when it is there under that;
   * empty when its id is that of another sweep.
   */
  Optional<String> idOf(SweepSubmitted submitted) {
    SweepId id = new SweepId(submitted.getSweepId());
    Optional<Sweep> known = turn.spec(id.value());
    if (known.isPresent()) {
      return known.filter(same(submitted)).map(sweep -> id.value());
    }
    Optional<String> before =
        id.shortened()
            .map(SweepId::value)
            .filter(old -> turn.spec(old).filter(same(submitted)).isPresent());
    return before.or(() -> Optional.of(id.value()));
  }

  private static Predicate<Sweep> same(SweepSubmitted submitted) {
    return sweep -> Ids.sameSweep(sweep, submitted.getSweep());
  }

  /**
   * Takes in a sweep; one that is there already gets the mutable part of the spec, or one more
   * reader.
   */
  boolean submit(SweepSubmitted submitted) {
    Sweep spec = submitted.getSweep();
    Optional<SweepRecord.Builder> existing = turn.sweep(submitted.getSweepId());
    if (existing.isPresent()) {
      again(existing.get(), submitted);
      return false;
    }
    SweepRecord.Builder sweep =
        SweepRecord.newBuilder()
            .setSweepId(submitted.getSweepId())
            .setName(spec.getMetadata().getName())
            .setVersions(Versions.parse(submitted.getVersions()).toString())
            .setSubmitted(turn.time())
            .setStartedSequence(turn.sequence());
    Owners.enter(sweep, submitted);
    steer(sweep, submitted);
    turn.addSweep(sweep, spec);
    new Tally(sweep).plan(turn.plan(submitted.getSweepId()));
    looks.submitted(sweep);
    phases.enter(sweep, Phase.RUNNING);
    settlement.submitted(sweep, spec);
    return true;
  }

  private void again(SweepRecord.Builder sweep, SweepSubmitted submitted) {
    if (Owners.maySteer(sweep, submitted)) {
      Owners.renew(sweep, submitted);
      steer(sweep, submitted);
      turn.putSpec(submitted.getSweepId(), submitted.getSweep());
    } else {
      Owners.join(sweep, submitted.getOwner());
    }
  }

  private static void steer(SweepRecord.Builder sweep, SweepSubmitted submitted) {
    SweepSpec spec = submitted.getSweep().getSpec();
    sweep
        .setMostBytes(submitted.getMostBytes())
        .setParallelism(spec.getParallelism())
        .setFailedTrialsBudget(spec.getFailureBudget().getFailedTrials())
        .setAttemptsBudget(spec.getFailureBudget().getAttempts())
        .setRetention(spec.getRetention().getCheckpoints());
  }

  Answer control(SweepControlRequested request) {
    Optional<SweepRecord.Builder> found = turn.sweep(request.getSweepId());
    if (found.isEmpty()) {
      return new Answer.Unknown(request.getSweepId());
    }
    SweepRecord.Builder sweep = found.get();
    Phase before = sweep.getPhase();
    Optional<Phase> next =
        trigger(request.getControl()).flatMap(trigger -> SweepLifecycle.next(before, trigger));
    if (next.isEmpty()) {
      return new Answer.Refused(
          before, "a sweep that is " + before + " cannot be told to " + request.getControl());
    }
    long retried = 0;
    if (next.get() != before) {
      switch (request.getControl()) {
        case PAUSE -> pause(sweep);
        case RESUME -> resume(sweep);
        case CANCEL -> cancel(sweep);
        default -> retried = retry(sweep);
      }
    }
    settle(sweep);
    return new Answer.Controlled(SweepStatuses.of(sweep.build(), turn.time()), retried);
  }

  private static Optional<Trigger> trigger(SweepControlRequested.Control control) {
    return switch (control) {
      case PAUSE -> Optional.of(Trigger.PAUSE);
      case RESUME -> Optional.of(Trigger.RESUME);
      case CANCEL -> Optional.of(Trigger.CANCEL);
      case RETRY_FAILED -> Optional.of(Trigger.RETRY);
      default -> Optional.empty();
    };
  }

  private void pause(SweepRecord.Builder sweep) {
    phases.enter(sweep, Phase.PAUSED);
    works.withdraw(Looks.workId(sweep));
    for (CellRecord cell : turn.cells(sweep.getSweepId())) {
      cell.getWaitingList().forEach(works::withdraw);
    }
  }

  private void resume(SweepRecord.Builder sweep) {
    phases.enter(sweep, Phase.RUNNING);
    works.resume(Looks.workId(sweep));
    for (CellRecord cell : turn.cells(sweep.getSweepId())) {
      cell.getWaitingList().forEach(works::resume);
    }
  }

  private void cancel(SweepRecord.Builder sweep) {
    phases.enter(sweep, Phase.CANCELLED);
    for (long index : turn.cellIndices(sweep.getSweepId())) {
      cells.cancel(sweep, turn.cell(sweep.getSweepId(), index).orElseThrow());
    }
    new Tally(sweep).stopRetry();
    works.withdraw(WorkIds.report(sweep.getSweepId()));
    works.withdraw(Looks.workId(sweep));
  }

  private long retry(SweepRecord.Builder sweep) {
    long ended = sweep.getFailed() + sweep.getCancelled();
    if (ended + Tally.pending(sweep) == 0 && sweep.getPhase() == Phase.COMPLETED) {
      return 0;
    }
    boolean gone = sweep.getFailuresList().stream().anyMatch(Sweeps::resultsAreGone);
    long retried = new Tally(sweep).retry();
    sweep.clearFailures().clearRemakes().setStartedSequence(turn.sequence());
    if (gone) {
      startOver(sweep);
      retried = sweep.getTotal();
    }
    phases.enter(sweep, Phase.RUNNING);
    return retried;
  }

  private static boolean resultsAreGone(TrialFailure failure) {
    boolean reads = failure.getStep().equals(REPORT) || failure.getStep().equals(Looks.STEP);
    return reads && failure.getReason().startsWith(RESULT_MISSING);
  }

  /** Goes through all cells again; what is still stored is found by the workers. */
  private void startOver(SweepRecord.Builder sweep) {
    turn.deleteAllEnded(sweep.getSweepId());
    new Tally(sweep).startOver(turn.plan(sweep.getSweepId()));
    sweep.setVerifying(true);
  }

  /** Whether an artifact is a result of a trial that the sweep is done with. */
  boolean isOfDoneTrial(SweepRecord.Builder sweep, MissingArtifact artifact) {
    long index = artifact.getTrialIndex();
    if (index < 0 || index >= sweep.getCursor()) {
      return false;
    }
    String sweepId = sweep.getSweepId();
    boolean done =
        turn.plan(sweepId).isNeeded(index, sweep.getClosedList())
            && turn.cell(sweepId, index).isEmpty()
            && turn.firstEnded(sweepId, index, index + 1).isEmpty();
    SweepPlan.Cell cell = cells.placed(sweep, turn.plan(sweepId).cell(index));
    return done
        && (cell.trial().id().value().equals(artifact.getTrialId())
            || cell.measures().stream()
                .anyMatch(m -> m.id().value().equals(artifact.getMeasurementId())));
  }

  /** Goes back from the report to done trials, whose results are to be made again. */
  void remake(SweepRecord.Builder sweep, List<Long> trials) {
    new Tally(sweep).remake(trials);
    sweep.setRemakes(sweep.getRemakes() + 1);
    phases.follow(sweep, Trigger.RESULTS_GONE);
  }

  void advanced(String sweepId) {
    turn.sweep(sweepId).ifPresent(SweepRecord.Builder::clearAdvancing);
  }

  void reportWritten(String sweepId, VerdictCounts verdicts) {
    turn.sweep(sweepId)
        .ifPresent(
            sweep ->
                phases.follow(sweep.setVerdicts(verdicts).clearRemakes(), Trigger.REPORT_WRITTEN));
  }

  void reportFailed(String sweepId, WorkRecord.Builder work) {
    turn.sweep(sweepId)
        .filter(sweep -> sweep.getPhase() == Phase.REPORTING)
        .ifPresent(
            sweep -> {
              sweep.addFailures(
                  TrialFailure.newBuilder().setStep(REPORT).setReason(work.getReason()));
              phases.follow(sweep, Trigger.REPORT_FAILED);
            });
  }

  /** Starts cells as far as parallelism and budget allow, and ends the sweep when none is left. */
  void settle(SweepRecord.Builder sweep) {
    if (sweep.getPhase() != Phase.RUNNING || sweep.getAdvancing() || !settlement.begin(sweep)) {
      return;
    }
    int started = 0;
    Tally tally = new Tally(sweep);
    while (hasRoom(sweep) && tally.hasNext()) {
      if (started == turn.settings().startsPerEvent()) {
        sweep.setAdvancing(true);
        turn.command(new Command.Advance(sweep.getSweepId()));
        return;
      }
      startNext(sweep);
      started++;
    }
    if (sweep.getRunning() > 0) {
      return;
    }
    if (overBudget(sweep)) {
      tally.stopRetry();
      phases.follow(sweep, Trigger.BUDGET_SPENT);
    } else if (!tally.hasNext() && Looks.isDue(sweep)) {
      looks.take(sweep);
    } else if (!tally.hasNext()) {
      sweep.clearVerifying();
      phases.follow(sweep, Trigger.TRIALS_ENDED);
      works.start(WorkIds.writeReport(sweep.getSweepId()));
    }
  }

  private static boolean overBudget(SweepRecord.Builder sweep) {
    return sweep.getFailed() > sweep.getFailedTrialsBudget();
  }

  private static boolean hasRoom(SweepRecord.Builder sweep) {
    return sweep.getRunning() < sweep.getParallelism() && !overBudget(sweep);
  }

  private void startNext(SweepRecord.Builder sweep) {
    if (sweep.getRemakingCount() > 0) {
      cells.startAgain(sweep, new Tally(sweep).nextRemade());
    } else {
      cells.start(sweep, next(sweep));
    }
  }

  private long next(SweepRecord.Builder sweep) {
    if (Tally.awaitingRetry(sweep) == 0) {
      return new Tally(sweep).startNew(turn.plan(sweep.getSweepId()));
    }
    CellRecord cell =
        turn.firstEnded(sweep.getSweepId(), sweep.getRetryNext(), sweep.getRetryUntil())
            .orElseThrow(
                () -> new IllegalStateException("no ended cell left in " + sweep.getSweepId()));
    turn.deleteEnded(sweep.getSweepId(), cell.getIndex());
    new Tally(sweep).startEnded(cell);
    return cell.getIndex();
  }
}
