package dev.rote.metrics.sharpness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rote.agreement.EngineUnderTest;
import dev.rote.blueprint.Blueprint;
import dev.rote.metrics.ArrayExamples;
import dev.rote.networks.Network;
import dev.rote.random.CounterRandom;
import dev.rote.v1.Mlp;
import dev.rote.v1.ModelSpec;
import dev.rote.v1.Shape;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * A linear model at zero: all p are 1/K, so the Hessian is {@code (I - 11ᵀ/K)/K ⊗ E[x̃ x̃ᵀ]} with
 * x̃ = (x, 1), and its largest eigenvalue is that of the second moments over K.
 */
class HessianOperatorOracleTest {
  private static final int D = 4;
  private static final int K = 3;

  private static ArrayExamples examples(int n) {
    float[] inputs = new float[n * D];
    CounterRandom.of(2, "inputs").fillGaussian(inputs, 0, inputs.length, 0, 0, 1, 0.3);
    int[] labels = new int[n];
    for (int i = 0; i < n; i++) {
      labels[i] = i % K;
    }
    return new ArrayExamples(inputs, labels, Set.of());
  }

  /** Largest eigenvalue of E[x̃ x̃ᵀ], by power iteration in float64. */
  private static double largestMoment(ArrayExamples examples) {
    double[] v = {1, 1, 1, 1, 1};
    double value = 0;
    float[] x = new float[D];
    for (int round = 0; round < 3000; round++) {
      double[] product = new double[D + 1];
      for (int i = 0; i < examples.size(); i++) {
        examples.inputs(i, 1, x);
        double dot = v[D];
        for (int j = 0; j < D; j++) {
          dot += x[j] * v[j];
        }
        for (int j = 0; j <= D; j++) {
          product[j] += dot * (j < D ? x[j] : 1) / examples.size();
        }
      }
      double square = 0;
      for (double p : product) {
        square += p * p;
      }
      value = Math.sqrt(square);
      for (int j = 0; j <= D; j++) {
        v[j] = product[j] / value;
      }
    }
    return value;
  }

  /** 300 examples are more than one batch. */
  @Test
  void largestEigenvalue_linearModelAtZero_closedForm() {
    for (int n : new int[] {1, 20, 300}) {
      ArrayExamples examples = examples(n);
      Blueprint blueprint =
          Blueprint.of(
              ModelSpec.newBuilder().setMlp(Mlp.getDefaultInstance()).build(),
              Shape.newBuilder().setChannels(1).setHeight(1).setWidth(D).build(),
              K);
      try (Network network = EngineUnderTest.open().create(blueprint, 1);
          HessianOperator hessian = new HessianOperator(network, examples, () -> {})) {
        Eigenpair pair = new Lanczos(hessian, 200, 1e-5).largest(1);
        assertThat(pair.converged()).isTrue();
        double expected = largestMoment(examples) / K;
        assertThat(pair.value()).isCloseTo(expected, within(2e-5 * expected));
      }
    }
  }
}
