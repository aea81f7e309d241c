package dev.rote.critical;

import dev.rote.random.CounterRandom;
import dev.rote.random.GaussianQuantile;

/**
 * The noise {@code beta eta} of a search, {@code eta ~ N(0, 1)} per coordinate: a pure function of
 * (seed, purpose, example, iteration, coordinate).
 */
final class LangevinNoise {
  /*
   * A search draws as many Gaussians as the network multiplies, so a draw must cost nanoseconds:
   * each is the quantile of one 32-bit word, interpolated linearly in a table of 4096 cells. The
   * error is largest at the ends of the middle part, below h^2 q'' / 8 = 1.1e-5 with h = 1/4096
   * and q'' = 1440 at p = 1/64. The tails beyond, 3 % of the draws, are computed.
   */
  static final int ITERATION_BITS = 17;
  private static final int CELL_BITS = 12;
  private static final int CELLS = 1 << CELL_BITS;
  private static final int TAIL_CELLS = CELLS / 64;
  private static final int FRACTION_BITS = 32 - CELL_BITS;
  private static final int FRACTION_MASK = (1 << FRACTION_BITS) - 1;
  private static final float FRACTION_UNIT = 1f / (1 << FRACTION_BITS);
  private static final float[] QUANTILES = new float[CELLS + 1];

  static {
    for (int cell = TAIL_CELLS; cell <= CELLS - TAIL_CELLS; cell++) {
      QUANTILES[cell] = (float) GaussianQuantile.of((double) cell / CELLS);
    }
  }

  private final CounterRandom random;
  private final float beta;
  private final int[] words;

  /**
   * @param beta standard deviation
   * @param length coordinates D
   */
  LangevinNoise(long seed, String purpose, double beta, int length) {
    this.random = CounterRandom.of(seed, purpose + "-noise");
    this.beta = (float) beta;
    this.words = new int[length];
  }

  /**
   * Adds the noise of one iteration to {@code points[at … at + D)}.
   *
   * @param iteration from 0, below 2<sup>17</sup>
   */
  void addTo(float[] points, int at, long example, int iteration) {
    random.fillBits(words, words.length, example << ITERATION_BITS | iteration);
    for (int i = 0; i < words.length; i++) {
      points[at + i] += beta * gaussian(words[i]);
    }
  }

  /** The standard Gaussian draw of 32 uniform bits. */
  static float gaussian(int word) {
    int cell = word >>> FRACTION_BITS;
    if (cell < TAIL_CELLS || cell >= CELLS - TAIL_CELLS) {
      return (float) GaussianQuantile.of((Integer.toUnsignedLong(word) + 0.5) * 0x1.0p-32);
    }
    float fraction = ((word & FRACTION_MASK) + 0.5f) * FRACTION_UNIT;
    float low = QUANTILES[cell];
    return low + (QUANTILES[cell + 1] - low) * fraction;
  }
}
