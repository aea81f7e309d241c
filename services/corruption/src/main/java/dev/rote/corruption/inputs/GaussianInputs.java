package dev.rote.corruption.inputs;

import dev.rote.random.CounterRandom;
import dev.rote.random.GaussianQuantile;

/**
 * Independent Gaussian noise (the paper's randX) with a mean and standard deviation per value, not
 * clipped to [0, 1]. Stream {@code inputs/gaussian/<split>}: value {@code v} is the quantile of the
 * {@code v}th 32-bit word of the example.
 */
public final class GaussianInputs implements InputRule.Noise {
  private static final double TO_UNIT = 0x1.0p-32;
  private static final long WORD = 0xFFFFFFFFL;

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
    for (int v = 0; v < words.length; v++) {
      float normal = (float) GaussianQuantile.of(((words[v] & WORD) + 0.5) * TO_UNIT);
      out[v] = normal * deviations[v] + means[v];
    }
  }
}
