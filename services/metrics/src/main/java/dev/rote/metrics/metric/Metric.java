package dev.rote.metrics.metric;

import dev.rote.v1.CheckpointMeasurement;
import dev.rote.v1.MeasurementSpec;
import java.util.ArrayList;
import java.util.List;

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

  /**
   * Measures a trial.
   *
   * @param epochs with a checkpoint, that the specification chooses
   * @return its values with their epochs, in order: at those epochs, or at those that the metric
   *     has values of whatever checkpoints there are
   */
  default List<CheckpointMeasurement> measure(
      MeasuredTrial trial, List<Integer> epochs, MeasurementSpec spec, Runnable pulse) {
    List<CheckpointMeasurement> measured = new ArrayList<>();
    for (int epoch : epochs) {
      pulse.run();
      measured.add(measure(trial, epoch, spec, pulse).setEpoch(epoch).build());
      if (pulse instanceof CountedPulses counted) {
        counted.partDone();
      }
    }
    return measured;
  }
}
