package dev.rote.metrics.difficulty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.rote.metrics.ArrayExamples;
import dev.rote.networks.Network;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Logits {@code (⟨a, x⟩, 0)} have the Hessian {@code p(1 - p) a aᵀ} by the input, with p the
 * probability of class 0: {@code ‖H v‖ = p(1 - p) |⟨a, v⟩| ‖a‖}.
 */
class CurvatureOracleTest {
  private static final double STEP = 1e-2;

  private static Network linear(float... a) {
    Network network = Networks.mlp(a.length, 2);
    float[] weights = new float[2 * a.length];
    for (int j = 0; j < a.length; j++) {
      weights[2 * j] = a[j];
    }
    network.write(0, weights);
    return network;
  }

  private static double slope(double z) {
    double p = 1 / (1 + Math.exp(-z));
    return p * (1 - p);
  }

  /** Of one input every draw is 1 or -1: no expectation is left to estimate. */
  @Test
  void add_oneInput_isTheSecondDerivative() {
    ArrayExamples examples =
        new ArrayExamples(new float[] {0.3f, -0.2f}, new int[] {1, 0}, Set.of());
    Curvature curvature = new Curvature(examples, 4, STEP, 1);
    try (Network network = linear(2)) {
      curvature.add(network, () -> {});
    }
    double[] inputs = {0.3, -0.2};
    for (int i = 0; i < 2; i++) {
      double second = 4 * slope(2 * inputs[i]);
      assertThat(curvature.squares()[i]).isCloseTo(second * second, withinPercentage(1));
      assertThat(curvature.norms()[i]).isCloseTo(second * STEP, withinPercentage(1));
    }
  }

  /** {@code E ⟨a, v⟩² = ‖a‖²}, and E |⟨a, v⟩| over the four draws; the mean over two networks. */
  @Test
  void add_twoInputsAndTwoNetworks_areMeans() {
    ArrayExamples examples = new ArrayExamples(new float[] {0.5f, 0.1f}, new int[] {1}, Set.of());
    Curvature curvature = new Curvature(examples, 1000, STEP, 1);
    double square = 0;
    double norm = 0;
    for (float[] a : new float[][] {{1, 2}, {3, -1}}) {
      try (Network network = linear(a)) {
        curvature.add(network, () -> {});
      }
      double length = a[0] * a[0] + a[1] * a[1];
      double p = slope(0.5 * a[0] + 0.1 * a[1]);
      square += p * p * length * length / 2;
      double absolute = (Math.abs(a[0] + a[1]) + Math.abs(a[0] - a[1])) / 2;
      norm += STEP * p * absolute * Math.sqrt(length) / 2;
    }
    /* The standard error of a thousand draws is 2.5 %. */
    assertThat(curvature.squares()[0]).isCloseTo(square, withinPercentage(8));
    assertThat(curvature.norms()[0]).isCloseTo(norm, withinPercentage(5));
  }

  /** Draws belong to an example, not to its place. */
  @Test
  void add_examplesAmongOthers_sameNumbers() {
    double[] all = squares(5);
    double[] some = squares(3);
    for (int i = 0; i < some.length; i++) {
      assertThat(some[i]).isCloseTo(all[i], within(1e-6 * all[i]));
    }
  }

  private static double[] squares(int n) {
    ArrayExamples five = Networks.examples(5, 4);
    float[] inputs = new float[4 * n];
    five.inputs(0, n, inputs);
    int[] labels = new int[n];
    for (int i = 0; i < n; i++) {
      labels[i] = five.label(i);
    }
    Curvature curvature = new Curvature(new ArrayExamples(inputs, labels, Set.of()), 3, STEP, 7);
    try (Network network = Networks.drawn(4, 6)) {
      curvature.add(network, () -> {});
    }
    return curvature.squares();
  }
}
