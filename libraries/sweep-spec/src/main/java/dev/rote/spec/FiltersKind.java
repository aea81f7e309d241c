package dev.rote.spec;

import dev.rote.v1.FirstLayerFilters;
import dev.rote.v1.MeasurementSpec;

/** First-layer filters. */
final class FiltersKind implements MeasurementKind {
  @Override
  public MeasurementSpec.KindCase field() {
    return MeasurementSpec.KindCase.FILTERS;
  }

  @Override
  public void fill(MeasurementSpec.Builder spec) {
    FirstLayerFilters filters = spec.getFilters();
    spec.setFilters(
        FirstLayerFilters.newBuilder().setCount(filters.hasCount() ? filters.getCount() : 64));
  }

  @Override
  public void check(Checks checks, MeasurementSpec spec) {
    checks.inRange("count", spec.getFilters().getCount(), 1, 1024);
  }
}
