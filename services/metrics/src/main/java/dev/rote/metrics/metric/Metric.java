package dev.rote.metrics.metric;

import dev.rote.v1.CheckpointMeasurement;
import dev.rote.v1.MeasurementSpec;

/** A kind of measurement. All kinds stand in one list, {@code Metrics} of the measuring. */
public interface Metric {

  /** The field of the specification that asks for it. */
  MeasurementSpec.KindCase field();

  /**
   * Measures a trial at a checkpoint.
   *
   * @param epoch one with a checkpoint
   * @param spec all defaults filled in, valid and fit for the trial
   * @param pulse run before each call on a network; what it throws ends the measurement
   * @return with the field of this kind set
   */
  CheckpointMeasurement.Builder measure(
      MeasuredTrial trial, int epoch, MeasurementSpec spec, Runnable pulse);
}
