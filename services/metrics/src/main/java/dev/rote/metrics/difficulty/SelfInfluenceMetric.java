package dev.rote.metrics.difficulty;

import dev.rote.metrics.examples.ExampleSet;
import dev.rote.metrics.examples.Predictions;
import dev.rote.metrics.metric.CheckpointsMetric;
import dev.rote.metrics.metric.CountedPulses;
import dev.rote.metrics.metric.MeasuredTrial;
import dev.rote.networks.Network;
import dev.rote.recipes.Schedule;
import dev.rote.v1.CheckpointMeasurement;
import dev.rote.v1.ExampleSelection;
import dev.rote.v1.MeasurementSpec;
import java.util.List;

/**
 * Self-influence, {@code Σ_c η_c ‖∇_w ℓ_i(w_c)‖²} over checkpoints c (TracInCP of an example on
 * itself; Pruthi, Liu, Kale and Sundararajan, NeurIPS 2020, section 3.3), with η_c the rate of the
 * last step before the checkpoint, or of the first step. Differs from the paper: none.
 */
public final class SelfInfluenceMetric implements CheckpointsMetric {
  @Override
  public MeasurementSpec.KindCase field() {
    return MeasurementSpec.KindCase.SELF_INFLUENCE;
  }

  @Override
  public CheckpointMeasurement.Builder measureOver(
      MeasuredTrial trial, List<Integer> epochs, MeasurementSpec spec, Runnable pulse) {
    ExampleSet examples = trial.examples(spec.getSelfInfluence().getExamples());
    Schedule schedule = Schedule.of(trial.result().getSpec(), trainingExamples(trial));
    double[] influences = new double[examples.size()];
    Predictions predictions = new Predictions(0);
    CountedPulses.expect(pulse, (epochs.size() + 1) * ExampleBatches.count(examples.size()));
    for (int epoch : epochs) {
      double rate = schedule.learningRate(Math.max(0, schedule.stepsAfter(epoch) - 1));
      try (Network network = trial.network(epoch)) {
        double[] squares = GradientNorms.squares(network, examples, pulse);
        for (int i = 0; i < influences.length; i++) {
          influences[i] += rate * squares[i];
        }
        if (epoch == epochs.get(epochs.size() - 1)) {
          predictions = Predicted.by(network, examples, pulse);
        }
      }
    }
    return new Scores(examples).hard("selfInfluence", influences).predicted(predictions).measured();
  }

  private static int trainingExamples(MeasuredTrial trial) {
    ExampleSelection all =
        ExampleSelection.newBuilder().setSplit(ExampleSelection.Split.TRAINING).setCount(0).build();
    return trial.examples(all).size();
  }
}
