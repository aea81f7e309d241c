package dev.rote.metrics.difficulty;

import dev.rote.metrics.examples.ExampleSet;
import dev.rote.metrics.metric.CountedPulses;
import dev.rote.metrics.metric.MeasuredTrial;
import dev.rote.metrics.metric.Metric;
import dev.rote.networks.Network;
import dev.rote.v1.CheckpointMeasurement;
import dev.rote.v1.MeasurementSpec;
import java.util.Arrays;

/**
 * GraNd, {@code ‖∇_w ℓ_i‖₂} of each example's own loss (Paul, Ganguli and Dziugaite, NeurIPS 2021,
 * definition 2.1), beside the norm of the input. Differs from the paper: theirs is the mean over
 * networks, which figures take.
 */
public final class GrandMetric implements Metric {
  @Override
  public MeasurementSpec.KindCase field() {
    return MeasurementSpec.KindCase.GRAND;
  }

  @Override
  public CheckpointMeasurement.Builder measure(
      MeasuredTrial trial, int epoch, MeasurementSpec spec, Runnable pulse) {
    ExampleSet examples = trial.examples(spec.getGrand().getExamples());
    /* Gradients, inputs and predictions, a pass each. */
    CountedPulses.expect(pulse, 3 * ExampleBatches.count(examples.size()));
    try (Network network = trial.network(epoch)) {
      double[] norms =
          Arrays.stream(GradientNorms.squares(network, examples, pulse)).map(Math::sqrt).toArray();
      return new Scores(examples)
          .hard("grand", norms)
          .neutral("inputNorm", InputNorms.of(network, examples, pulse))
          .predicted(Predicted.by(network, examples, pulse))
          .measured();
    }
  }
}
