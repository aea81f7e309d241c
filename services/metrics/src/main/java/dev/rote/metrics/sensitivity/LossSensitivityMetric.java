package dev.rote.metrics.sensitivity;

import dev.rote.metrics.examples.ExampleSet;
import dev.rote.metrics.metric.CountedPulses;
import dev.rote.metrics.metric.MeasuredTrial;
import dev.rote.metrics.metric.Metric;
import dev.rote.metrics.metric.NotReproducedException;
import dev.rote.networks.Network;
import dev.rote.v1.CheckpointMeasurement;
import dev.rote.v1.ExampleSelection;
import dev.rote.v1.LossSensitivityValues;
import dev.rote.v1.MeasurementSpec;
import dev.rote.v1.TrialResult;
import java.util.Arrays;

/**
 * Loss-sensitivity of a whole run, replayed from its first checkpoint. A run that diverged has no
 * derivatives: its values are NaN.
 */
public final class LossSensitivityMetric implements Metric {
  @Override
  public MeasurementSpec.KindCase field() {
    return MeasurementSpec.KindCase.LOSS_SENSITIVITY;
  }

  @Override
  public CheckpointMeasurement.Builder measure(
      MeasuredTrial trial, int epoch, MeasurementSpec spec, Runnable pulse) {
    TrialResult result = trial.result();
    ExampleSet examples =
        trial.examples(
            ExampleSelection.newBuilder()
                .setSplit(ExampleSelection.Split.TRAINING)
                .setCount(0)
                .build());
    long steps = result.getHistory(result.getHistoryCount() - 1).getSteps();
    try (Network network = trial.trainingNetwork(0)) {
      Sensitivities sensitivities =
          new Sensitivities(spec.getLossSensitivity(), examples, network.blueprint());
      if (result.getOutcome() != TrialResult.Outcome.DIVERGED) {
        Trajectory trajectory = new Trajectory(result.getSpec(), examples, network, pulse);
        Weights start = Weights.of(network);
        CountedPulses.expect(pulse, steps + sensitivities.mostPulses(steps));
        trajectory.forward(0, steps);
        requireSame(trial, epoch, Weights.of(network));
        sensitivities.compute(trajectory, start, steps);
      }
      return CheckpointMeasurement.newBuilder()
          .setLossSensitivity(values(sensitivities, examples).setSteps(steps));
    }
  }

  private static void requireSame(MeasuredTrial trial, int epoch, Weights replayed) {
    try (Network last = trial.network(epoch)) {
      if (!Weights.of(last).sameBits(replayed)) {
        String id = trial.result().getTrialId();
        throw new NotReproducedException(
            id,
            "replaying trial %s from its checkpoint of epoch 0 must end at the bits of epoch %d and does not: it was trained by %s, replayed by %s"
                .formatted(id, epoch, trial.result().getBackend(), trial.backend()));
      }
    }
  }

  private static LossSensitivityValues.Builder values(
      Sensitivities sensitivities, ExampleSet examples) {
    double[] means = sensitivities.means();
    LossSensitivityValues.Builder values =
        LossSensitivityValues.newBuilder()
            .setExamples(means.length)
            .setLosses(sensitivities.losses())
            .setGini(Gini.of(means))
            .setMean(Arrays.stream(means).average().orElse(Double.NaN))
            .setDiagonalDominance(Double.NaN)
            .setRowsLedByDiagonal(Double.NaN)
            .setOffDiagonalShare(Double.NaN)
            .setOffDiagonalVariation(Double.NaN);
    for (int i = 0; i < means.length; i++) {
      values.addSensitivities((float) means[i]).addSourceIndices(examples.sourceIndex(i));
    }
    ClassMatrix matrix = sensitivities.matrix();
    return matrix == null ? values : withMatrix(values, matrix);
  }

  private static LossSensitivityValues.Builder withMatrix(
      LossSensitivityValues.Builder values, ClassMatrix matrix) {
    values
        .setClasses(matrix.classes())
        .setDiagonalDominance(matrix.diagonalDominance())
        .setRowsLedByDiagonal(matrix.rowsLedByDiagonal())
        .setOffDiagonalShare(matrix.offDiagonalShare())
        .setOffDiagonalVariation(matrix.offDiagonalVariation());
    for (int i = 0; i < matrix.classes(); i++) {
      for (int j = 0; j < matrix.classes(); j++) {
        values.addClassMatrix(matrix.mean(i, j));
      }
    }
    return values;
  }
}
