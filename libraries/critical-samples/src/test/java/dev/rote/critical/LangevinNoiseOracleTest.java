package dev.rote.critical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rote.random.GaussianQuantile;
import org.junit.jupiter.api.Test;

class LangevinNoiseOracleTest {

  /** Every 65537th word, all cells and both tails among them, against the computed quantile. */
  @Test
  void gaussian_wordsOfTheWholeRange_areTheQuantile() {
    for (long word = 0; word < 1L << 32; word += 65537) {
      double exact = GaussianQuantile.of((word + 0.5) / 0x1.0p32);
      assertThat((double) LangevinNoise.gaussian((int) word)).isCloseTo(exact, within(1.2e-5));
    }
  }

  /** Phi(1.95996) = 0.975, Phi(0) = 0.5, Phi(0.67449) = 0.75. */
  @Test
  void gaussian_knownQuantiles_areMet() {
    assertThat(LangevinNoise.gaussian((int) (0.975 * 0x1.0p32 - 0x1.0p32)))
        .isCloseTo(1.959964f, within(1e-5f));
    assertThat(LangevinNoise.gaussian(1 << 31)).isCloseTo(0f, within(1e-6f));
    assertThat(LangevinNoise.gaussian(3 << 30)).isCloseTo(0.6744898f, within(1e-5f));
    assertThat(LangevinNoise.gaussian(1 << 30)).isCloseTo(-0.6744898f, within(1e-5f));
  }

  @Test
  void addTo_manyDraws_meanZeroAndTheStandardDeviationAsked() {
    int length = 1001;
    int rounds = 400;
    LangevinNoise noise = new LangevinNoise(1, "lass", 0.5, length);
    double sum = 0;
    double squares = 0;
    for (int round = 0; round < rounds; round++) {
      float[] points = new float[length + 2];
      noise.addTo(points, 1, round % 20, round / 20);
      assertThat(points[0]).isZero();
      assertThat(points[length + 1]).isZero();
      for (float point : points) {
        sum += point;
        squares += (double) point * point;
      }
    }
    double n = (double) length * rounds;
    /* Five standard errors: 0.5 / sqrt(n), and 0.25 sqrt(2 / n) of the variance. */
    assertThat(sum / n).isCloseTo(0, within(5 * 0.5 / Math.sqrt(n)));
    assertThat(squares / n).isCloseTo(0.25, within(5 * 0.25 * Math.sqrt(2 / n)));
  }
}
