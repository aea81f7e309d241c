package dev.rote.metrics.sensitivity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.TextFormat;
import dev.rote.agreement.EngineUnderTest;
import dev.rote.blueprint.Blueprint;
import dev.rote.blueprint.Models;
import dev.rote.metrics.ArrayExamples;
import dev.rote.networks.Network;
import dev.rote.networks.StepSettings;
import dev.rote.random.CounterRandom;
import dev.rote.recipes.Batches;
import dev.rote.v1.Graph;
import dev.rote.v1.LossSensitivity;
import dev.rote.v1.ModelSpec;
import dev.rote.v1.Shape;
import dev.rote.v1.TrialSpec;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Sensitivities of networks with batch norm against training again with one value of one example
 * moved to both sides. Training normalises by its batches, and so does the loss that is looked at;
 * that of inference, by running statistics, would be another.
 */
class NormalizedRunOracleTest {
  private static final int N = 6;
  private static final int SIDE = 4;
  private static final int D = SIDE * SIDE;
  private static final int STEPS = 5;
  private static final float MOVED = 0.02f;
  private static final String PLAIN =
      """
      nodes {name: 'a' convolution {filters: 2 kernel: 3}}
      nodes {name: 'n' batch_norm {}}
      nodes {name: 't' tanh {}}
      nodes {name: 'f' flatten {}}
      nodes {name: 'd' dense {}}
      """;
  private static final String RESIDUAL =
      """
      nodes {name: 'a' convolution {filters: 2 kernel: 3 padding: SAME}}
      nodes {name: 'n' batch_norm {}}
      nodes {name: 't' tanh {}}
      nodes {name: 'b' convolution {filters: 2 kernel: 3 padding: SAME}}
      nodes {name: 'm' batch_norm {scale: false}}
      nodes {name: 's' inputs: 'm' inputs: 't' add {}}
      nodes {name: 'g' gelu {}}
      nodes {name: 'p' global_average_pool {}}
      nodes {name: 'd' dense {}}
      """;

  private static TrialSpec trial() {
    TrialSpec.Builder trial = TrialSpec.newBuilder().setSeed(5);
    trial.getOptimizerBuilder().setLearningRate(0.2);
    trial.getRegularizationBuilder().setWeightDecay(0.02);
    trial.getTrainingBuilder().setEpochs(3).setBatchSize(3).setThreads(1);
    return trial.build();
  }

  private static Network network(String nodes) throws TextFormat.ParseException {
    Shape shape = Shape.newBuilder().setChannels(1).setHeight(SIDE).setWidth(SIDE).build();
    ModelSpec.Builder model = ModelSpec.newBuilder().setGraph(TextFormat.parse(nodes, Graph.class));
    Models.fill(model, shape);
    Network network = EngineUnderTest.open().create(Blueprint.of(model.build(), shape, 3), 1);
    network.initialize(7, ModelSpec.Initialization.HE_NORMAL);
    return network;
  }

  private static float[] inputs() {
    float[] inputs = new float[N * D];
    CounterRandom.of(2, "inputs").fillGaussian(inputs, 0, inputs.length, 0, 0, 1, 0);
    return inputs;
  }

  private static int[] labels() {
    return new int[] {0, 1, 2, 2, 0, 1};
  }

  /** Loss of the step's own batch after the steps before it on other inputs. */
  private static double loss(String nodes, float[] moved) throws TextFormat.ParseException {
    int last = STEPS - 1;
    ArrayExamples examples = new ArrayExamples(moved, labels(), Set.of());
    try (Network network = network(nodes)) {
      new Trajectory(trial(), examples, network, () -> {}).forward(0, last);
      int[] indices = new int[3];
      int n = Batches.of(trial(), N).take(last, indices);
      float[] batch = new float[n * D];
      int[] labels = new int[n];
      for (int i = 0; i < n; i++) {
        System.arraycopy(inputs(), indices[i] * D, batch, i * D, D);
        labels[i] = labels()[indices[i]];
      }
      StepSettings still = new StepSettings(0, 0, trial().getRegularization(), 5, last);
      return network.step(batch, labels, n, still);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {PLAIN, RESIDUAL})
  void means_areThoseOfTrainingAgain(String nodes) throws TextFormat.ParseException {
    LossSensitivity spec =
        LossSensitivity.newBuilder()
            .setTailSteps(1)
            .setEverySteps(1)
            .setNorm(LossSensitivity.Norm.L1)
            .build();
    ArrayExamples examples = new ArrayExamples(inputs(), labels(), Set.of());
    double[] means;
    try (Network network = network(nodes)) {
      Sensitivities sensitivities = new Sensitivities(spec, examples, network.blueprint());
      Weights start = Weights.of(network);
      sensitivities.compute(new Trajectory(trial(), examples, network, () -> {}), start, STEPS);
      means = sensitivities.means();
    }
    double largest = 0;
    for (int i = 0; i < N; i++) {
      double expected = 0;
      for (int j = i * D; j < (i + 1) * D; j++) {
        float[] above = inputs();
        above[j] += MOVED;
        float[] below = inputs();
        below[j] -= MOVED;
        expected += Math.abs(loss(nodes, above) - loss(nodes, below)) / (above[j] - below[j]);
      }
      largest = Math.max(largest, expected);
      assertThat(means[i]).as("example %d", i).isCloseTo(expected, within(1e-3));
    }
    assertThat(largest).isGreaterThan(0.03);
  }
}
