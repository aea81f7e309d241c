package dev.rote.metrics.sensitivity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rote.random.CounterRandom;
import org.junit.jupiter.api.Test;

class GiniOracleTest {
  /** |1 - 3| counts twice: 4 / (2 * 2 * 4). */
  @Test
  void of_twoValues_handWorked() {
    assertThat(Gini.of(new double[] {3, 1})).isEqualTo(0.25);
  }

  @Test
  void of_equalValues_isZero() {
    assertThat(Gini.of(new double[] {7, 7, 7})).isZero();
  }

  /** One has everything: (n - 1) / n. */
  @Test
  void of_oneValueAlone_isNearOne() {
    assertThat(Gini.of(new double[] {0, 0, 5, 0})).isEqualTo(0.75);
  }

  @Test
  void of_anyValues_equalsTheDoubleSum() {
    double[] values = new double[57];
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.exp(CounterRandom.of(1, "gini").gaussian(i, 0));
    }
    double differences = 0;
    double sum = 0;
    for (double a : values) {
      sum += a;
      for (double b : values) {
        differences += Math.abs(a - b);
      }
    }
    assertThat(Gini.of(values)).isCloseTo(differences / (2 * 57 * sum), within(1e-12));
  }

  @Test
  void of_nothingOrZeros_isNaN() {
    assertThat(Gini.of(new double[0])).isNaN();
    assertThat(Gini.of(new double[2])).isNaN();
    assertThat(Gini.of(new double[] {1, Double.NaN})).isNaN();
  }
}
