package dev.rote.figures.building;

import dev.rote.v1.Metric;
import dev.rote.v1.Term;

/** Terms of tests. */
final class SampleTerms {
  private SampleTerms() {}

  static Term of(Metric metric, String label) {
    return Term.newBuilder().setMetric(metric).setLabel(label).build();
  }
}
