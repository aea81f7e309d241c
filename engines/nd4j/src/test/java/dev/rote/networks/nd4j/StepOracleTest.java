package dev.rote.networks.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rote.blueprint.Blueprint;
import dev.rote.networks.Network;
import dev.rote.networks.StepSettings;
import dev.rote.v1.Cnn;
import dev.rote.v1.ModelSpec;
import dev.rote.v1.RegularizationSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Steps worked by hand. */
class StepOracleTest {
  private static final Blueprint TINY = Fixtures.mlp(2, 2, 2);
  private static final float[] X = {1, 2};
  private static final int[] Y = {0};

  /*
   * x = (1, 2), W1 = [[1, -1], [0.5, 0.5]], b1 = (0, 0): z1 = (2, 0), h = (2, 0).
   * W2 = [[0.5, 0], [1, 1]], b2 = 0: z2 = (1, 0), p = (s, 1 - s), s = 1 / (1 + e^-1).
   * y = 0: loss = -log s, dz2 = (s - 1, 1 - s) = (-q, q), q = 1 - s.
   * dW2 = h dz2 = [[-2q, 2q], [0, 0]]; dh = (-0.5q, -q + q) = (-0.5q, 0);
   * dz1 = (-0.5q, 0) (unit 1 is at 0: its derivative is 0); dW1 = [[-0.5q, 0], [-q, 0]].
   */
  private static final double S = 1 / (1 + Math.exp(-1));
  private static final double Q = 1 - S;
  private static final float[] W1 = {1, -1, 0.5f, 0.5f};
  private static final float[] W2 = {0.5f, 0, 1, 1};

  private static Network tiny() {
    Network network = new Nd4jEngine().create(TINY, 1);
    network.write(Fixtures.index(network, "layer0/weights"), W1);
    network.write(Fixtures.index(network, "layer1/weights"), W2);
    return network;
  }

