package dev.rote.sweeps.workflow;

import dev.rote.v1.MissingArtifact;
import dev.rote.v1.SweepRecord;
import dev.rote.v1.SweepStatus.Phase;
import dev.rote.v1.TrialResult;
import dev.rote.v1.WorkFailed;
import dev.rote.v1.WorkItem;
import dev.rote.v1.WorkRecord;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What follows when an attempt failed. */
final class Remedies {
  /* Reasons of before there were remedies that mean: make the trial, or its checkpoints, again. */
  private static final String CHECKPOINT_GONE = "CHECKPOINT_MISSING";
  private static final Set<String> TRIAL_GONE = Set.of(CHECKPOINT_GONE, "TRIAL_MISSING");
  private static final String VARIANT_GONE = "VARIANT_MISSING";

  private final Turn turn;
  private final Works works;
  private final Leases leases;
  private final Cells cells;
  private final Sweeps sweeps;
  private final Settlement settlement;

  Remedies(
      Turn turn, Works works, Leases leases, Cells cells, Sweeps sweeps, Settlement settlement) {
    this.settlement = settlement;
    this.turn = turn;
    this.works = works;
    this.leases = leases;
    this.cells = cells;
    this.sweeps = sweeps;
  }

  /** Does what helps leased work; whether nothing does, so that it failed for good. */
  boolean follow(WorkRecord.Builder work, WorkFailed failed) {
    String reason = Leases.reason(failed.getReason(), failed.getMessage());
    if (Settlement.canBeTaken(work, failed.getNumerics())) {
      settlement.taken(work, failed.getNumerics());
      return false;
    }
    return switch (failed.getRemedy()) {
      case WAIT -> leases.await(work, reason);
      case RETRY -> leases.fail(work, reason, true, true);
      case REFUSE -> leases.fail(work, reason, false, true);
      case REMAKE -> remake(work, reason, failed.getMissingList());
      /* Newer workers say in `retryable` what is nearest, as older ones do. */
      case UNSPECIFIED, UNRECOGNIZED -> {
        String missing = missing(work, failed.getReason());
        yield missing.isEmpty()
            ? leases.fail(work, reason, failed.getRetryable(), true)
            : goBack(work, reason, Set.of(missing));
      }
    };
  }

  private boolean remake(WorkRecord.Builder work, String reason, List<MissingArtifact> missing) {
    if (work.getItem().hasWriteReport() || work.getItem().hasJudgeLook()) {
      return remakeResults(work, reason, missing);
    }
    Set<String> makers = makers(work);
    makers.retainAll(missing.stream().map(Remedies::maker).toList());
    return makers.isEmpty() ? leases.fail(work, reason, true, true) : goBack(work, reason, makers);
  }

  private boolean remakeResults(
      WorkRecord.Builder work, String reason, List<MissingArtifact> missing) {
    Optional<SweepRecord.Builder> sweep = reader(work.getItem());
    if (sweep.isEmpty() || sweep.get().getRemakes() + 1 >= sweep.get().getAttemptsBudget()) {
      return leases.fail(work, reason, false, true);
    }
    List<MissingArtifact> known =
        missing.stream().filter(artifact -> sweeps.isOfDoneTrial(sweep.get(), artifact)).toList();
    if (known.isEmpty()) {
      return leases.fail(work, reason, true, true);
    }
    leases.suspend(work, reason);
    known.forEach(artifact -> works.reset(maker(artifact)));
    sweeps.remake(
        sweep.get(), known.stream().map(MissingArtifact::getTrialIndex).distinct().toList());
    return false;
  }

  /** The sweep whose results work reads, while it wants that. */
  private Optional<SweepRecord.Builder> reader(WorkItem item) {
    return item.hasWriteReport()
        ? turn.sweep(item.getWriteReport().getSweepId())
            .filter(s -> s.getPhase() == Phase.REPORTING)
        : turn.sweep(item.getJudgeLook().getSweepId())
            .filter(s -> s.getPhase() == Phase.RUNNING || s.getPhase() == Phase.PAUSED);
  }

  /** Takes work from its queue until what it needs was made again. */
  private boolean goBack(WorkRecord.Builder work, String reason, Set<String> missing) {
    if (leases.suspend(work, reason)) {
      return true;
    }
    missing.forEach(works::reset);
    cells.goBack(work);
    return false;
  }

  /** The work that makes an artifact; empty for one that this version does not know. */
  static String maker(MissingArtifact artifact) {
    return switch (artifact.getArtifactCase()) {
      case VARIANT_ID -> WorkIds.variant(artifact.getVariantId());
      case TRIAL_ID -> WorkIds.trial(artifact.getTrialId());
      case MEASUREMENT_ID -> WorkIds.measurement(artifact.getMeasurementId());
      case ARTIFACT_NOT_SET -> "";
    };
  }

  /** The work that makes what work needs. */
  private Set<String> makers(WorkRecord.Builder work) {
    WorkItem item = work.getItem();
    Set<String> makers = new HashSet<>();
    if (item.hasMeasureTrial()) {
      makers.add(WorkIds.trial(item.getMeasureTrial().getTrialId()));
    }
    if (item.hasMeasureTrial() || item.hasTrainTrial()) {
      variant(work).ifPresent(makers::add);
    }
    return makers;
  }

  private Optional<String> variant(WorkRecord.Builder work) {
    return works.waiters(work.getWorkId()).stream()
        .flatMap(w -> turn.cell(w.sweepId(), w.index()).stream())
        .findFirst()
        .map(cell -> WorkIds.variant(cell.getVariantId()));
  }

  /** What an event of before there were remedies says is missing; empty for other failures. */
  private String missing(WorkRecord.Builder work, String reason) {
    WorkItem item = work.getItem();
    if (item.hasMeasureTrial() && TRIAL_GONE.contains(reason)) {
      String trial = WorkIds.trial(item.getMeasureTrial().getTrialId());
      boolean diverged =
          turn.work(trial).filter(t -> t.getOutcome() == TrialResult.Outcome.DIVERGED).isPresent();
      return diverged && reason.equals(CHECKPOINT_GONE) ? "" : trial;
    }
    boolean needsVariant = item.hasMeasureTrial() || item.hasTrainTrial();
    return reason.equals(VARIANT_GONE) && needsVariant ? variant(work).orElse("") : "";
  }
}
