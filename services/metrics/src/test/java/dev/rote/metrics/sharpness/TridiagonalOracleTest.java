package dev.rote.metrics.sharpness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TridiagonalOracleTest {
  /** 2 on the diagonal, -1 beside it: the largest of n eigenvalues is 2 + 2 cos(π / (n + 1)). */
  @Test
  void largestEigenvalue_secondDifferences_closedForm() {
    Tridiagonal matrix = new Tridiagonal(20);
    for (int n = 1; n <= 20; n++) {
      matrix.add(2, -1);
      double expected = 2 + 2 * Math.cos(Math.PI / (n + 1));
      assertThat(matrix.largestEigenvalue()).isCloseTo(expected, within(1e-13));
      assertThat(matrix.size()).isEqualTo(n);
    }
  }

  @Test
  void eigenvector_solvesTheEquation() {
    double[] diagonal = {-3, 0.5, 0.2, -8, 0.1};
    double[] beside = {0.3, 1.5, 1e-9, 0.7, 2};
    Tridiagonal matrix = new Tridiagonal(5);
    for (int i = 0; i < 5; i++) {
      matrix.add(diagonal[i], beside[i]);
    }
    double value = matrix.largestEigenvalue();
    double[] v = matrix.eigenvector();
    double length = 0;
    for (int i = 0; i < 5; i++) {
      double product = diagonal[i] * v[i];
      product += i > 0 ? beside[i - 1] * v[i - 1] : 0;
      product += i < 4 ? beside[i] * v[i + 1] : 0;
      assertThat(product).isCloseTo(value * v[i], within(1e-12));
      length += v[i] * v[i];
    }
    assertThat(length).isCloseTo(1, within(1e-12));
  }

  @Test
  void zeroMatrix_hasTheEigenvalueZero() {
    Tridiagonal matrix = new Tridiagonal(1);
    matrix.add(0, 0);
    assertThat(matrix.largestEigenvalue()).isZero();
    assertThat(matrix.eigenvector()).containsExactly(1);
  }
}
