package dev.rote.metrics.errors;

import com.google.protobuf.ByteString;
import dev.rote.metrics.examples.ExampleScores;
import dev.rote.metrics.examples.ExampleSet;
import dev.rote.metrics.metric.CountedPulses;
import dev.rote.metrics.metric.MeasuredTrial;
import dev.rote.metrics.metric.Metric;
import dev.rote.networks.Network;
import dev.rote.v1.CheckpointMeasurement;
import dev.rote.v1.ExampleErrorValues;
import dev.rote.v1.MeasurementSpec;

/** Errors and losses of single examples. */
public final class ExampleErrorsMetric implements Metric {
  @Override
  public MeasurementSpec.KindCase field() {
    return MeasurementSpec.KindCase.EXAMPLE_ERRORS;
  }

  @Override
  public CheckpointMeasurement.Builder measure(
      MeasuredTrial trial, int epoch, MeasurementSpec spec, Runnable pulse) {
    ExampleSet examples = trial.examples(spec.getExampleErrors().getExamples());
    CountedPulses.expect(pulse, ExampleScores.pulses(examples.size()));
    try (Network network = trial.network(epoch)) {
      ExampleScores scores = ExampleScores.of(network, examples, pulse);
      return CheckpointMeasurement.newBuilder().setExampleErrors(values(scores, examples));
    }
  }

  private static ExampleErrorValues.Builder values(ExampleScores scores, ExampleSet examples) {
    ExampleErrorValues.Builder values =
        ExampleErrorValues.newBuilder()
            .setExamples(scores.size())
            .setErrors(ByteString.copyFrom(scores.errors().toBytes()))
            .setCorrupted(ByteString.copyFrom(scores.corrupted().toBytes()));
    for (int i = 0; i < scores.size(); i++) {
      values.addLosses((float) scores.lossNats(i));
      values.addLabels(examples.label(i));
      values.addSourceIndices(examples.sourceIndex(i));
    }
    return values;
  }
}
