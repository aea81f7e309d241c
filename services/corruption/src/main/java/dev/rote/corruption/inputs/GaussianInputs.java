package dev.rote.corruption.inputs;

import dev.rote.random.CounterRandom;
import dev.rote.random.GaussianQuantile;

/**
 * Independent Gaussian noise (the paper's randX) with a mean and standard deviation per value, not
 * clipped to [0, 1]. Stream {@code inputs/gaussian/<split>}: value {@code v} is the quantile of the
 * {@code v}th 32-bit word of the example.
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
    int[] words = new int[means.length];
    random.fillBits(words, words.length, example);
    double[] normal = new double[words.length];
    GaussianQuantile.ofWords(words, words.length, normal);
    for (int v = 0; v < words.length; v++) {
      out[v] = (float) normal[v] * deviations[v] + means[v];
    }
  }
}
