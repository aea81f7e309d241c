package dev.rote.figures.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rote.random.CounterRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CarriedDispersionOracleTest {
  private static final int EXAMPLES = 120;
  private static final int AT_MOST = 60;

  /**
   * Errors 11 and 01, R = 2: V = 1/8, residuals are 1/4 each way, so B = 1/4; rates of repetitions
   * 1/2 and 1, so S² = 1/8; p(1 - p) = 3/16. With R' = 4, q = 1/4: V' = 1/16, p'(1 - p') = 7/32,
   * chance 7/128, D' = 8/7. Within one class chance is 8/7 of it.
   */
  @Test
  void estimate_workedByHand() {
    ErrorTable errors = new ErrorTable(2, List.of(new byte[] {0b01}, new byte[] {0b11}));
    assertThat(CarriedDispersion.overall(errors, 4).estimate()).isCloseTo(8 / 7.0, within(1e-12));
    assertThat(CarriedDispersion.withinClasses(errors, new int[2], 4).estimate())
        .isCloseTo(1, within(1e-12));
  }

  @Test
  void at_allRepetitions_isTheDispersion() {
    ErrorTable errors = first(simulated(1), 12);
    int[] counts = counts(errors);
    assertEqual(
        CarriedDispersion.overall(errors, 12).at(0.02),
        Dispersion.of(counts, 12, Resampling.at(0.02)));
    assertEqual(
        CarriedDispersion.withinClasses(errors, labels(), 12).at(0.02),
        WithinClassDispersion.of(counts, labels(), 12, Resampling.at(0.02)));
  }

  private static void assertEqual(Interval actual, Interval expected) {
    assertThat(actual.estimate()).isCloseTo(expected.estimate(), within(1e-12));
    assertThat(actual.low()).isCloseTo(expected.low(), within(1e-12));
    assertThat(actual.high()).isCloseTo(expected.high(), within(1e-12));
    assertThat(actual.samples()).isEqualTo(expected.samples());
  }

  /**
   * Networks that differ in how many examples of a class they get wrong: what four of them show is,
   * in the mean, what sixty will. In proportion to R - 1 it would be expected far below.
   */
  @Test
  void estimate_errorsOfANetworkGoTogether_isUnbiased() {
    int sweeps = 300;
    double foreseen = 0;
    double seen = 0;
    double inProportion = 0;
    for (int sweep = 0; sweep < sweeps; sweep++) {
      ErrorTable all = simulated(sweep);
      ErrorTable few = first(all, 4);
      foreseen += CarriedDispersion.withinClasses(few, labels(), AT_MOST).estimate() / sweeps;
      seen += WithinClassDispersion.estimate(counts(all), labels(), AT_MOST) / sweeps;
      double now = WithinClassDispersion.estimate(counts(few), labels(), 4);
      inProportion += (1 + (AT_MOST - 1) * (now - 1) / 3) / sweeps;
    }
    assertThat(foreseen).isCloseTo(seen, within(0.1 * seen));
    assertThat(inProportion).isLessThan(0.6 * seen);
  }

  /** What sixty repetitions show lies in the 95 % interval of the first few as often as it says. */
  @Test
  void at_fewRepetitions_holdsWhatAllWillShow() {
    int sweeps = 100;
    for (int repetitions : new int[] {3, 5, 12}) {
      int missed = 0;
      int missedDifferences = 0;
      for (int sweep = 0; sweep < sweeps; sweep++) {
        ErrorTable a = simulated(2 * sweep);
        ErrorTable b = simulated(2 * sweep + 1);
        double seenA = WithinClassDispersion.estimate(counts(a), labels(), AT_MOST);
        double seenB = WithinClassDispersion.estimate(counts(b), labels(), AT_MOST);
        CarriedDispersion ofA =
            CarriedDispersion.withinClasses(first(a, repetitions), labels(), AT_MOST);
        CarriedDispersion ofB =
            CarriedDispersion.withinClasses(first(b, repetitions), labels(), AT_MOST);
        missed += misses(ofA.at(0.05), seenA) ? 1 : 0;
        missedDifferences +=
            misses(CarriedDispersion.ofDifference(ofA, ofB, 0.05), seenA - seenB) ? 1 : 0;
      }
      /* 5 of 100 and twice the standard error. */
      assertThat(missed).as("of %s repetitions", repetitions).isLessThanOrEqualTo(9);
      assertThat(missedDifferences).as("differences of %s", repetitions).isLessThanOrEqualTo(9);
    }
  }

  @Test
  void at_twoRepetitions_isOpen() {
    Interval interval = CarriedDispersion.overall(first(simulated(1), 2), AT_MOST).at(0.05);
    assertThat(interval.low()).isNegative().isInfinite();
    assertThat(interval.high()).isPositive().isInfinite();
  }

  @Test
  void overall_tooFewOrTooManyRepetitions_isRefused() {
    assertThatThrownBy(() -> CarriedDispersion.overall(first(simulated(1), 1), 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 to 3 repetitions, were 1");
    assertThatThrownBy(() -> CarriedDispersion.overall(first(simulated(1), 4), 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("were 4");
    assertThatThrownBy(() -> new ErrorTable(9, List.of(new byte[1])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("each of 9 examples, had 1 bytes");
  }

  /** An error has the probability 0.1 + 0.3 (example) + 0.5 (network and class), both uniform. */
  private static ErrorTable simulated(int sweep) {
    CounterRandom random = CounterRandom.of(sweep, "test");
    List<byte[]> rows = new ArrayList<>();
    for (int r = 0; r < AT_MOST; r++) {
      byte[] row = new byte[(EXAMPLES + 7) / 8];
      for (int i = 0; i < EXAMPLES; i++) {
        double rate = 0.1 + 0.3 * random.uniform(0, i) + 0.5 * random.uniform(1 + labels()[i], r);
        if (random.uniform(10 + r, i) < rate) {
          row[i >> 3] |= (byte) (1 << (i & 7));
        }
      }
      rows.add(row);
    }
    return new ErrorTable(EXAMPLES, rows);
  }

  private static ErrorTable first(ErrorTable errors, int repetitions) {
    return new ErrorTable(errors.examples(), errors.rows().subList(0, repetitions));
  }

  private static int[] labels() {
    int[] labels = new int[EXAMPLES];
    for (int i = 0; i < EXAMPLES; i++) {
      labels[i] = i % 3;
    }
    return labels;
  }

  private static int[] counts(ErrorTable errors) {
    int[] counts = new int[errors.examples()];
    byte[][] wrong = errors.byExample();
    for (int i = 0; i < counts.length; i++) {
      for (byte one : wrong[i]) {
        counts[i] += one;
      }
    }
    return counts;
  }

  private static boolean misses(Interval interval, double value) {
    return value < interval.low() || value > interval.high();
  }
}
