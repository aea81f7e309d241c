package dev.rote.metrics.accuracy;

import dev.rote.metrics.examples.ExampleScores;
import dev.rote.metrics.examples.ExampleSet;
import dev.rote.metrics.metric.CountedPulses;
import dev.rote.metrics.metric.MeasuredTrial;
import dev.rote.metrics.metric.Metric;
import dev.rote.networks.Network;
import dev.rote.v1.AccuracyValues;
import dev.rote.v1.CheckpointMeasurement;
import dev.rote.v1.MeasurementSpec;

/** Accuracy and mean loss. */
public final class AccuracyMetric implements Metric {
  @Override
  public MeasurementSpec.KindCase field() {
    return MeasurementSpec.KindCase.ACCURACY;
  }

  @Override
  public CheckpointMeasurement.Builder measure(
      MeasuredTrial trial, int epoch, MeasurementSpec spec, Runnable pulse) {
    ExampleSet examples = trial.examples(spec.getAccuracy().getExamples());
    CountedPulses.expect(pulse, ExampleScores.pulses(examples.size()));
    try (Network network = trial.network(epoch)) {
      Accuracy accuracy = Accuracy.of(ExampleScores.of(network, examples, pulse));
      return CheckpointMeasurement.newBuilder().setAccuracy(values(accuracy));
    }
  }

  private static AccuracyValues values(Accuracy accuracy) {
    return AccuracyValues.newBuilder()
        .setExamples(accuracy.examples())
        .setAccuracy(accuracy.accuracy())
        .setLoss(accuracy.lossNats())
        .setCorruptedAccuracy(accuracy.corruptedAccuracy())
        .setCleanAccuracy(accuracy.cleanAccuracy())
        .build();
  }
}
