package dev.rote.figures.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rote.figures.statistics.Interval;
import dev.rote.figures.statistics.KendallTau;
import dev.rote.figures.statistics.MeanInterval;
import org.junit.jupiter.api.Test;

class MeansIntervalTest {
  private static final double[][] ROWS = {{1, 2}, {1.5, 2.25}, {0.5, 1.875}, {1.25, 2.5}, {1, 3}};

  @Test
  void linearStatistic_hasStudentsInterval() {
    Interval drawn = MeansInterval.of(ROWS, means -> means[1] - means[0], 0.1);
    double[] a = new double[ROWS.length];
    for (int i = 0; i < a.length; i++) {
      a[i] = ROWS[i][1] - ROWS[i][0];
    }
    Interval student = MeanInterval.of(a, 0.1);
    double half = student.high() - student.estimate();
    assertThat(drawn.estimate()).isCloseTo(student.estimate(), within(1e-12));
    assertThat(drawn.low()).isCloseTo(student.low(), within(0.05 * half));
    assertThat(drawn.high()).isCloseTo(student.high(), within(0.05 * half));
  }

  @Test
  void order_thatEveryRepetitionShows_isCertain() {
    double[][] rows = new double[8][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = new double[] {i * 0.01, 1 + i * 0.02, 2 - i * 0.01};
    }
    Interval tau = MeansInterval.of(rows, KendallTau::againstOrder, 0.005);
    assertThat(tau.low()).isEqualTo(1);
    assertThat(tau.high()).isEqualTo(1);
  }

  /** As of three networks that all validate best at the same width. */
  @Test
  void statistic_ofAMeanOfEqualValues_hasNoEndsUntilTheSignTestSaysSo() {
    for (int n : new int[] {3, 8, 12}) {
      double[][] rows = new double[n][];
      for (int i = 0; i < n; i++) {
        rows[i] = new double[] {512, 512, 512};
      }
      Interval tau = MeansInterval.of(rows, KendallTau::againstOrder, 0.001);
      assertThat(tau.estimate()).isZero();
      assertThat(tau.low()).as("%d", n).isEqualTo(n < 12 ? Double.NEGATIVE_INFINITY : 0);
      assertThat(tau.high()).as("%d", n).isEqualTo(n < 12 ? Double.POSITIVE_INFINITY : 0);
      rows[0][1] = 256;
      rows[1][0] = 128;
      assertThat(MeansInterval.of(rows, KendallTau::againstOrder, 0.001).low())
          .as("%d", n)
          .isLessThan(0);
    }
  }

  @Test
  void statistic_ofTooStrictALevel_hasNoEnds() {
    Interval none = MeansInterval.of(ROWS, means -> means[0], 1e-6);
    assertThat(none.low()).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(none.high()).isEqualTo(Double.POSITIVE_INFINITY);
  }
}
