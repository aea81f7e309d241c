package dev.rote.figures.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rote.random.CounterRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class WithinClassDispersionOracleTest {
  private static final int R = 20;

  /**
   * R = 4, class 0: p̂ = 0, 1/2, mean 1/4, squares 1/8, u = 3/16 · 8/7; class 1: p̂ = 1/4, 1/2,
   * 3/4, mean 1/2, squares 1/8, u = 1/4 · 12/11; class 2 has one example and is left out. V = 1/4 /
   * (5 - 2); E = (1 · 3/14 + 2 · 3/11) / 4 / (5 - 2).
   */
  @Test
  void shouldMatchTheFormula() {
    int[] errors = {0, 1, 2, 2, 3, 4};
    int[] labels = {0, 1, 0, 1, 1, 2};
    double expected = 0.25 / ((3 / 14.0 + 6 / 11.0) / 4);
    Interval dispersion = WithinClassDispersion.of(errors, labels, 4);
    assertThat(dispersion.estimate()).isCloseTo(expected, within(1e-12));
    assertThat(dispersion.samples()).isEqualTo(5);
    assertThat(WithinClassDispersion.estimate(errors, labels, 4)).isEqualTo(dispersion.estimate());
  }

  /** One class: D (1 - 1 / NR), here with D = 5/6 of {@link DispersionOracleTest}. */
  @Test
  void shouldEqualTheDispersionOfASingleClass() {
    assertThat(WithinClassDispersion.estimate(new int[] {1, 2, 3}, new int[3], 5))
        .isCloseTo(5 / 6.0 * (1 - 1 / 15.0), within(1e-12));
  }

  /** Classes of unequal difficulty, equal examples in them: far above 1 over all, 1 within. */
  @Test
  void shouldNotCountDifferencesBetweenClasses() {
    int[] labels = labels(400);
    int[] errors = binomial(labels, 1, label -> 0.1 + 0.2 * label);
    assertThat(Dispersion.estimate(errors, R)).isGreaterThan(3);
    Interval within = WithinClassDispersion.of(errors, labels, R);
    assertThat(within.estimate()).isCloseTo(1, within(0.15));
    assertThat(within.low()).isLessThan(1);
    assertThat(within.high()).isGreaterThan(1);
    assertThat(WithinClassDispersion.of(errors, labels, R)).isEqualTo(within);
  }

  /** The mean over many draws of V and of E is the same, down to classes of two examples. */
  @Test
  void shouldBeUnbiasedForSmallUnequalClasses() {
    int[] labels = {0, 0, 1, 1, 1, 2, 2, 2, 2, 2, 2};
    double sum = 0;
    int draws = 4000;
    for (int draw = 0; draw < draws; draw++) {
      sum += WithinClassDispersion.estimate(binomial(labels, draw, l -> 0.3 + 0.2 * l), labels, R);
    }
    assertThat(sum / draws).isCloseTo(1, within(0.03));
  }

  /** The bootstrap is centred on the estimate, though classes are small. */
  @Test
  void shouldCentreTheIntervalOfSmallClasses() {
    int[] labels = new int[600];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i / 4;
    }
    Interval within = WithinClassDispersion.of(binomial(labels, 3, label -> 0.5), labels, R);
    assertThat((within.low() + within.high()) / 2).isCloseTo(within.estimate(), within(0.1));
  }

  @Test
  void shouldPairExamplesWithTheSameLabels() {
    int[] labels = labels(40);
    int[] errors = binomial(labels, 5, label -> 0.4);
    assertThat(WithinClassDispersion.ofDifference(errors, labels, R, errors, labels, R))
        .isEqualTo(new Interval(0, 0, 0, 40));
    int[] others = labels.clone();
    others[0] = 3;
    Interval unpaired = WithinClassDispersion.ofDifference(errors, labels, R, errors, others, R);
    assertThat(unpaired.low()).isLessThan(0);
    assertThat(unpaired.high()).isGreaterThan(0);
  }

  @Test
  void shouldBeUndefinedWithoutPairsOrErrors() {
    assertThat(WithinClassDispersion.of(new int[] {1, 2}, new int[] {0, 1}, 3).estimate()).isNaN();
    assertThat(WithinClassDispersion.of(new int[4], new int[4], 3).estimate()).isNaN();
    assertThatThrownBy(() -> WithinClassDispersion.of(new int[2], new int[1], 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 labels for 2 examples");
  }

  private static int[] labels(int examples) {
    int[] labels = new int[examples];
    for (int i = 0; i < examples; i++) {
      labels[i] = i % 4;
    }
    return labels;
  }

  private static int[] binomial(int[] labels, int draw, IntToDoubleFunction rate) {
    CounterRandom random = CounterRandom.of(draw, "test");
    int[] errors = new int[labels.length];
    for (int i = 0; i < errors.length; i++) {
      for (int r = 0; r < R; r++) {
        errors[i] += random.uniform(i, r) < rate.applyAsDouble(labels[i]) ? 1 : 0;
      }
    }
    return errors;
  }
}
