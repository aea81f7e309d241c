package dev.rote.figures.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BinomialReferenceOracleTest {

  /** Binomial(2, 1/2): 0, 1, 2 with 1/4, 1/2, 1/4; quantiles at 1/16, 3/16, … of eight samples. */
  @Test
  void shouldShareSamplesByProbability() {
    assertThat(BinomialReference.sortedRates(8, 2, 0.5))
        .containsExactly(0, 0, 0.5, 0.5, 0.5, 0.5, 1, 1);
  }

  @Test
  void shouldHaveTheMeanAndSpreadOfTheBinomial() {
    double[] rates = BinomialReference.sortedRates(1000, 100, 0.37);
    int[] errors = Arrays.stream(rates).mapToInt(rate -> (int) Math.round(100 * rate)).toArray();
    assertThat(Arrays.stream(rates).average().orElseThrow()).isBetween(0.368, 0.372);
    assertThat(Dispersion.estimate(errors, 100)).isBetween(0.97, 1.03);
    assertThat(rates).isSorted();
  }

  @Test
  void shouldTakeTheEndsOfTheRange() {
    assertThat(BinomialReference.sortedRates(3, 10, 0)).containsExactly(0, 0, 0);
    assertThat(BinomialReference.sortedRates(3, 10, 1)).containsExactly(1, 1, 1);
  }
}
