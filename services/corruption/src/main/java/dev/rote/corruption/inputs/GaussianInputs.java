package dev.rote.corruption.inputs;

import dev.rote.random.CounterRandom;

/**
 * Independent Gaussian noise (the paper's randX) with a mean and standard deviation per value, not
 * clipped to [0, 1]. Stream {@code inputs/gaussian/<split>}, draws (example, value).
 */
public final class GaussianInputs implements InputRule.Noise {
  private final CounterRandom random;
  private final float[] means;
  private final float[] deviations;

  /**
   * @param means of each value, float32[V]
   * @param deviations standard deviation of each value, float32[V]
   */
  public GaussianInputs(long seed, String split, float[] means, float[] deviations) {
    this.random = CounterRandom.of(seed, "inputs/gaussian/" + split);
    this.means = means.clone();
    this.deviations = deviations.clone();
  }

  @Override
  public void draw(long example, float[] out) {
    random.fillGaussian(out, 0, means.length, example, 0, 1, 0);
    for (int v = 0; v < means.length; v++) {
      out[v] = out[v] * deviations[v] + means[v];
    }
  }
}
