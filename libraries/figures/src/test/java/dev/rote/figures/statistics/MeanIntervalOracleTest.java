package dev.rote.figures.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MeanIntervalOracleTest {

  /** mean 3, s² = (4 + 1 + 0 + 1 + 4) / 4 = 2.5, t(0.975, 4) = 2.776445, half = t √(2.5 / 5). */
  @Test
  void shouldGiveStudentsInterval() {
    Interval interval = MeanInterval.of(new double[] {1, 2, 3, 4, 5});
    assertThat(interval.estimate()).isEqualTo(3);
    assertThat(interval.low()).isCloseTo(3 - 1.963243, within(1e-6));
    assertThat(interval.high()).isCloseTo(3 + 1.963243, within(1e-6));
    assertThat(interval.samples()).isEqualTo(5);
  }

  @Test
  void shouldHaveNoWidthWithOneSample() {
    assertThat(MeanInterval.of(new double[] {0.25})).isEqualTo(Interval.point(0.25, 1));
  }

  /** Differences 1 and 3: mean 2, s² = 2, t(0.975, 1) = 12.706205, half = t √(2 / 2). */
  @Test
  void shouldPairDifferences() {
    Interval interval = MeanInterval.ofDifferences(new double[] {5, 4}, new double[] {4, 1});
    assertThat(interval.estimate()).isEqualTo(2);
    assertThat(interval.low()).isCloseTo(2 - 12.706205, within(1e-6));
    assertThat(interval.high()).isCloseTo(2 + 12.706205, within(1e-6));
  }

  @Test
  void shouldRefuseNoSamplesAndUnequalPairs() {
    assertThatThrownBy(() -> MeanInterval.of(new double[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 1 sample");
    assertThatThrownBy(() -> MeanInterval.ofDifferences(new double[1], new double[2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 and 2");
  }
}
