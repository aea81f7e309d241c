package dev.rote.networks.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rote.blueprint.Blueprint;
import dev.rote.networks.Network;
import dev.rote.v1.Cnn;
import dev.rote.v1.ModelSpec;
import dev.rote.v1.RegularizationSpec;
import dev.rote.v1.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Analytic gradients against central differences of the loss. Where the differences to both sides
 * disagree, a kink (of a ReLU or a maximum) lies between, and the point proves nothing; three of
 * four points must be free of kinks.
 */
class GradientOracleTest {
  private static final int N = 7;
  private static final double[] MEAN = new double[N];

  static {
    Arrays.fill(MEAN, 1.0 / N);
  }

  /** Compares gradients and keeps count of kinks. */
  private static final class Comparison {
    private int smooth;
    private int kinks;

    void add(String name, double analytic, double[] sides) {
      double numeric = (sides[0] + sides[1]) / 2;
      double tolerance = 2e-3 + 0.02 * Math.abs(numeric);
      if (Math.abs(sides[0] - sides[1]) > tolerance) {
        kinks++;
        return;
      }
      smooth++;
      assertThat(analytic).as(name).isCloseTo(numeric, within(tolerance));
    }

    void assertMostlySmooth() {
      assertThat(kinks).isLessThanOrEqualTo((smooth + kinks) / 4);
      assertThat(smooth).isGreaterThan(10);
    }
  }

  static Stream<Blueprint> blueprints() {
    return Stream.of(
        Fixtures.mlp(5, 3),
        Fixtures.mlp(5, 3, 6, 4),
        Fixtures.cnn(Cnn.Padding.VALID),
        Fixtures.cnn(Cnn.Padding.SAME),
        Fixtures.blocks(Cnn.Padding.VALID),
        Fixtures.blocks(Cnn.Padding.SAME));
  }

  @ParameterizedTest
  @MethodSource("blueprints")
  void step_parameterChange_isMinusRateTimesDifferenceQuotient(Blueprint blueprint) {
    checkParameterGradients(blueprint, Fixtures.NONE, MEAN);
  }

  @ParameterizedTest
  @MethodSource("blueprints")
  void step_weighted_isMinusRateTimesDifferenceQuotient(Blueprint blueprint) {
    checkParameterGradients(
        blueprint, Fixtures.NONE, new double[] {0.3, 0, 0.05, 0.2, 0.5, 0.1, 0.7});
  }

  @ParameterizedTest
  @MethodSource("blueprints")
  void step_withNoiseEverywhere_isMinusRateTimesDifferenceQuotient(Blueprint blueprint) {
    checkParameterGradients(
        blueprint,
        RegularizationSpec.newBuilder()
            .setDropout(0.3)
            .setHiddenNoise(0.2)
            .setInputDropout(0.2)
            .setInputNoise(0.1)
            .build(),
        MEAN);
  }

  private static void checkParameterGradients(
      Blueprint blueprint, RegularizationSpec spec, double[] weights) {
    try (Network network = new Nd4jEngine().create(blueprint, 1)) {
      network.initialize(3, ModelSpec.Initialization.GLOROT_UNIFORM);
      List<float[]> start = Fixtures.state(network);
      /* The step adds -rate * gradient; a large rate keeps the quotient free of rounding. */
      double rate = 64;
      Batch batch = new Batch(blueprint, weights, spec);
      batch.step(network, rate);
      List<float[]> after = Fixtures.state(network);
      Comparison comparison = new Comparison();
      for (int t = 0; t < network.tensors().size(); t++) {
        Tensor tensor = network.tensors().get(t);
        if (tensor.getName().matches(".*/(mean|variance|momentum)")) {
          continue;
        }
        int length = start.get(t).length;
        for (int i = 0; i < length; i += Math.max(1, length / 7)) {
          double analytic = (start.get(t)[i] - after.get(t)[i]) / rate;
          comparison.add(
              tensor.getName() + "[" + i + "]", analytic, quotients(network, start, t, i, batch));
        }
      }
      comparison.assertMostlySmooth();
    }
  }

