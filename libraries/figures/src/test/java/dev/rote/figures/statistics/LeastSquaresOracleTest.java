package dev.rote.figures.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LeastSquaresOracleTest {

  @Test
  void shouldFindALineThatGoesThroughAllPoints() {
    assertThat(LeastSquares.slope(new double[] {1, 2, 5}, new double[] {1, -1, -7}))
        .isCloseTo(-2, within(1e-12));
  }

  /** Of the last one: means 2 and 2, products 4 - 1 + 3 = 6 over squares 4 + 1 + 9 = 14. */
  @Test
  void shouldMatchTheFormula() {
    assertThat(LeastSquares.slope(new double[] {1, 2, 3}, new double[] {2, 5, 2})).isZero();
    assertThat(LeastSquares.slope(new double[] {1, 2, 3}, new double[] {2, 3, 4})).isEqualTo(1);
    assertThat(LeastSquares.slope(new double[] {0, 1, 5}, new double[] {0, 3, 3}))
        .isCloseTo(6 / 14.0, within(1e-12));
  }

  /** No other slope has a smaller sum of squares: central differences of it vanish. */
  @Test
  void shouldMinimiseTheSquares() {
    double[] x = {0.3, 1.7, 2.2, 4.1, 7};
    double[] y = {2, -1, 0.5, 3, 2.5};
    double slope = LeastSquares.slope(x, y);
    assertThat((squares(x, y, slope + 1e-4) - squares(x, y, slope - 1e-4)) / 2e-4)
        .isCloseTo(0, within(1e-6));
  }

  private static double squares(double[] x, double[] y, double slope) {
    double intercept = MeanInterval.mean(y) - slope * MeanInterval.mean(x);
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      double rest = y[i] - intercept - slope * x[i];
      sum += rest * rest;
    }
    return sum;
  }

  @Test
  void shouldHaveNoSlopeOverOnePosition() {
    assertThat(LeastSquares.slope(new double[] {2, 2}, new double[] {1, 3})).isNaN();
    assertThatThrownBy(() -> LeastSquares.slope(new double[] {2}, new double[] {1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 2");
  }
}
