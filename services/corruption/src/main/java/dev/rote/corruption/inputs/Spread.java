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
}
