package dev.rote.metrics.metric;

import dev.rote.v1.CheckpointMeasurement;
import dev.rote.v1.MeasurementSpec;
import java.util.List;

/** A kind of measurement that looks at several checkpoints together: one value, at the last. */
public interface CheckpointsMetric extends Metric {

  /**
   * Measures a trial at checkpoints.
   *
   * @param epochs with checkpoints, in ascending order; at least one
   * @param spec all defaults filled in, valid and fit for the trial
   * @param pulse run before each call on a network; what it throws ends the measurement
   */
  CheckpointMeasurement.Builder measureOver(
      MeasuredTrial trial, List<Integer> epochs, MeasurementSpec spec, Runnable pulse);

  @Override
  default CheckpointMeasurement.Builder measure(
      MeasuredTrial trial, int epoch, MeasurementSpec spec, Runnable pulse) {
    return measureOver(trial, List.of(epoch), spec, pulse);
  }

  @Override
  default List<CheckpointMeasurement> measure(
      MeasuredTrial trial, List<Integer> epochs, MeasurementSpec spec, Runnable pulse) {
    if (epochs.isEmpty()) {
      return List.of();
    }
    CountedPulses.together(pulse);
    int last = epochs.get(epochs.size() - 1);
    return List.of(measureOver(trial, epochs, spec, pulse).setEpoch(last).build());
  }
}