  private static final class Batch {
    private final float[] inputs;
    private final int[] labels;
    private final double[] weights;
    private final RegularizationSpec regularization;

    Batch(Blueprint blueprint, double[] weights, RegularizationSpec regularization) {
      this.inputs = Fixtures.inputs(blueprint, N);
      this.labels = Fixtures.labels(blueprint, N);
      this.weights = weights;
      this.regularization = regularization;
    }

    double step(Network network, double rate) {
      return network.step(
          inputs, labels, weights, N, Fixtures.settings(rate, 0, regularization, 11));
    }
  }

  /** To both sides. */
  private static double[] quotients(
      Network network, List<float[]> start, int tensor, int i, Batch batch) {
    float h = 5e-4f;
    double[] losses = new double[3];
    for (int side = 0; side < 3; side++) {
      Fixtures.restore(network, start);
      float[] moved = start.get(tensor).clone();
      moved[i] += (side - 1) * h;
      network.write(tensor, moved);
      losses[side] = batch.step(network, 0);
    }
    return new double[] {(losses[2] - losses[1]) / h, (losses[1] - losses[0]) / h};
  }

  @ParameterizedTest
  @MethodSource("blueprints")
  void inputGradient_equalsDifferenceQuotientOfEachOwnLoss(Blueprint blueprint) {
    float[] inputs = Fixtures.inputs(blueprint, N);
    int[] labels = Fixtures.labels(blueprint, N);
    int d = blueprint.inputLength();
    int classes = blueprint.classes();
    try (Network network = new Nd4jEngine().create(blueprint, 1)) {
      network.initialize(3, ModelSpec.Initialization.GLOROT_UNIFORM);
      /* Moves the running statistics away from their start. */
      for (int s = 0; s < 20; s++) {
        network.step(inputs, labels, N, Fixtures.settings(0.01, 0, Fixtures.NONE, s));
      }
      float[] gradients = new float[N * d];
      float[] logits = new float[N * classes];
      float[] plain = new float[N * classes];
      network.inputGradient(inputs, labels, N, gradients, logits);
      network.logits(inputs, N, plain);
      assertThat(logits).containsExactly(plain);
      Comparison comparison = new Comparison();
      for (int j = 0; j < d; j += Math.max(1, d / 40)) {
        double[][] sides = quotients(network, inputs, labels, j);
        for (int i = 0; i < N; i++) {
          comparison.add("example " + i + ", input " + j, gradients[i * d + j], sides[i]);
        }
      }
      comparison.assertMostlySmooth();
    }
  }

  /** Of each example's loss by its input j, to both sides. */
  private static double[][] quotients(Network network, float[] inputs, int[] labels, int j) {
    int classes = network.blueprint().classes();
    int d = network.blueprint().inputLength();
    float h = 4e-3f;
    double[][] losses = new double[3][N];
    float[] logits = new float[N * classes];
    for (int side = 0; side < 3; side++) {
      network.logits(moved(inputs, d, j, (side - 1) * h), N, logits);
      for (int i = 0; i < N; i++) {
        losses[side][i] = lossOf(logits, labels, i, classes);
      }
    }
    double[][] quotients = new double[N][];
    for (int i = 0; i < N; i++) {
      quotients[i] =
          new double[] {(losses[2][i] - losses[1][i]) / h, (losses[1][i] - losses[0][i]) / h};
    }
    return quotients;
  }

  private static float[] moved(float[] inputs, int d, int j, float h) {
    float[] moved = inputs.clone();
    for (int i = 0; i < N; i++) {
      moved[i * d + j] += h;
    }
    return moved;
  }

  private static double lossOf(float[] logits, int[] labels, int i, int classes) {
    float[] row = Arrays.copyOfRange(logits, i * classes, (i + 1) * classes);
    return Fixtures.loss(row, new int[] {labels[i]}, 1, classes);
  }
}
