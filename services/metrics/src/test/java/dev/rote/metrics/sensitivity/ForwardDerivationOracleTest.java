package dev.rote.metrics.sensitivity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rote.agreement.EngineUnderTest;
import dev.rote.blueprint.Blueprint;
import dev.rote.metrics.ArrayExamples;
import dev.rote.networks.Network;
import dev.rote.random.CounterRandom;
import dev.rote.v1.LossSensitivity;
import dev.rote.v1.ModelSpec;
import dev.rote.v1.Shape;
import dev.rote.v1.Tensor;
import dev.rote.v1.TrainingSpec;
import dev.rote.v1.TrialSpec;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Sensitivities, which go back through the trajectory, against an independent derivation that goes
 * forward: two hidden layers trained in dual numbers, once for each value of each example.
 */
class ForwardDerivationOracleTest {
  private static final int N = 6;
  private static final int[] WIDTHS = {4, 5, 4, 3};
  private static final int STEPS = 12;

  private static TrialSpec trial() {
    TrialSpec.Builder trial = TrialSpec.newBuilder().setSeed(3);
    trial.getModelBuilder().getMlpBuilder().addHidden(WIDTHS[1]).addHidden(WIDTHS[2]);
    trial.getOptimizerBuilder().setLearningRate(0.3);
    trial.getRegularizationBuilder().setWeightDecay(0.02);
    trial
        .getTrainingBuilder()
        .setEpochs(6)
        .setBatchSize(3)
        .setThreads(1)
        .setSampling(TrainingSpec.Sampling.WITH_REPLACEMENT);
    return trial.build();
  }

  @Test
  void means_equalDerivativesCarriedForward() {
    float[] inputs = new float[N * WIDTHS[0]];
    CounterRandom.of(11, "inputs").fillGaussian(inputs, 0, inputs.length, 0, 0, 1, 0);
    int[] labels = {0, 1, 2, 0, 1, 2};
    LossSensitivity spec =
        LossSensitivity.newBuilder()
            .setTailSteps(6)
            .setEverySteps(3)
            .setNorm(LossSensitivity.Norm.L1)
            .build();
    Blueprint blueprint =
        Blueprint.of(
            trial().getModel(),
            Shape.newBuilder().setChannels(1).setHeight(1).setWidth(WIDTHS[0]).build(),
            WIDTHS[3]);
    double[] start;
    double[] means;
    try (Network network = EngineUnderTest.open().create(blueprint, 1)) {
      network.initialize(13, ModelSpec.Initialization.HE_NORMAL);
      start = flat(network);
      Weights first = Weights.of(network);
      ArrayExamples examples = new ArrayExamples(inputs, labels, Set.of());
      Sensitivities sensitivities = new Sensitivities(spec, examples, blueprint);
      sensitivities.compute(new Trajectory(trial(), examples, network, () -> {}), first, STEPS);
      means = sensitivities.means();
    }

    double[][] rows = new double[N][WIDTHS[0]];
    for (int i = 0; i < inputs.length; i++) {
      rows[i / WIDTHS[0]][i % WIDTHS[0]] = inputs[i];
    }
    DualRun run = new DualRun(trial(), WIDTHS, labels);
    double largest = 0;
    for (int i = 0; i < N; i++) {
      double expected = 0;
      for (long step : List.of(6L, 9L)) {
        for (int j = 0; j < WIDTHS[0]; j++) {
          expected += Math.abs(run.derivative(start, rows, step, i, j)) / 2;
        }
      }
      largest = Math.max(largest, expected);
      assertThat(means[i]).as("example %d", i).isCloseTo(expected, within(2e-6));
    }
    assertThat(largest).isGreaterThan(0.01);
  }

  private static double[] flat(Network network) {
    double[] flat = new double[Math.toIntExact(network.parameters())];
    int at = 0;
    for (int t = 0; at < flat.length; t++) {
      Tensor tensor = network.tensors().get(t);
      float[] values = new float[tensor.getShapeList().stream().reduce(1, (a, b) -> a * b)];
      network.read(t, values);
      for (float value : values) {
        flat[at++] = value;
      }
    }
    return flat;
  }
}
