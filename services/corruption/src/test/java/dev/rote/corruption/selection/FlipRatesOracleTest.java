package dev.rote.corruption.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Quantiles of the truncated normal distribution as SciPy has them: {@code instance_noise.py}. */
class FlipRatesOracleTest {
  private static final double[] SHARES = {0, 0.001, 0.25, 0.5, 0.9, 0.999};

  @ParameterizedTest
  @CsvSource({
    "0.05, 0, 0.000196, 0.045337, 0.089687, 0.198218, 0.369819, 0.100916",
    "0.2, 0, 0.001778, 0.137828, 0.202852, 0.329462, 0.509706, 0.205525",
    "0.45, 0, 0.141077, 0.382552, 0.45, 0.578155, 0.759023, 0.450002",
    "1, 0, 0.670947, 0.884965, 0.932551, 0.987434, 0.999875, 0.920212"
  })
  void at_sharesOfTheDistribution_isTheQuantile(
      double mean, double q0, double q1, double q2, double q3, double q4, double q5, double of) {
    FlipRates rates = new FlipRates(1, "rate", mean);
    double[] quantiles = {q0, q1, q2, q3, q4, q5};
    for (int i = 0; i < SHARES.length; i++) {
      assertThat(rates.at(SHARES[i])).isCloseTo(quantiles[i], within(2e-6));
    }
    double sum = 0;
    for (int i = 0; i < 20_000; i++) {
      sum += rates.of(i);
    }
    assertThat(sum / 20_000).isCloseTo(of, within(4 * 0.1 / Math.sqrt(20_000)));
  }

  @Test
  void contains_higherMean_aSuperset() {
    Selection low = Selection.Rated.of(7, "flip", new FlipRates(7, "rate", 0.2));
    Selection high = Selection.Rated.of(7, "flip", new FlipRates(7, "rate", 0.5));
    int chosen = 0;
    for (int i = 0; i < 5000; i++) {
      if (low.contains(i)) {
        chosen++;
        assertThat(high.contains(i)).isTrue();
      }
    }
    assertThat(chosen / 5000.0).isCloseTo(0.2055, within(4 * Math.sqrt(0.2055 * 0.7945 / 5000)));
  }
}
