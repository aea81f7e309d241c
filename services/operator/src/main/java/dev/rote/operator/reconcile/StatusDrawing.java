package dev.rote.operator.reconcile;

import com.google.protobuf.util.Timestamps;
import dev.rote.operator.resource.SweepResourceStatus;
import dev.rote.operator.resource.SweepResourceStatus.Counts;
import dev.rote.operator.resource.SweepResourceStatus.Failure;
import dev.rote.operator.resource.SweepResourceStatus.Phase;
import dev.rote.operator.resource.SweepResourceStatus.Progress;
import dev.rote.operator.resource.SweepResourceStatus.Verdicts;
import dev.rote.v1.SweepStatus;
import dev.rote.v1.TrialCounts;
import dev.rote.v1.VerdictCounts;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A sweep's status as its resource shows it. */
final class StatusDrawing {
  private final String bucketUri;

  /**
   * @param bucket where reports lie
   */
  StatusDrawing(String bucket) {
    this.bucketUri = "s3://" + bucket + "/";
  }

  /**
   * @param before what the resource says now, null for a new one
   * @param generation of the spec that the outcome is of
   */
  SweepResourceStatus draw(
      @Nullable SweepResourceStatus before, long generation, Outcome outcome, Instant now) {
    Conditions conditions = new Conditions(before, generation, now);
    if (outcome instanceof Outcome.Followed followed) {
      return sweep(followed.status(), generation, conditions.of(followed.status()));
    }
    if (outcome instanceof Outcome.Refused refused) {
      return refused(refused, generation, conditions);
    }
    return unreachable(before, conditions.unknown(((Outcome.Unreachable) outcome).message()));
  }

  private SweepResourceStatus sweep(
      SweepStatus status, long generation, List<SweepResourceStatus.Condition> conditions) {
    TrialCounts counts = status.getCounts();
    return new SweepResourceStatus(
        generation,
        phase(status),
        status.getSweepId(),
        new Counts(
            counts.getTotal(),
            counts.getPending(),
            counts.getRunning(),
            counts.getDone(),
            counts.getFailed(),
            counts.getCancelled(),
            counts.getReused(),
            counts.getDiverged()),
        counts.getDone() + "/" + counts.getTotal(),
        progress(status),
        eta(status),
        Timestamps.toString(status.getSubmitted()),
        Timestamps.toString(status.getTransitioned()),
        Integer.toUnsignedLong(status.getRetries()),
        status.getFailuresList().isEmpty() ? null : failures(status),
        status.getReportUri().isEmpty() ? null : bucketUri + status.getReportUri(),
        verdicts(status),
        claims(status),
        conditions);
  }

  private static @Nullable Verdicts verdicts(SweepStatus status) {
    VerdictCounts counts = status.getVerdicts();
    return status.hasVerdicts()
        ? new Verdicts(
            counts.getHolding(),
            counts.getFailing(),
            counts.getUndecided(),
            status.hasRepeating() ? Integer.toUnsignedLong(counts.getFutile()) : null,
            status.hasRepeating() ? Integer.toUnsignedLong(counts.getOpen()) : null)
        : null;
  }

  private static @Nullable String claims(SweepStatus status) {
    VerdictCounts counts = status.getVerdicts();
    int all = counts.getHolding() + counts.getFailing() + counts.getUndecided();
    return all == 0 ? null : counts.getHolding() + "/" + all;
  }

  private SweepResourceStatus refused(
      Outcome.Refused refused, long generation, Conditions conditions) {
    SweepStatus running = refused.running();
    if (running != null) {
      return sweep(running, generation, conditions.refused(refused, running));
    }
    return bare(Phase.Refused, generation, conditions.refused(refused));
  }

  private static SweepResourceStatus unreachable(
      @Nullable SweepResourceStatus before, List<SweepResourceStatus.Condition> conditions) {
    if (before == null) {
      return bare(Phase.Pending, 0, conditions);
    }
    return new SweepResourceStatus(
        before.observedGeneration(),
        before.phase(),
        before.sweepId(),
        before.counts(),
        before.trials(),
        before.progress(),
        before.eta(),
        before.submitted(),
        before.transitioned(),
        before.retries(),
        before.failures(),
        before.reportUri(),
        before.verdicts(),
        before.claims(),
        conditions);
  }

  private static SweepResourceStatus bare(
      Phase phase, long generation, List<SweepResourceStatus.Condition> conditions) {
    return new SweepResourceStatus(
        generation,
        phase,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        conditions);
  }

  private static Phase phase(SweepStatus status) {
    return switch (status.getPhase()) {
      case RUNNING -> Phase.Running;
      case PAUSED -> Phase.Paused;
      case REPORTING -> Phase.Reporting;
      case COMPLETED -> Phase.Completed;
      case FAILED -> Phase.Failed;
      case CANCELLED -> Phase.Cancelled;
      case UNSPECIFIED, UNRECOGNIZED -> Phase.Pending;
    };
  }

  private static Progress progress(SweepStatus status) {
    long done = status.getProgress().getEpochsDone();
    long total = status.getProgress().getEpochsTotal();
    boolean completed = status.getPhase() == SweepStatus.Phase.COMPLETED;
    return new Progress(done, total, completed ? 100 : percent(status.getProgress()));
  }

  /* Of sweeps from before measurements were counted: of epochs alone. */
  private static int percent(dev.rote.v1.Progress progress) {
    if (progress.getMeasurementsTotal() > 0) {
      return (int) Math.min(99, 100 * progress.getShare());
    }
    long done = progress.getEpochsDone();
    long total = progress.getEpochsTotal();
    return total == 0 ? 0 : (int) Math.min(100, 100 * done / total);
  }

  private static List<Failure> failures(SweepStatus status) {
    return status.getFailuresList().stream()
        .map(
            failure -> new Failure(failure.getTrialIndex(), failure.getStep(), failure.getReason()))
        .toList();
  }

  /** Two units at most, as ages are printed. */
  private static @Nullable String eta(SweepStatus status) {
    double seconds = status.getProgress().getEtaSeconds();
    if (status.getPhase() != SweepStatus.Phase.RUNNING || seconds < 0) {
      return null;
    }
    long left = (long) Math.ceil(seconds);
    if (left < 60) {
      return left + "s";
    }
    if (left < 3600) {
      return left / 60 + "m" + left % 60 + "s";
    }
    return left < 86_400
        ? left / 3600 + "h" + left % 3600 / 60 + "m"
        : left / 86_400 + "d" + left % 86_400 / 3600 + "h";
  }
}
