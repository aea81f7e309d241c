package dev.rote.metrics.sharpness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** On matrices whose eigenvalues are known. */
class LanczosOracleTest {
  /** diag(d) in the basis of a reflection, {@code (I - 2 u uᵀ) D (I - 2 u uᵀ)}. */
  private static SymmetricOperator reflected(int size, IntToDoubleFunction diagonal) {
    double[] u = new double[size];
    double sum = 0;
    for (int i = 0; i < size; i++) {
      u[i] = 1 + i % 7;
      sum += u[i] * u[i];
    }
    double square = sum;
    return new SymmetricOperator() {
      @Override
      public int size() {
        return size;
      }

      @Override
      public void multiply(float[] v, float[] out) {
        double[] x = new double[size];
        for (int i = 0; i < size; i++) {
          x[i] = v[i];
        }
        reflect(x);
        for (int i = 0; i < size; i++) {
          x[i] *= diagonal.applyAsDouble(i);
        }
        reflect(x);
        for (int i = 0; i < size; i++) {
          out[i] = (float) x[i];
        }
      }

      private void reflect(double[] x) {
        double dot = 0;
        for (int i = 0; i < size; i++) {
          dot += u[i] * x[i];
        }
        for (int i = 0; i < size; i++) {
          x[i] -= 2 * dot / square * u[i];
        }
      }
    };
  }

  /** The most negative eigenvalue is larger in size. */
  @Test
  void largest_separatedEigenvalue_isFoundAlgebraically() {
    Eigenpair pair =
        new Lanczos(reflected(300, i -> i == 17 ? 3 : i == 5 ? -9 : Math.sin(i)), 100, 1e-4)
            .largest(1);
    assertThat(pair.converged()).isTrue();
    assertThat(pair.value()).isCloseTo(3, within(3e-4));
    assertThat(pair.residual()).isLessThan(3e-4);
    assertThat(pair.products()).isLessThan(40);
  }

  /** A hundred vectors do not tell eigenvalues apart that lie so close; restarts go on. */
  @Test
  void largest_closeEigenvalues_restarts() {
    Eigenpair pair = new Lanczos(reflected(3000, i -> i / 3000.0), 5000, 2e-5).largest(1);
    assertThat(pair.converged()).isTrue();
    assertThat(pair.products()).isGreaterThan(101);
    assertThat(pair.value()).isCloseTo(2999 / 3000.0, within(1e-4));
  }

  @Test
  void largest_capReached_saysSo() {
    for (int cap = 1; cap <= 3; cap++) {
      Eigenpair pair = new Lanczos(reflected(300, i -> Math.sin(i)), cap, 1e-6).largest(1);
      assertThat(pair.converged()).isFalse();
      assertThat(pair.products()).isEqualTo(cap);
      assertThat(pair.residual()).isPositive();
    }
  }

  /** Every vector is an eigenvector. */
  @Test
  void largest_multipleOfIdentity_oneProduct() {
    Eigenpair pair = new Lanczos(reflected(50, i -> -2), 100, 1e-3).largest(4);
    assertThat(pair).extracting(Eigenpair::converged, Eigenpair::products).containsExactly(true, 1);
    assertThat(pair.value()).isCloseTo(-2, within(1e-5));
  }

  @Test
  void largest_matrixOfOneRow_isThatNumber() {
    assertThat(new Lanczos(reflected(1, i -> 7), 10, 1e-3).largest(1).value())
        .isCloseTo(7, within(1e-5));
  }

  @Test
  void largest_productNotFinite_isNaN() {
    Eigenpair pair = new Lanczos(reflected(50, i -> Double.NaN), 100, 1e-3).largest(1);
    assertThat(pair.value()).isNaN();
    assertThat(pair.converged()).isFalse();
  }
}
