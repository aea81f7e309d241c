package dev.rote.networks.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rote.networks.Noise;
import dev.rote.networks.StepSettings;
import dev.rote.random.GaussianQuantile;
import org.junit.jupiter.api.Test;

class NoiseOracleTest {
  private static final int LENGTH = 100_000;
  private static final StepSettings STEP = Fixtures.settings(0.1, 0, Fixtures.NONE, 3);

  @Test
  void dropout_anyRate_dropsThatShareAndKeepsTheMean() {
    float[] mask = new float[LENGTH];
    Noise.dropout(STEP, "mask", 0.3, mask, LENGTH);
    double sum = 0;
    int dropped = 0;
    for (float m : mask) {
      assertThat(m == 0 || m == (float) (1 / 0.7)).isTrue();
      sum += m;
      dropped += m == 0 ? 1 : 0;
    }
    double error = 4 * Math.sqrt(0.3 * 0.7 / LENGTH);
    assertThat((double) dropped / LENGTH).isCloseTo(0.3, within(error));
    assertThat(sum / LENGTH).isCloseTo(1, within(error / 0.7));
  }

  @Test
  void gaussian_manyDraws_momentsAndIndependenceOfStep() {
    float[] draws = new float[LENGTH];
    Noise.gaussian(STEP, "noise", 2, draws, LENGTH);
    double sum = 0;
    double squares = 0;
    double fourth = 0;
    for (float z : draws) {
      sum += z;
      squares += z * (double) z;
      fourth += Math.pow(z, 4);
    }
    assertThat(sum / LENGTH).isCloseTo(0, within(4 * 2 / Math.sqrt(LENGTH)));
    assertThat(squares / LENGTH).isCloseTo(4, within(4 * 4 * Math.sqrt(2.0 / LENGTH)));
    assertThat(fourth / LENGTH).isCloseTo(48, within(4 * 16 * Math.sqrt(96.0 / LENGTH)));
    float[] again = new float[LENGTH];
    Noise.gaussian(STEP, "noise", 2, again, LENGTH);
    assertThat(again).containsExactly(draws);
    Noise.gaussian(Fixtures.settings(0.1, 0, Fixtures.NONE, 4), "noise", 2, again, LENGTH);
    assertThat(again[0]).isNotEqualTo(draws[0]);
  }

  /** Quantiles from tables of the normal distribution. */
  @Test
  void gaussianQuantile_tableValues() {
    assertThat(GaussianQuantile.of(0.5)).isZero();
    assertThat(GaussianQuantile.of(0.975)).isCloseTo(1.959963985, within(1e-6));
    assertThat(GaussianQuantile.of(0.025)).isCloseTo(-1.959963985, within(1e-6));
    assertThat(GaussianQuantile.of(0.8413447461)).isCloseTo(1, within(1e-6));
    assertThat(GaussianQuantile.of(1e-5)).isCloseTo(-4.264890794, within(1e-6));
    assertThat(GaussianQuantile.of(1e-12)).isCloseTo(-7.034483825, within(2e-6));
  }
}
