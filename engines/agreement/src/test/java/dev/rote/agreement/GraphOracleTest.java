package dev.rote.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rote.blueprint.Ability;
import dev.rote.networks.Directions;
import dev.rote.networks.Directions.Mode;
import dev.rote.networks.Engines;
import dev.rote.networks.Network;
import dev.rote.networks.StepSettings;
import dev.rote.random.CounterRandom;
import dev.rote.recipes.CrossEntropy;
import dev.rote.recipes.Loss;
import dev.rote.recipes.Recipe;
import dev.rote.v1.ModelSpec;
import dev.rote.v1.RegularizationSpec;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Derivatives of the reference engine beside difference quotients, at points where no ReLU and no
 * maximum changes within the step.
 */
class GraphOracleTest {
  private static final int N = 4;
  private static final int CLASSES = 3;
  private static final double STEP = 1e-4;

  /** All that have second derivatives, and those of steps of training if they have these. */
  static Stream<Arguments> networks() {
    return Stream.of(OpNetwork.values())
        .flatMap(
            network ->
                Stream.of(Mode.values())
                    .filter(mode -> network.blueprint().supports(ability(mode)))
                    .map(mode -> Arguments.of(network, mode)));
  }

  private static Ability ability(Mode mode) {
    return mode == Mode.INFERENCE ? Ability.SECOND_DERIVATIVES : Ability.UNROLLED_STEPS;
  }

  /** Each of them on cross-entropy, and in inference on every other loss. */
  static Stream<Arguments> networksAndLosses() {
    Stream<Arguments> others =
        Stream.of(OpNetwork.values())
            .filter(of -> of.blueprint().supports(Ability.SECOND_DERIVATIVES))
            .flatMap(
                of ->
                    RecipeAgreementSuite.losses().stream()
                        .map(loss -> Arguments.of(of, Mode.INFERENCE, loss)));
    return Stream.concat(
        networks().map(each -> Arguments.of(each.get()[0], each.get()[1], CrossEntropy.PLAIN)),
        others);
  }

  private static Network network(OpNetwork of, Loss loss) {
    Network network = Engines.named("reference").create(of.blueprint(), Recipe.of(loss), 1);
    network.initialize(3, ModelSpec.Initialization.HE_NORMAL);
    return network;
  }

  private static float[] drawn(String name, int length) {
    float[] values = new float[length];
    CounterRandom.of(9, name).fillGaussian(values, 0, length, 0, 0, 1, 0);
    return values;
  }

  private static int[] labels() {
    return new int[] {0, 2, 1, 2};
  }

  private static double[] mean() {
    double[] weights = new double[N];
    Arrays.fill(weights, 1.0 / N);
    return weights;
  }

  private static float[] parameters(Network network) {
    float[] all = new float[(int) network.parameters()];
    int at = 0;
    for (int p : network.state().trained()) {
      float[] values = new float[network.state().entries().get(p).length()];
      network.read(p, values);
      System.arraycopy(values, 0, all, at, values.length);
      at += values.length;
    }
    return all;
  }

  /** Moves the parameters to {@code from + step along}. */
  private static void move(Network network, float[] from, float[] along, double step) {
    int at = 0;
    for (int p : network.state().trained()) {
      float[] values = new float[network.state().entries().get(p).length()];
      for (int i = 0; i < values.length; i++, at++) {
        values[i] = (float) (from[at] + step * along[at]);
      }
      network.write(p, values);
    }
  }

  /** Of logits, or what a step says that moves no parameter. */
  private static double loss(Network network, Loss loss, float[] inputs, Mode mode) {
    if (mode == Mode.TRAINING) {
      StepSettings still = new StepSettings(0, 0, RegularizationSpec.getDefaultInstance(), 5, 0);
      return network.step(inputs, labels(), N, still);
    }
    float[] logits = new float[N * CLASSES];
    network.logits(inputs, N, logits);
    double total = 0;
    double[] z = new double[CLASSES];
    for (int i = 0; i < N; i++) {
      int row = i * CLASSES;
      Arrays.setAll(z, k -> logits[row + k]);
      total += loss.of(z, labels()[i]) / N;
    }
    return total;
  }

  private static float[] gradient(Network network, float[] inputs, Mode mode) {
    float[] gradient = new float[(int) network.parameters()];
    try (Directions directions = network.directions(1, 0, mode)) {
      directions.gradient(0, inputs, labels(), mean(), N);
      directions.read(0, gradient);
    }
    return gradient;
  }

  private static float largest(float[] values) {
    float largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  @ParameterizedTest
  @MethodSource("networksAndLosses")
  void gradientAndHessian_areThoseOfDifferenceQuotients(OpNetwork of, Mode mode, Loss loss) {
    try (Network network = network(of, loss);
        Directions directions = network.directions(1, 0, mode)) {
      float[] inputs = drawn("inputs", N * network.blueprint().inputLength());
      float[] start = parameters(network);
      float[] along = drawn("along", start.length);
      float[] gradient = gradient(network, inputs, mode);
      float[] product = new float[start.length];
      directions.write(0, along);
      directions.multiplyByHessian(inputs, labels(), N);
      directions.read(0, product);
      move(network, start, along, STEP);
      double above = loss(network, loss, inputs, mode);
      float[] gradientAbove = gradient(network, inputs, mode);
      move(network, start, along, -STEP);
      double below = loss(network, loss, inputs, mode);
      float[] gradientBelow = gradient(network, inputs, mode);
      /* Logits and gradients are in float32. */
      double rounding = Math.max(1, Math.sqrt(dot(gradient, gradient)));
      assertThat(dot(gradient, along))
          .isCloseTo((above - below) / (2 * STEP), within(2e-3 * rounding));
      double worst = 0;
      for (int i = 0; i < product.length; i++) {
        double quotient = (gradientAbove[i] - gradientBelow[i]) / (2 * STEP);
        worst = Math.max(worst, Math.abs(product[i] - quotient));
      }
      assertThat(worst).isLessThan(5e-3 * rounding);
    }
  }

  /** {@code influence = -rate ∂⟨∇L, λ⟩/∂x_i}: the gradient moved along one input at a time. */
  @ParameterizedTest
  @MethodSource("networksAndLosses")
  void unroll_influences_areThoseOfDifferenceQuotients(OpNetwork of, Mode mode, Loss loss) {
    try (Network network = network(of, loss);
        Directions directions = network.directions(1, N, mode)) {
      int length = network.blueprint().inputLength();
      float[] inputs = drawn("inputs", N * length);
      float[] along = drawn("along", (int) network.parameters());
      directions.write(0, along);
      directions.unroll(inputs, labels(), new int[] {0, 1, 2, 3}, N, 1, 0);
      /* Gradients are in float32. */
      float rounding = 5e-3f * Math.max(1, largest(gradient(network, inputs, mode)));
      float[] influence = new float[length];
      for (int i = 0; i < N; i++) {
        directions.influences(i, influence);
        for (int j = i; j < length; j += 7) {
          float[] moved = inputs.clone();
          moved[i * length + j] += (float) STEP;
          double above = dot(gradient(network, moved, mode), along);
          moved[i * length + j] = (float) (inputs[i * length + j] - STEP);
          double below = dot(gradient(network, moved, mode), along);
          assertThat(influence[j])
              .isCloseTo((float) (-(above - below) / (2 * STEP)), within(rounding));
        }
      }
    }
  }
}