  private static void assertTensor(Network network, String name, double... expected) {
    float[] actual = Fixtures.read(network, Fixtures.index(network, name));
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) actual[i]).as("%s[%d]", name, i).isCloseTo(expected[i], within(1e-6));
    }
  }

  @Test
  void step_plain_equalsHandWorkedUpdate() {
    try (Network network = tiny()) {
      double loss = network.step(X, Y, 1, Fixtures.settings(0.1, 0, Fixtures.NONE, 0));
      assertThat(loss).isCloseTo(-Math.log(S), within(1e-6));
      assertTensor(network, "layer0/weights", 1 + 0.05 * Q, -1, 0.5 + 0.1 * Q, 0.5);
      assertTensor(network, "layer0/biases", 0.05 * Q, 0);
      assertTensor(network, "layer1/weights", 0.5 + 0.2 * Q, -0.2 * Q, 1, 1);
      assertTensor(network, "layer1/biases", 0.1 * Q, -0.1 * Q);
    }
  }

  /** Two examples of opposite labels at the same input: 0.75 (p - e0) + 0.5 (p - e1). */
  @Test
  void step_weighted_equalsHandWorkedUpdate() {
    try (Network network = tiny()) {
      double loss =
          network.step(
              new float[] {1, 2, 1, 2},
              new int[] {0, 1},
              new double[] {0.75, 0.5},
              2,
              Fixtures.settings(0.1, 0, Fixtures.NONE, 0));
      assertThat(loss).isCloseTo(-0.75 * Math.log(S) - 0.5 * Math.log(Q), within(1e-6));
      /* dz2 = (0.75 (-Q) + 0.5 S, -dz2_0); dW2 row 0 = 2 dz2; dW1 column 0 = x 0.5 dz2_0. */
      double d = -0.75 * Q + 0.5 * S;
      assertTensor(network, "layer1/biases", -0.1 * d, 0.1 * d);
      assertTensor(network, "layer1/weights", 0.5 - 0.2 * d, 0.2 * d, 1, 1);
      assertTensor(network, "layer0/weights", 1 - 0.05 * d, -1, 0.5 - 0.1 * d, 0.5);
    }
  }

  /** Weights reach the losses, not the statistics of batch normalisation. */
  @Test
  void step_weightZero_exampleCountsForBatchStatisticsAlone() {
    Blueprint cnn = Fixtures.cnn(Cnn.Padding.SAME);
    float[] inputs = Fixtures.inputs(cnn, 4);
    int[] labels = Fixtures.labels(cnn, 4);
    int[] others = labels.clone();
    others[3] = (labels[3] + 1) % 3;
    double[] weights = {0.5, 0.25, 0.25, 0};
    try (Network network = new Nd4jEngine().create(cnn, 1);
        Network relabelled = new Nd4jEngine().create(cnn, 1);
        Network without = new Nd4jEngine().create(cnn, 1)) {
      for (Network each : List.of(network, relabelled, without)) {
        each.initialize(3, ModelSpec.Initialization.GLOROT_UNIFORM);
      }
      StepSettings settings = Fixtures.settings(0.1, 0, Fixtures.NONE, 0);
      double loss = network.step(inputs, labels, weights, 4, settings);
      assertThat(relabelled.step(inputs, others, weights, 4, settings)).isEqualTo(loss);
      assertThat(Fixtures.state(relabelled)).containsExactlyElementsOf(Fixtures.state(network));
      assertThat(without.step(inputs, labels, weights, 3, settings))
          .isNotCloseTo(loss, within(1e-4));
    }
  }

  @Test
  void step_weightDecay_shrinksWeightsButNotBiases() {
    try (Network network = tiny()) {
      RegularizationSpec decay = RegularizationSpec.newBuilder().setWeightDecay(0.5).build();
      network.step(X, Y, 1, Fixtures.settings(0.1, 0, decay, 0));
      assertTensor(network, "layer0/weights", 0.95 + 0.05 * Q, -0.95, 0.475 + 0.1 * Q, 0.475);
      assertTensor(network, "layer0/biases", 0.05 * Q, 0);
    }
  }

  @Test
  void step_momentum_accumulatesVelocity() {
    try (Network network = tiny()) {
      RegularizationSpec decay = RegularizationSpec.newBuilder().setWeightDecay(0.5).build();
      /* Rate 0 first: only the velocity moves. v1 = g + 0.5 w, v2 = 0.9 v1 + g + 0.5 w. */
      network.step(X, Y, 1, Fixtures.settings(0, 0.9, decay, 0));
      assertTensor(network, "layer0/weights/momentum", -0.5 * Q + 0.5, -0.5, -Q + 0.25, 0.25);
      network.step(X, Y, 1, Fixtures.settings(0.1, 0.9, decay, 1));
      assertTensor(network, "layer0/biases/momentum", 1.9 * -0.5 * Q, 0);
      assertTensor(network, "layer0/biases", 0.1 * 1.9 * 0.5 * Q, 0);
      double v = 1.9 * (-0.5 * Q + 0.5);
      assertTensor(network, "layer0/weights/momentum", v, 1.9 * -0.5);
      assertTensor(network, "layer0/weights", 1 - 0.1 * v, -1 + 0.1 * 1.9 * 0.5);
    }
  }

  @Test
  void initialize_manyWeights_momentsOfEachScheme() {
    Blueprint blueprint = Fixtures.mlp(300, 10, 200);
    try (Network network = new Nd4jEngine().create(blueprint, 1)) {
      for (ModelSpec.Initialization scheme : ModelSpec.Initialization.values()) {
        if (scheme == ModelSpec.Initialization.UNRECOGNIZED) {
          continue;
        }
        network.initialize(4, scheme);
        float[] weights = Fixtures.read(network, Fixtures.index(network, "layer0/weights"));
        double sum = 0;
        double squares = 0;
        double largest = 0;
        for (float w : weights) {
          sum += w;
          squares += w * (double) w;
          largest = Math.max(largest, Math.abs(w));
        }
        boolean he = scheme.name().startsWith("HE");
        boolean torch = scheme == ModelSpec.Initialization.PYTORCH_DEFAULT;
        double variance = torch ? 1.0 / (3 * 300) : he ? 2.0 / 300 : 2.0 / 500;
        int n = weights.length;
        assertThat(sum / n).isCloseTo(0, within(4 * Math.sqrt(variance / n)));
        assertThat(squares / n).isCloseTo(variance, within(variance * 4 * Math.sqrt(2.0 / n)));
        if (scheme.name().endsWith("NORMAL")) {
          assertThat(largest).isGreaterThan(3 * Math.sqrt(variance));
        } else {
          assertThat(largest).isLessThanOrEqualTo(Math.sqrt(3 * variance));
        }
      }
    }
  }

  @Test
  void tensors_momentumNeverUsed_readsAsZeros() {
    try (Network network = tiny()) {
      assertThat(network.parameters()).isEqualTo(12);
      assertTensor(network, "layer1/weights/momentum", 0, 0, 0, 0);
    }
  }
}
