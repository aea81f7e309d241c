package dev.rote.corruption.inputs;

import dev.rote.v1.InputCorruption.Statistics;

/** Means and standard deviations of inputs. */
public interface Spread {

  /**
   * Mean and standard deviation of each value over what the statistics pool.
   *
   * @return float32[2][V]: means, then deviations (population variance, denominator n)
   */
  float[][] of(Statistics statistics);

  /**
   * How many values, one after another, the statistics pool.
   *
   * @param channels C
   * @param values V, a multiple of C
   */
  static int pooled(Statistics statistics, int channels, int values) {
    return switch (statistics) {
      case SCALAR, UNSPECIFIED_STATISTICS -> values;
      case CHANNEL -> values / channels;
      case PIXEL -> 1;
      case UNRECOGNIZED -> throw new IllegalArgumentException("unknown statistics");
    };
  }
}
