package dev.rote.metrics.filters;

import dev.rote.metrics.metric.MeasuredTrial;
import dev.rote.metrics.metric.Metric;
import dev.rote.networks.Network;
import dev.rote.v1.CheckpointMeasurement;
import dev.rote.v1.FiltersValues;
import dev.rote.v1.MeasurementSpec;

/** First-layer filters and their structure. */
public final class FiltersMetric implements Metric {
  @Override
  public MeasurementSpec.KindCase field() {
    return MeasurementSpec.KindCase.FILTERS;
  }

  @Override
  public CheckpointMeasurement.Builder measure(
      MeasuredTrial trial, int epoch, MeasurementSpec spec, Runnable pulse) {
    pulse.run();
    try (Network network = trial.network(epoch)) {
      return CheckpointMeasurement.newBuilder()
          .setFilters(values(Filters.of(network), spec.getFilters().getCount()));
    }
  }

  private static FiltersValues.Builder values(Filters filters, int count) {
    FiltersValues.Builder values =
        FiltersValues.newBuilder()
            .setFilters(filters.size())
            .setShape(filters.shape())
            .setStructure(filters.structure());
    for (int f = 0; f < Math.min(count, filters.size()); f++) {
      for (float weight : filters.filter(f)) {
        values.addWeights(weight);
      }
    }
    return values;
  }
}
