package dev.rote.metrics.difficulty;

import dev.rote.metrics.metric.MeasuredTrial;
import dev.rote.metrics.metric.Metric;
import dev.rote.networks.Network;
import dev.rote.v1.CheckpointMeasurement;
import dev.rote.v1.ExampleSelection;
import dev.rote.v1.MeasurementSpec;
import dev.rote.v1.PredictionDepth;

/** The layer from which on neighbours say what the network says, {@link LayerVotes}. */
public final class PredictionDepthMetric implements Metric {
  @Override
  public MeasurementSpec.KindCase field() {
    return MeasurementSpec.KindCase.PREDICTION_DEPTH;
  }

  @Override
  public CheckpointMeasurement.Builder measure(
      MeasuredTrial trial, int epoch, MeasurementSpec spec, Runnable pulse) {
    PredictionDepth asked = spec.getPredictionDepth();
    ExampleSelection neighbours =
        ExampleSelection.newBuilder()
            .setSplit(ExampleSelection.Split.TRAINING)
            .setCount(asked.getNeighbors())
            .build();
    try (Network network = trial.network(epoch)) {
      LayerVotes votes =
          LayerVotes.of(
              network,
              new Probes(network.blueprint(), asked.getNodesList()),
              asked.getK(),
              trial.examples(asked.getExamples()),
              trial.examples(neighbours),
              asked.getExamples().getSplit() == ExampleSelection.Split.TRAINING,
              pulse);
      return new Scores(trial.examples(asked.getExamples()))
          .hard("predictionDepth", votes.depths())
          .censored(votes.undecided())
          .predicted(votes.predictions())
          .measured();
    }
  }
}
