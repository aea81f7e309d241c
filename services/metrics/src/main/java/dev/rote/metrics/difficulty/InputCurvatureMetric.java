package dev.rote.metrics.difficulty;

import dev.rote.metrics.examples.ExampleSet;
import dev.rote.metrics.metric.CheckpointsMetric;
import dev.rote.metrics.metric.CountedPulses;
import dev.rote.metrics.metric.MeasuredTrial;
import dev.rote.networks.Network;
import dev.rote.v1.CheckpointMeasurement;
import dev.rote.v1.InputCurvature;
import dev.rote.v1.MeasurementSpec;
import java.util.List;

/** How fast the gradient by the input turns around an example, {@link Curvature}. */
public final class InputCurvatureMetric implements CheckpointsMetric {
  @Override
  public MeasurementSpec.KindCase field() {
    return MeasurementSpec.KindCase.INPUT_CURVATURE;
  }

  @Override
  public CheckpointMeasurement.Builder measureOver(
      MeasuredTrial trial, List<Integer> epochs, MeasurementSpec spec, Runnable pulse) {
    InputCurvature asked = spec.getInputCurvature();
    ExampleSet examples = trial.examples(asked.getExamples());
    Curvature curvature =
        new Curvature(examples, asked.getDraws(), asked.getStep(), asked.getSeed());
    CountedPulses.expect(pulse, epochs.size() * curvature.pulses());
    for (int epoch : epochs) {
      try (Network network = trial.network(epoch)) {
        curvature.add(network, pulse);
      }
    }
    return new Scores(examples)
        .hard("inputCurvature", curvature.squares())
        .hard("inputCurvatureNorm", curvature.norms())
        .predicted(curvature.predictions())
        .measured();
  }
}
