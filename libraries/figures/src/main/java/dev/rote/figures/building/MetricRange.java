package dev.rote.figures.building;

import dev.rote.figures.statistics.Interval;
import dev.rote.figures.statistics.MeanInterval;
import dev.rote.figures.statistics.ScoreInterval;
import dev.rote.v1.Along;
import dev.rote.v1.Metric;
import dev.rote.v1.Term;
import java.util.Arrays;
import java.util.Set;

/**
 * Values that a quantity can have.
 *
 * @param low least value; may be infinite
 * @param high largest value; may be infinite
 */
record MetricRange(double low, double high) {
  private static final MetricRange SHARE = new MetricRange(0, 1);
  private static final MetricRange NOT_NEGATIVE = new MetricRange(0, Double.POSITIVE_INFINITY);
  private static final MetricRange CORRELATION = new MetricRange(-1, 1);
  static final MetricRange ANY =
      new MetricRange(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  /* Numbers of measurements in metrics.proto that are shares, and those that are not negative. */
  private static final Set<String> SHARES =
      Set.of(
          "ratio",
          "accuracy",
          "corruptedAccuracy",
          "cleanAccuracy",
          "gini",
          "rowsLedByDiagonal",
          "offDiagonalShare");
  private static final Set<String> COUNTS_AND_SIZES =
      Set.of(
          "examples",
          "critical",
          "iterations",
          "exampleIterations",
          "meanIterations",
          "loss",
          "steps",
          "losses",
          "mean",
          "classes",
          "diagonalDominance",
          "offDiagonalVariation",
          "residual",
          "filters");

  static MetricRange of(Metric metric) {
    return switch (metric.getKind()) {
      case TRAIN_ACCURACY,
          VALIDATION_ACCURACY,
          CORRUPTED_ACCURACY,
          CLEAN_ACCURACY,
          CRITICAL_SAMPLE_RATIO,
          MEASURED_ACCURACY,
          DETECTION_AUROC,
          DETECTION_AVERAGE_PRECISION,
          DETECTION_PRECISION,
          SHARE_OF_EXAMPLES,
          SHARE_IN_EVERY_REPETITION ->
          SHARE;
      case RANK_CORRELATION -> CORRELATION;
      case TRAIN_LOSS, VALIDATION_LOSS, EPOCHS_TO_ACCURACY, DISPERSION, DISPERSION_WITHIN_CLASSES ->
          NOT_NEGATIVE;
      case MEASURED ->
          SHARES.contains(metric.getValue())
              ? SHARE
              : COUNTS_AND_SIZES.contains(metric.getValue()) ? NOT_NEGATIVE : ANY;
      case UNSPECIFIED, UNRECOGNIZED -> ANY;
    };
  }

  /** What a term makes of its metric: an epoch, a slope or a label's number is no share. */
  static MetricRange of(Term term) {
    if (term.hasAlong() && term.getAlong().getTake() != Along.Take.LARGEST) {
      return ANY;
    }
    return term.getMoment() == Term.Moment.EPOCH_OF_MAX ? NOT_NEGATIVE : of(term.getMetric());
  }

  /** The value that speaks most against a claim that a quantity is high, or is low. */
  double worst(boolean claimedHigh) {
    return claimedHigh ? low : high;
  }

  /** The mean of values of the quantity with a 95 % interval that does not leave its range. */
  Interval mean(double[] values) {
    return isScored(values) ? ScoreInterval.of(values, high) : MeanInterval.of(values);
  }

  /** The same at another level: how often the interval may miss. */
  Interval mean(double[] values, double level) {
    return isScored(values)
        ? ScoreInterval.of(values, high, level)
        : MeanInterval.of(values, level);
  }

  private boolean isScored(double[] values) {
    return low == 0 && Arrays.stream(values).allMatch(value -> value >= low && value <= high);
  }
}
