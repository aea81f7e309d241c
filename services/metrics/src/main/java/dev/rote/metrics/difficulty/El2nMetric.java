package dev.rote.metrics.difficulty;

import dev.rote.metrics.examples.ExampleSet;
import dev.rote.metrics.examples.Predictions;
import dev.rote.metrics.metric.CountedPulses;
import dev.rote.metrics.metric.MeasuredTrial;
import dev.rote.metrics.metric.Metric;
import dev.rote.networks.Network;
import dev.rote.v1.CheckpointMeasurement;
import dev.rote.v1.MeasurementSpec;

/** Norms of the errors of probabilities, {@link ErrorNorm}. */
public final class El2nMetric implements Metric {
  @Override
  public MeasurementSpec.KindCase field() {
    return MeasurementSpec.KindCase.EL2N;
  }

  @Override
  public CheckpointMeasurement.Builder measure(
      MeasuredTrial trial, int epoch, MeasurementSpec spec, Runnable pulse) {
    ExampleSet examples = trial.examples(spec.getEl2N().getExamples());
    CountedPulses.expect(pulse, ExampleBatches.count(examples.size()));
    try (Network network = trial.network(epoch)) {
      int classes = network.blueprint().classes();
      double[] norms = new double[examples.size()];
      Predictions predictions =
          Predicted.by(
              network,
              examples,
              pulse,
              (first, n, logits, labels) -> {
                for (int i = 0; i < n; i++) {
                  norms[first + i] = ErrorNorm.of(logits, i * classes, classes, labels[i]);
                }
              });
      return new Scores(examples).hard("el2n", norms).predicted(predictions).measured();
    }
  }
}
