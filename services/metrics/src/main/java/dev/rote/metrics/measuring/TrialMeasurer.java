package dev.rote.metrics.measuring;

import dev.rote.metrics.metric.CountedPulses;
import dev.rote.metrics.metric.MeasuredTrial;
import dev.rote.metrics.metric.Metric;
import dev.rote.metrics.metric.NotReproducedException;
import dev.rote.metrics.storage.StoredNetworks;
import dev.rote.metrics.storage.StoredTrials;
import dev.rote.spec.AdmittedMeasurement;
import dev.rote.spec.Numerics;
import dev.rote.spec.SweepValidator;
import dev.rote.spec.TrialId;
import dev.rote.v1.Measurement;
import dev.rote.v1.MeasurementSpec;
import dev.rote.v1.TrialResult;
import java.time.Duration;
import java.util.List;
import java.util.function.DoubleConsumer;
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
   * The measurement of a trial that a caller asks for, as {@link #measure(AdmittedMeasurement,
   * Runnable)} makes it; of a trial of other numerics it is made and not stored.
   *
   * @param spec defaults may be absent
   * @throws dev.rote.spec.SpecException also when the specification is wrong
   */
  public Measured measure(String trialId, MeasurementSpec spec, Runnable pulse) {
    return measureAny(AdmittedMeasurement.admit(new TrialId(trialId), spec), pulse);
  }

  /**
   * As {@link #measure(String, MeasurementSpec, Runnable)}, of a specification that was admitted.
   */
  public Measured measureAny(AdmittedMeasurement measurement, Runnable pulse) {
    return measure(measurement, pulse, share -> {}, true);
  }

  /**
   * The measurement of a trial, from storage or made now and stored.
   *
   * @param pulse run before each call on a network; what it throws ends the measurement, of which
   *     nothing is stored then
   * @throws dev.rote.metrics.storage.MissingArtifactException when the trial, a checkpoint or the
   *     variant is not stored
   * @throws dev.rote.spec.SpecException when the trial is not one that can be measured so
   * @throws OtherNumericsException when the trial is of another family than this process computes
   * @throws NotReproducedException when the metric replays the trial and ends elsewhere
   * @throws dev.rote.artifacts.ObjectStoreException when an object cannot be read or is damaged
   */
  public Measured measure(AdmittedMeasurement measurement, Runnable pulse) {
    return measure(measurement, pulse, share -> {}, false);
  }

  /**
   * As {@link #measure(AdmittedMeasurement, Runnable)}.
   *
   * @param progress told how much is done, in [0, 1], after each pulse
   */
  public Measured measure(
      AdmittedMeasurement measurement, Runnable pulse, DoubleConsumer progress) {
    return measure(measurement, pulse, progress, false);
  }

  private Measured measure(
      AdmittedMeasurement measurement, Runnable pulse, DoubleConsumer progress, boolean ofOthers) {
    return trials
        .measurement(measurement.id().value())
        .map(stored -> new Measured(stored, true))
        .orElseGet(() -> make(measurement, pulse, progress, ofOthers));
  }

  private Measured make(
      AdmittedMeasurement admitted, Runnable pulse, DoubleConsumer progress, boolean ofOthers) {
    long start = nanoTime.getAsLong();
    String id = admitted.id().value();
    MeasurementSpec spec = admitted.spec();
    TrialResult result = trials.result(admitted.trial().value());
    SweepValidator.checkMeasurement(spec, result.getSpec());
    Numerics here = networks.numerics();
    Numerics theirs = Numerics.of(result.getNumerics(), result.getBackend());
    boolean own = here.counts(theirs);
    if (!own && !ofOthers) {
      throw new OtherNumericsException(
          result.getTrialId(),
          "trial %s is of the numerics %s, this worker measures in %s"
              .formatted(result.getTrialId(), theirs, here));
    }
    List<Integer> epochs = EpochSelection.of(spec, result);
    MeasuredTrial trial = new MeasuredTrial(result, trials, networks);
    Metric metric = Metrics.of(spec);
    CountedPulses counted = new CountedPulses(pulse, epochs.size(), progress);
    Measurement.Builder made =
        Measurement.newBuilder()
            .setMeasurementId(id)
            .setTrialId(admitted.trial().value())
            .setSpec(spec.toBuilder().clearName())
            .setNumerics(here.name())
            .addAllCheckpoints(metric.measure(trial, epochs, spec, counted));
    Measurement measurement = made.setSeconds((nanoTime.getAsLong() - start) / NANOS).build();
    if (!own || trials.putIfAbsent(measurement)) {
      return new Measured(measurement, false);
    }
    /* Another worker was first; its measurement is the one that counts. */
    return new Measured(trials.measurement(id).orElse(measurement), true);
  }
}
