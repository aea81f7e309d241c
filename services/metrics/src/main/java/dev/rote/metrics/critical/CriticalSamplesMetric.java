package dev.rote.metrics.critical;

import dev.rote.critical.CriticalSearch;
import dev.rote.critical.SearchOutcome;
import dev.rote.critical.SearchRule;
import dev.rote.metrics.examples.ExampleSet;
import dev.rote.metrics.metric.CountedPulses;
import dev.rote.metrics.metric.MeasuredTrial;
import dev.rote.metrics.metric.Metric;
import dev.rote.networks.Network;
import dev.rote.v1.CheckpointMeasurement;
import dev.rote.v1.CriticalSampleValues;
import dev.rote.v1.CriticalSamples;
import dev.rote.v1.MeasurementSpec;

/** Critical sample ratio. */
public final class CriticalSamplesMetric implements Metric {
  @Override
  public MeasurementSpec.KindCase field() {
    return MeasurementSpec.KindCase.CRITICAL_SAMPLES;
  }

  @Override
  public CheckpointMeasurement.Builder measure(
      MeasuredTrial trial, int epoch, MeasurementSpec spec, Runnable pulse) {
    CriticalSamples critical = spec.getCriticalSamples();
    ExampleSet examples = trial.examples(critical.getExamples());
    SearchRule rule = SearchRule.of(critical);
    CountedPulses.expect(pulse, CriticalSearch.mostPulses(rule, examples.size()));
    try (Network network = trial.network(epoch)) {
      SearchOutcome outcome =
          new CriticalSearch(network, rule, critical.getSeed()).search(examples, pulse);
      return CheckpointMeasurement.newBuilder().setCriticalSamples(values(outcome));
    }
  }

  private static CriticalSampleValues values(SearchOutcome outcome) {
    return CriticalSampleValues.newBuilder()
        .setExamples(outcome.examples())
        .setCritical(outcome.critical())
        .setRatio(outcome.ratio())
        .setIterations(outcome.iterations())
        .setExampleIterations(outcome.exampleIterations())
        .setMeanIterations((double) outcome.exampleIterations() / outcome.examples())
        .build();
  }
}
