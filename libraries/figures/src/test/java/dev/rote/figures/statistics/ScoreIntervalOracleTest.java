package dev.rote.figures.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rote.random.CounterRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class ScoreIntervalOracleTest {
  private static final int STUDIES = 4_000;

  /**
   * mean .8, s = .1, half = 4.302653 · .1 / √3 = .2484138, a = .0617094 / .16 = .3856838: centre
   * (.8 + .1928419) / 1.3856838 and reach √(.3856838 · .16 + .0371880) / 1.3856838.
   */
  @Test
  void shouldGiveTheScoreIntervalWithTheSpreadOfTheSamples() {
    Interval interval = ScoreInterval.of(new double[] {0.7, 0.8, 0.9}, 1);
    assertThat(interval.estimate()).isCloseTo(0.8, within(1e-12));
    assertThat(interval.low()).isCloseTo(0.4895506, within(1e-6));
    assertThat(interval.high()).isCloseTo(0.9434486, within(1e-6));
    assertThat(interval.samples()).isEqualTo(3);
  }

  @Test
  void shouldStayInsideWhereStudentsLeaves() {
    double[] samples = {0.9, 1, 1};
    assertThat(MeanInterval.of(samples).high()).isGreaterThan(1.1);
    Interval interval = ScoreInterval.of(samples, 1);
    assertThat(interval.high()).isBetween(0.99, 1.0);
    assertThat(interval.low()).isBetween(0.0, 0.9);
    assertThat(ScoreInterval.of(new double[] {0, 0.5, 1}, 1).low()).isNotNegative();
    assertThat(ScoreInterval.of(new double[] {1, 1, 1}, 1)).isEqualTo(Interval.point(1, 3));
    assertThat(ScoreInterval.of(new double[] {0.3}, 1)).isEqualTo(Interval.point(0.3, 1));
    assertThatThrownBy(() -> ScoreInterval.of(new double[] {1.5}, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[0, 1.0], was 1.5");
  }

  /** mean 2, half = 12.706205 · √2 / √2, a = half² / 2 = 80.723819. */
  @Test
  void shouldStayAboveZeroWithoutALargestValue() {
    Interval interval = ScoreInterval.of(new double[] {1, 3}, Double.POSITIVE_INFINITY);
    assertThat(interval.estimate()).isEqualTo(2);
    assertThat(interval.low()).isCloseTo(0.0472386, within(1e-6));
    assertThat(interval.high()).isCloseTo(84.676581, within(1e-5));
    assertThat(ScoreInterval.of(new double[] {0, 0, 0.1}, Double.POSITIVE_INFINITY).low())
        .isNotNegative();
  }

  @Test
  void shouldAgreeWithStudentsFarFromTheEnds() {
    double[] samples = {0.49, 0.5, 0.505, 0.51, 0.495};
    Interval student = MeanInterval.of(samples);
    Interval share = ScoreInterval.of(samples, 1);
    assertThat(share.low()).isCloseTo(student.low(), within(1e-4));
    assertThat(share.high()).isCloseTo(student.high(), within(1e-4));
  }

  /**
   * Share of simulated studies of 3 and 5 repetitions whose interval covers the mean: never below
   * Student's by more than a percent, and much above it where shares lie near an end.
   */
  @Test
  void shouldCoverTheMeanAtLeastAsOftenAsStudents() {
    CounterRandom random = CounterRandom.of(11, "coverage");
    for (int repetitions : new int[] {3, 5}) {
      int n = repetitions;
      /* U^a has the mean 1 / (a + 1). */
      for (double power : new double[] {1, 3, 9, 40}) {
        double mean = 1 / (power + 1);
        double[] covered = new double[2];
        for (int study = 0; study < STUDIES; study++) {
          int s = study;
          IntToDoubleFunction draw =
              i -> StrictMath.pow(random.uniform(s * n + i, (int) power), power);
          double[] samples = java.util.stream.IntStream.range(0, n).mapToDouble(draw).toArray();
          covered[0] += covers(MeanInterval.of(samples), mean);
          covered[1] += covers(ScoreInterval.of(samples, 1), mean);
        }
        assertThat(covered[1])
            .as("%d repetitions with mean %.3f", n, mean)
            .isGreaterThan(covered[0] - 0.01 * STUDIES);
        if (power >= 9) {
          assertThat(covered[1] - covered[0]).isGreaterThan(0.05 * STUDIES);
        }
      }
    }
  }

  private static int covers(Interval interval, double mean) {
    return interval.low() <= mean && mean <= interval.high() ? 1 : 0;
  }
}
