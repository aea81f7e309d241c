package dev.rote.sweeps.workflow;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import dev.rote.v1.Progress;
import dev.rote.v1.RateSample;
import dev.rote.v1.SweepRecord;
import dev.rote.v1.SweepRecordOrBuilder;
import dev.rote.v1.SweepStatus;
import dev.rote.v1.SweepStatus.Phase;
import dev.rote.v1.TrialCounts;

/** What users see of a sweep's record. */
public final class SweepStatuses {
  private static final int TRIALS_FOR_A_RATE = 5;
  private static final long SAMPLE_EVERY_MILLIS = 5_000;
  private static final long WINDOW_MILLIS = 60_000;
  private static final double UNKNOWN = -1;

  private SweepStatuses() {}

  /** The status of a sweep at a moment, which rates and the estimate of the end depend on. */
  public static SweepStatus of(SweepRecord sweep, Timestamp now) {
    SweepStatus.Builder status =
        SweepStatus.newBuilder()
            .setSweepId(sweep.getSweepId())
            .setPhase(sweep.getPhase())
            .setCounts(counts(sweep))
            .setProgress(progress(sweep, Timestamps.toMillis(now)))
            .setSubmitted(sweep.getSubmitted())
            .setTransitioned(sweep.getTransitioned())
            .addAllFailures(sweep.getFailuresList())
            .setRevision(sweep.getRevision())
            .setRetries(sweep.getRetries())
            .setWaitingFor(sweep.getWaitingFor())
            .setNumerics(sweep.getNumerics())
            .setOwner(sweep.getOwner())
            .setGroup(sweep.getGroup())
            .addAllReaders(sweep.getReadersList());
    if (sweep.getPhase() == Phase.COMPLETED) {
      status.setReportUri("sweeps/" + sweep.getSweepId() + "/report/");
    }
    boolean judged = sweep.getPhase() == Phase.COMPLETED || sweep.getLooks() > 0;
    if (judged && sweep.hasVerdicts()) {
      status.setVerdicts(sweep.getVerdicts());
    }
    if (sweep.hasRepeating()) {
      status.setRepeating(sweep.getRepeating());
    }
    return status.build();
  }

  /** Whether a sweep of this phase has not ended. */
  public static boolean isUnderWay(Phase phase) {
    return !SweepLifecycle.ended(phase);
  }

  private static TrialCounts counts(SweepRecord sweep) {
    boolean ended = SweepLifecycle.ended(sweep.getPhase());
    long pending = Tally.pending(sweep);
    return TrialCounts.newBuilder()
        .setTotal(sweep.getTotal())
        .setPending(ended ? 0 : pending)
        .setRunning(sweep.getRunning())
        .setDone(sweep.getDone())
        .setFailed(sweep.getFailed())
        .setCancelled(sweep.getCancelled() + (ended ? pending : 0))
        .setReused(sweep.getReused())
        .setDiverged(sweep.getDiverged())
        .build();
  }

  /*
   * Trials that end say how long all of their steps take, but they end in bursts, and few of them say little; then what
   * is left is counted in time of workers, by what an epoch and a measurement took so far.
   */
  private static Progress progress(SweepRecord sweep, long nowMillis) {
    Effort effort = Effort.of(sweep);
    Progress.Builder progress =
        Progress.newBuilder()
            .setEpochsDone(sweep.getEpochsDone())
            .setEpochsTotal(sweep.getEpochsTotal())
            .setMeasurementsDone((double) sweep.getMeasured() / Tally.WHOLE)
            .setMeasurementsTotal(sweep.getMeasurementsTotal())
            .setShare(sweep.getPhase() == Phase.COMPLETED ? 1 : effort.share())
            .setEtaSeconds(SweepLifecycle.ended(sweep.getPhase()) ? 0 : UNKNOWN);
    if (sweep.getPhase() != Phase.RUNNING || sweep.getSamplesCount() == 0) {
      return progress.build();
    }
    RateSample from = sweep.getSamples(0);
    double seconds = Math.max(1, nowMillis - from.getTimeMillis()) / 1e3;
    double epochRate = Math.max(0, sweep.getEpochsTrained() - from.getEpochsTrained()) / seconds;
    double workers = (Effort.workedMillis(sweep) - from.getWorkedMillis()) / 1e3 / seconds;
    long trials = trials(sweep) - from.getTrials();
    TrialCounts counts = counts(sweep);
    if (trials >= TRIALS_FOR_A_RATE) {
      progress.setEtaSeconds((counts.getPending() + counts.getRunning()) * seconds / trials);
    } else if (workers > 0) {
      progress.setEtaSeconds(effort.secondsLeft() / workers);
    } else if (epochRate > 0) {
      progress.setEtaSeconds((sweep.getEpochsTotal() - sweep.getEpochsDone()) / epochRate);
    }
    if (progress.getEtaSeconds() > 0) {
      progress.setEtaSeconds(progress.getEtaSeconds() * beyond(sweep, counts));
    }
    return progress.setEpochsPerSecond(epochRate).build();
  }

  /** Trials that are expected to be left, by those that are decided on, of a sweep that repeats. */
  private static double beyond(SweepRecord sweep, TrialCounts counts) {
    double left = (double) counts.getPending() + counts.getRunning();
    double more = sweep.getRepeating().getExpectedTrials() - sweep.getTotal();
    return left > 0 && more > 0 ? (left + more) / left : 1;
  }

  private static long trials(SweepRecordOrBuilder sweep) {
    return sweep.getDone() - sweep.getReused();
  }

  /** Notes where a sweep stands, every five seconds; keeps the last minute. */
  static void sample(SweepRecord.Builder sweep, Timestamp now) {
    long millis = Timestamps.toMillis(now);
    int count = sweep.getSamplesCount();
    if (count > 0 && millis < sweep.getSamples(count - 1).getTimeMillis() + SAMPLE_EVERY_MILLIS) {
      return;
    }
    while (sweep.getSamplesCount() > 1
        && sweep.getSamples(1).getTimeMillis() <= millis - WINDOW_MILLIS) {
      sweep.removeSamples(0);
    }
    sweep.addSamples(
        RateSample.newBuilder()
            .setTimeMillis(millis)
            .setEpochsTrained(sweep.getEpochsTrained())
            .setWorkedMillis(Effort.workedMillis(sweep))
            .setTrials(trials(sweep)));
  }
}
