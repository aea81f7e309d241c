package dev.rote.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rote.blueprint.Ability;
import dev.rote.blueprint.Blueprint;
import dev.rote.networks.Directions;
import dev.rote.networks.Directions.Mode;
import dev.rote.networks.Engines;
import dev.rote.networks.Network;
import dev.rote.random.CounterRandom;
import dev.rote.v1.ModelSpec;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the reference engine says of single examples, found in another way. */
class InsightOracleTest {
  private static final int N = 4;
  private static final int[] LABELS = {0, 2, 1, 2};
  private static final float STEP = 1e-3f;

  static Stream<OpNetwork> curving() {
    return Stream.of(OpNetwork.values())
        .filter(of -> of.blueprint().supports(Ability.SECOND_DERIVATIVES));
  }

  private static Network network(Blueprint blueprint) {
    Network network = Engines.named("reference").create(blueprint, 1);
    network.initialize(3, ModelSpec.Initialization.HE_NORMAL);
    return network;
  }

  private static float[] inputs(Blueprint blueprint) {
    float[] values = new float[N * blueprint.inputLength()];
    CounterRandom.of(9, "inputs").fillGaussian(values, 0, values.length, 0, 0, 1, 0);
    return values;
  }

  /** The gradient of the batch's losses of which all but one weigh nothing. */
  @ParameterizedTest
  @MethodSource("curving")
  void gradientNorms_areThoseOfGradientsOfOneExampleOfTheBatch(OpNetwork of) {
    Blueprint blueprint = of.blueprint();
    try (Network network = network(blueprint);
        Directions directions = network.directions(1, 0, Mode.INFERENCE)) {
      double[] squares = new double[N];
      network.insight().gradientNorms(inputs(blueprint), LABELS, N, squares);
      float[] gradient = new float[(int) network.parameters()];
      for (int i = 0; i < N; i++) {
        double[] weights = new double[N];
        weights[i] = 1;
        directions.gradient(0, inputs(blueprint), LABELS, weights, N);
        directions.read(0, gradient);
        double square = 0;
        for (float each : gradient) {
          square += (double) each * each;
        }
        assertThat(squares[i]).isCloseTo(square, within(1e-5 * square + 1e-9));
      }
    }
  }

  /** At zero weights p = (1/2, 1/2): {@code (‖x‖² + 1) ‖p - onehot‖² = 26 · 1/2}. */
  @Test
  void gradientNorms_ofZeroWeights_asWorkedOutByHand() {
    try (Network network = Engines.named("reference").create(Pair.mlp(2, 2), 1)) {
      double[] squares = new double[1];
      network.insight().gradientNorms(new float[] {3, 4}, new int[] {1}, 1, squares);
      assertThat(squares[0]).isCloseTo(13, within(1e-12));
    }
  }

  /** Where a kink lies between, differences to both sides part, and the point proves nothing. */
  @ParameterizedTest
  @EnumSource
  void logitGradient_isTheDifferenceQuotientOfTheLogit(OpNetwork of) {
    Blueprint blueprint = of.blueprint();
    int length = blueprint.inputLength();
    float[] inputs = inputs(blueprint);
    int smooth = 0;
    int kinks = 0;
    try (Network network = network(blueprint)) {
      float[] gradients = new float[inputs.length];
      network.insight().logitGradient(inputs, LABELS, N, gradients);
      for (int j = 0; j < length; j += 3) {
        double[][] logits = {
          moved(network, inputs, j, -STEP),
          moved(network, inputs, j, 0),
          moved(network, inputs, j, STEP)
        };
        for (int i = 0; i < N; i++) {
          double below = (logits[1][i] - logits[0][i]) / STEP;
          double above = (logits[2][i] - logits[1][i]) / STEP;
          if (Math.abs(above - below) > 5e-3) {
            kinks++;
            continue;
          }
          smooth++;
          assertThat((double) gradients[i * length + j])
              .isCloseTo((below + above) / 2, within(5e-3));
        }
      }
    }
    assertThat(kinks).isLessThan((smooth + kinks) / 4);
  }

  /** Of each example, its label's logit where input j is moved. */
  private static double[] moved(Network network, float[] inputs, int j, float by) {
    int length = network.blueprint().inputLength();
    int classes = network.blueprint().classes();
    float[] moved = inputs.clone();
    for (int i = 0; i < N; i++) {
      moved[i * length + j] += by;
    }
    float[] logits = new float[N * classes];
    network.logits(moved, N, logits);
    double[] own = new double[N];
    for (int i = 0; i < N; i++) {
      own[i] = logits[i * classes + LABELS[i]];
    }
    return own;
  }
}
