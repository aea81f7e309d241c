package dev.rote.metrics.measuring;

import com.google.protobuf.ByteString;
import dev.rote.critical.CriticalSearch;
import dev.rote.critical.SearchOutcome;
import dev.rote.critical.SearchRule;
import dev.rote.metrics.accuracy.Accuracy;
import dev.rote.metrics.examples.ExampleScores;
import dev.rote.metrics.examples.ExampleSet;
import dev.rote.networks.Network;
import dev.rote.v1.AccuracyValues;
import dev.rote.v1.CheckpointMeasurement;
import dev.rote.v1.CriticalSampleValues;
import dev.rote.v1.CriticalSamples;
import dev.rote.v1.ExampleErrorValues;
import dev.rote.v1.ExampleSelection;
import dev.rote.v1.MeasurementSpec;

/** A metric of one network. */
final class MetricValues {
  private MetricValues() {}

  /** The examples that a measurement looks at. */
  static ExampleSelection selection(MeasurementSpec spec) {
    return switch (spec.getKindCase()) {
      case CRITICAL_SAMPLES -> spec.getCriticalSamples().getExamples();
      case EXAMPLE_ERRORS -> spec.getExampleErrors().getExamples();
      case ACCURACY -> spec.getAccuracy().getExamples();
      case KIND_NOT_SET -> throw new IllegalArgumentException("the measurement has no kind");
    };
  }

  /**
   * Measures one network.
   *
   * @param spec all defaults filled in and validated
   * @param pulse run before each call on the network; what it throws ends the measurement
   */
  static CheckpointMeasurement measure(
      int epoch, MeasurementSpec spec, Network network, ExampleSet examples, Runnable pulse) {
    CheckpointMeasurement.Builder values = CheckpointMeasurement.newBuilder().setEpoch(epoch);
    switch (spec.getKindCase()) {
      case CRITICAL_SAMPLES ->
          values.setCriticalSamples(
              criticalSamples(spec.getCriticalSamples(), network, examples, pulse));
      case EXAMPLE_ERRORS ->
          values.setExampleErrors(exampleErrors(ExampleScores.of(network, examples, pulse)));
      case ACCURACY ->
          values.setAccuracy(accuracy(Accuracy.of(ExampleScores.of(network, examples, pulse))));
      case KIND_NOT_SET -> throw new IllegalArgumentException("the measurement has no kind");
    }
    return values.build();
  }

  private static CriticalSampleValues criticalSamples(
      CriticalSamples spec, Network network, ExampleSet examples, Runnable pulse) {
    SearchOutcome outcome =
        new CriticalSearch(network, SearchRule.of(spec), spec.getSeed()).search(examples, pulse);
    return CriticalSampleValues.newBuilder()
        .setExamples(outcome.examples())
        .setCritical(outcome.critical())
        .setRatio(outcome.ratio())
        .setIterations(outcome.iterations())
        .setExampleIterations(outcome.exampleIterations())
        .build();
  }

  private static ExampleErrorValues exampleErrors(ExampleScores scores) {
    ExampleErrorValues.Builder values =
        ExampleErrorValues.newBuilder()
            .setExamples(scores.size())
            .setErrors(ByteString.copyFrom(scores.errors().toBytes()))
            .setCorrupted(ByteString.copyFrom(scores.corrupted().toBytes()));
    for (int i = 0; i < scores.size(); i++) {
      values.addLosses(scores.lossNats(i));
    }
    return values.build();
  }

  private static AccuracyValues accuracy(Accuracy accuracy) {
    return AccuracyValues.newBuilder()
        .setExamples(accuracy.examples())
        .setAccuracy(accuracy.accuracy())
        .setLoss(accuracy.lossNats())
        .setCorruptedAccuracy(accuracy.corruptedAccuracy())
        .setCleanAccuracy(accuracy.cleanAccuracy())
        .build();
  }
}
