package dev.rote.figures.study;

import dev.rote.figures.FigureException;
import dev.rote.figures.FigureException.Reason;
import dev.rote.spec.MeasuredValues;
import dev.rote.v1.CheckpointMeasurement;
import dev.rote.v1.Measurement;
import dev.rote.v1.Metric;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The series of a metric out of a trial's history or a measurement. From the epoch on at which a
 * trial diverged it has no values: what a network whose loss is no number predicts is none.
 */
final class MetricSeries {

  private MetricSeries() {}

  /** The series; empty when the trial or the measurement is missing. For kinds that have one. */
  static Optional<EpochSeries> of(Metric metric, CellResults cell) {
    return switch (metric.getKind()) {
      case TRAIN_ACCURACY,
          VALIDATION_ACCURACY,
          CORRUPTED_ACCURACY,
          CLEAN_ACCURACY,
          TRAIN_LOSS,
          VALIDATION_LOSS ->
          cell.trial().map(trial -> HistorySeries.of(metric.getKind(), trial));
      case CRITICAL_SAMPLE_RATIO ->
          measured(metric, cell, checkpoint -> checkpoint.getCriticalSamples().getRatio());
      case MEASURED_ACCURACY ->
          measured(metric, cell, checkpoint -> checkpoint.getAccuracy().getAccuracy());
      case MEASURED ->
          measured(
              metric,
              cell,
              checkpoint -> MeasuredValues.of(checkpoint, metric.getValue()).orElse(Double.NaN));
      case DETECTION_AUROC,
          DETECTION_AVERAGE_PRECISION,
          DETECTION_PRECISION,
          RANK_CORRELATION,
          SHARE_OF_EXAMPLES ->
          measured(metric, cell, checkpoint -> ScoreMetrics.value(metric, checkpoint, cell));
      case DISPERSION,
          DISPERSION_WITHIN_CLASSES,
          SHARE_IN_EVERY_REPETITION,
          EPOCHS_TO_ACCURACY,
          UNSPECIFIED,
          UNRECOGNIZED ->
          throw new FigureException(
              Reason.UNKNOWN_KIND, "metric kind " + metric.getKind() + " has no series per trial");
    };
  }

  private static Optional<EpochSeries> measured(
      Metric metric, CellResults cell, ToDoubleFunction<CheckpointMeasurement> value) {
    Fate fate = Fate.of(cell);
    return cell.measurement(metric.getMeasurement())
        .map(measurement -> byEpoch(measurement, fate))
        .map(
            checkpoints ->
                EpochSeries.of(
                    checkpoints.stream().mapToInt(CheckpointMeasurement::getEpoch).toArray(),
                    checkpoints.stream().mapToDouble(value).toArray()));
  }

  private static List<CheckpointMeasurement> byEpoch(Measurement measurement, Fate fate) {
    return measurement.getCheckpointsList().stream()
        .filter(checkpoint -> fate.reached(checkpoint.getEpoch()))
        .sorted(Comparator.comparingInt(CheckpointMeasurement::getEpoch))
        .toList();
  }
}
