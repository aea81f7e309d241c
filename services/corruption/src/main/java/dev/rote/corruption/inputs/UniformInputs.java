package dev.rote.corruption.inputs;

import dev.rote.random.CounterRandom;

/**
 * Independent noise uniform in [0, 1), multiples of 2<sup>-24</sup>. Stream {@code
 * inputs/uniform/<split>}: value {@code v} is made of the upper bits of the {@code v}th 32-bit word
 * of the example.
 */
public final class UniformInputs implements InputRule.Noise {
  private static final float TO_UNIT = 0x1.0p-24f;

  private final CounterRandom random;

  public UniformInputs(long seed, String split) {
    this.random = CounterRandom.of(seed, "inputs/uniform/" + split);
  }

  @Override
  public void draw(long example, float[] out) {
    int[] words = new int[out.length];
    random.fillBits(words, words.length, example);
    for (int v = 0; v < words.length; v++) {
      out[v] = (words[v] >>> 8) * TO_UNIT;
    }
  }
}
