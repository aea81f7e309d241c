package dev.rote.figures.study;

import dev.rote.figures.statistics.Detection;
import dev.rote.figures.statistics.DetectionCurve;
import dev.rote.figures.statistics.RankCorrelation;
import dev.rote.figures.study.ScoredExamples.Column;
import dev.rote.figures.study.ScoredExamples.Shared;
import dev.rote.v1.CheckpointMeasurement;
import dev.rote.v1.DetectionPanel;
import dev.rote.v1.MeasuredScore;
import dev.rote.v1.Measurement;
import dev.rote.v1.Metric;
import java.util.Arrays;
import java.util.Optional;

/**
 * Numbers of a trial that are made of scores of its examples. An example without a value of a score
 * is left out; a number is NaN where the score, or what it should find, is missing.
 */
final class ScoreMetrics {

  private ScoreMetrics() {}

  /** The number at a checkpoint of the metric's measurement. */
  static double value(Metric metric, CheckpointMeasurement checkpoint, CellResults cell) {
    return ScoredExamples.of(checkpoint)
        .map(
            scored ->
                switch (metric.getKind()) {
                  case DETECTION_AUROC -> detection(metric, scored).auroc();
                  case DETECTION_AVERAGE_PRECISION -> detection(metric, scored).averagePrecision();
                  case DETECTION_PRECISION -> detection(metric, scored).precision();
                  case RANK_CORRELATION ->
                      other(metric.getWith(), checkpoint, cell)
                          .map(
                              other ->
                                  correlation(
                                      scored,
                                      metric.getScore(),
                                      other,
                                      metric.getWith().getScore()))
                          .orElse(Double.NaN);
                  case SHARE_OF_EXAMPLES -> share(metric, scored);
                  default -> throw new IllegalArgumentException("no score: " + metric.getKind());
                })
        .orElse(Double.NaN);
  }

  /** The other scores: at the epoch that is written, at that of the first, or the last ones. */
  private static Optional<ScoredExamples> other(
      MeasuredScore with, CheckpointMeasurement checkpoint, CellResults cell) {
    Optional<Measurement> measurement = cell.measurement(with.getMeasurement());
    int epoch = with.hasEpoch() ? with.getEpoch() : checkpoint.getEpoch();
    Optional<ScoredExamples> there =
        measurement.flatMap(found -> ScoredExamples.of(found.getCheckpointsList(), epoch));
    return there.isPresent() || with.hasEpoch()
        ? there
        : measurement.flatMap(found -> ScoredExamples.of(found.getCheckpointsList(), null));
  }

  private static Detection detection(Metric metric, ScoredExamples scored) {
    Optional<Suspicion> suspicion = Suspicion.of(scored, metric.getScore(), metric.getTarget());
    return suspicion
        .map(Suspicion::detection)
        .orElse(new Detection(Double.NaN, Double.NaN, Double.NaN));
  }

  /** A score of the examples that have one, turned so that large values are suspect. */
  static final class Suspicion {
    private final float[] values;
    private final boolean[] positive;

    private Suspicion(float[] values, boolean[] positive) {
      this.values = values;
      this.positive = positive;
    }

    int examples() {
      return values.length;
    }

    DetectionCurve curve() {
      return DetectionCurve.of(values, positive);
    }

    Detection detection() {
      return Detection.of(values, positive);
    }

    static Optional<Suspicion> of(
        ScoredExamples scored, String score, DetectionPanel.Target target) {
      return scored.score(score).map(column -> of(scored, column, target));
    }

    private static Suspicion of(
        ScoredExamples scored, Column column, DetectionPanel.Target target) {
      float[] values = new float[scored.examples()];
      boolean[] positive = new boolean[values.length];
      int n = 0;
      for (int i = 0; i < values.length; i++) {
        float value = column.ordered(i);
        if (!Float.isNaN(value) && !scored.thresholdClass(i)) {
          values[n] = column.isLowSuspect() ? -value : value;
          positive[n++] = scored.isOf(target, i);
        }
      }
      return new Suspicion(Arrays.copyOf(values, n), Arrays.copyOf(positive, n));
    }
  }

  /** Spearman's correlation of two scores over the examples that both have a value of. */
  static double correlation(
      ScoredExamples one, String score, ScoredExamples other, String otherScore) {
    Optional<Column> first = one.score(score);
    Optional<Column> second = other.score(otherScore);
    if (first.isEmpty() || second.isEmpty()) {
      return Double.NaN;
    }
    Shared shared = Shared.of(one, other);
    float[] x = new float[shared.examples()];
    float[] y = new float[x.length];
    int n = 0;
    for (int i = 0; i < x.length; i++) {
      x[n] = first.get().ordered(shared.first(i));
      y[n] = second.get().ordered(shared.second(i));
      n += Float.isNaN(x[n]) || Float.isNaN(y[n]) ? 0 : 1;
    }
    return RankCorrelation.of(Arrays.copyOf(x, n), Arrays.copyOf(y, n));
  }

  private static double share(Metric metric, ScoredExamples scored) {
    Optional<Column> column = scored.score(metric.getScore());
    if (column.isEmpty()) {
      return Double.NaN;
    }
    int known = 0;
    int within = 0;
    for (int i = 0; i < scored.examples(); i++) {
      float value = column.get().ordered(i);
      known += Float.isNaN(value) ? 0 : 1;
      within += isWithin(metric, value) ? 1 : 0;
    }
    return known == 0 ? Double.NaN : within / (double) known;
  }

  /** Whether a value lies strictly between the bounds of a metric; NaN does not. */
  static boolean isWithin(Metric metric, float value) {
    return !Float.isNaN(value)
        && (!metric.hasAbove() || value > metric.getAbove())
        && (!metric.hasBelow() || value < metric.getBelow());
  }
}
