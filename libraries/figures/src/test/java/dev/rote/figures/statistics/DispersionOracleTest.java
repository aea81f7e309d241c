package dev.rote.figures.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rote.random.CounterRandom;
import org.junit.jupiter.api.Test;

class DispersionOracleTest {

  /**
   * p̂ = 0, 0, 1, 1 over R = 10: p = 1/2, Var = (4 · 1/4) / 3 = 1/3, chance = 1/4 / 10: D = 40/3.
   */
  @Test
  void shouldBeLargeWhenExamplesAreAlwaysEasyOrAlwaysHard() {
    Interval dispersion = Dispersion.of(new int[] {0, 0, 10, 10}, 10);
    assertThat(dispersion.estimate()).isCloseTo(40 / 3.0, within(1e-12));
    assertThat(Dispersion.estimate(new int[] {0, 0, 10, 10}, 10)).isEqualTo(dispersion.estimate());
  }

  /**
   * p̂ = .2, .4, .6 over R = 5: p = .4, Var = (.04 + 0 + .04) / 2 = .04, chance = .24 / 5: D = 5/6.
   */
  @Test
  void shouldMatchTheFormula() {
    assertThat(Dispersion.estimate(new int[] {1, 2, 3}, 5)).isCloseTo(5 / 6.0, within(1e-12));
  }

  @Test
  void shouldBeOneForEquallyHardExamples() {
    int[] errors = binomial(0.3);
    Interval dispersion = Dispersion.of(errors, 50);
    assertThat(dispersion.estimate()).isCloseTo(1, within(0.15));
    assertThat(dispersion.low()).isLessThan(1);
    assertThat(dispersion.high()).isGreaterThan(1);
    assertThat(Dispersion.of(errors, 50)).isEqualTo(dispersion);
  }

  @Test
  void shouldFindNoDifferenceBetweenEquals() {
    int[] errors = binomial(0.4);
    assertThat(Dispersion.ofDifference(errors, 50, errors, 50))
        .isEqualTo(new Interval(0, 0, 0, errors.length));
    Interval difference =
        Dispersion.ofDifference(
            new int[] {0, 0, 0, 0, 10, 10, 10, 10}, 10, new int[] {4, 5, 6}, 10);
    assertThat(difference.estimate()).isCloseTo(10 * 8 / 7.0 - 0.4, within(1e-12));
  }

  @Test
  void shouldBeUndefinedWithoutAnyError() {
    assertThat(Dispersion.of(new int[] {0, 0, 0}, 10).estimate()).isNaN();
  }

  @Test
  void shouldRefuseASingleExample() {
    assertThatThrownBy(() -> Dispersion.of(new int[] {1}, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 2 examples");
  }

  private static int[] binomial(double p) {
    CounterRandom random = CounterRandom.of(3, "test");
    int[] errors = new int[600];
    for (int i = 0; i < errors.length; i++) {
      for (int r = 0; r < 50; r++) {
        errors[i] += random.uniform(i, r) < p ? 1 : 0;
      }
    }
    return errors;
  }
}
