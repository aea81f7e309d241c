package dev.rote.metrics.measuring;

import dev.rote.metrics.metric.MeasuredTrial;
import dev.rote.metrics.metric.Metric;
import dev.rote.metrics.metric.NotReproducedException;
import dev.rote.metrics.storage.StoredNetworks;
import dev.rote.metrics.storage.StoredTrials;
import dev.rote.spec.Ids;
import dev.rote.spec.SweepDefaults;
import dev.rote.spec.SweepValidator;
import dev.rote.spec.TrialId;
import dev.rote.v1.Measurement;
import dev.rote.v1.MeasurementSpec;
import dev.rote.v1.TrialResult;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/** Measures trials, each measurement once. Safe for use by several threads. */
public final class TrialMeasurer {
  private static final double NANOS = Duration.ofSeconds(1).toNanos();

  private final StoredTrials trials;
  private final StoredNetworks networks;
  private final LongSupplier nanoTime;

  /**
   * @param nanoTime a monotonic clock in nanoseconds
   */
  public TrialMeasurer(StoredTrials trials, StoredNetworks networks, LongSupplier nanoTime) {
    this.trials = trials;
    this.networks = networks;
    this.nanoTime = nanoTime;
  }

  /**
   * A measurement and where it came from.
   *
   * @param reused whether it was stored already
   */
  public record Measured(Measurement measurement, boolean reused) {}

  /**
   * The measurement of a trial, from storage or made now and stored.
   *
   * @param spec validated; defaults may be absent
   * @param pulse run before each call on a network; what it throws ends the measurement, of which
   *     nothing is stored then
   * @throws dev.rote.metrics.storage.MissingArtifactException when the trial, a checkpoint or the
   *     variant is not stored
   * @throws dev.rote.spec.SpecException when the trial is not one that can be measured so
   * @throws NotReproducedException when the metric replays the trial and ends elsewhere
   * @throws dev.rote.artifacts.ObjectStoreException when an object cannot be read or is damaged
   */
  public Measured measure(String trialId, MeasurementSpec spec, Runnable pulse) {
    String id = Ids.measurementId(new TrialId(trialId), spec).value();
    return trials
        .measurement(id)
        .map(stored -> new Measured(stored, true))
        .orElseGet(() -> make(id, trialId, SweepDefaults.fill(spec), pulse));
  }

  private Measured make(String id, String trialId, MeasurementSpec spec, Runnable pulse) {
    long start = nanoTime.getAsLong();
    TrialResult result = trials.result(trialId);
    SweepValidator.checkMeasurement(spec, result.getSpec());
    List<Integer> epochs = EpochSelection.of(spec, result);
    MeasuredTrial trial = new MeasuredTrial(result, trials, networks);
    Metric metric = Metrics.of(spec);
    Measurement.Builder made =
        Measurement.newBuilder()
            .setMeasurementId(id)
            .setTrialId(trialId)
            .setSpec(spec.toBuilder().clearName());
    for (int epoch : epochs) {
      pulse.run();
      made.addCheckpoints(metric.measure(trial, epoch, spec, pulse).setEpoch(epoch));
    }
    Measurement measurement = made.setSeconds((nanoTime.getAsLong() - start) / NANOS).build();
    if (trials.putIfAbsent(measurement)) {
      return new Measured(measurement, false);
    }
    /* Another worker was first; its measurement is the one that counts. */
    return new Measured(trials.measurement(id).orElse(measurement), true);
  }
}
