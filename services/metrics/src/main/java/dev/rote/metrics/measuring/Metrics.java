package dev.rote.metrics.measuring;

import dev.rote.metrics.accuracy.AccuracyMetric;
import dev.rote.metrics.critical.CriticalSamplesMetric;
import dev.rote.metrics.difficulty.El2nMetric;
import dev.rote.metrics.difficulty.GrandMetric;
import dev.rote.metrics.difficulty.InputCurvatureMetric;
import dev.rote.metrics.difficulty.LidMetric;
import dev.rote.metrics.difficulty.PredictionDepthMetric;
import dev.rote.metrics.difficulty.SelfInfluenceMetric;
import dev.rote.metrics.difficulty.VogMetric;
import dev.rote.metrics.dynamics.DynamicsMetric;
import dev.rote.metrics.errors.ExampleErrorsMetric;
import dev.rote.metrics.filters.FiltersMetric;
import dev.rote.metrics.metric.Metric;
import dev.rote.metrics.sensitivity.LossSensitivityMetric;
import dev.rote.metrics.sharpness.SharpnessMetric;
import dev.rote.v1.MeasurementSpec;
import java.util.List;

/** The metrics that there are. */
final class Metrics {
  /** Every metric; a new one is added here. */
  static final List<Metric> ALL =
      List.of(
          new CriticalSamplesMetric(),
          new ExampleErrorsMetric(),
          new AccuracyMetric(),
          new LossSensitivityMetric(),
          new SharpnessMetric(),
          new FiltersMetric(),
          new DynamicsMetric(),
          new El2nMetric(),
          new GrandMetric(),
          new SelfInfluenceMetric(),
          new VogMetric(),
          new InputCurvatureMetric(),
          new PredictionDepthMetric(),
          new LidMetric());

  private Metrics() {}

  /** The metric that a measurement asks for. */
  static Metric of(MeasurementSpec spec) {
    return ALL.stream()
        .filter(metric -> metric.field() == spec.getKindCase())
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("no metric of the kind " + spec.getKindCase()));
  }
}
