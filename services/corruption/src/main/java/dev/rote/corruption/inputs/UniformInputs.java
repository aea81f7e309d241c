package dev.rote.corruption.inputs;

import dev.rote.random.CounterRandom;

/**
 * Independent noise uniform in [0, 1), multiples of 2<sup>-24</sup>. Stream {@code
 * inputs/uniform/<split>}, draws (example, value / 2), low half first.
 */
public final class UniformInputs implements InputRule.Noise {
  private static final float TO_UNIT = 0x1.0p-24f;

  private final CounterRandom random;

  public UniformInputs(long seed, String split) {
    this.random = CounterRandom.of(seed, "inputs/uniform/" + split);
  }

  @Override
  public void draw(long example, float[] out) {
    for (int v = 0; v < out.length; v += 2) {
      long bits = random.bits(example, v >>> 1);
      out[v] = ((int) bits >>> 8) * TO_UNIT;
      if (v + 1 < out.length) {
        out[v + 1] = (int) (bits >>> 40) * TO_UNIT;
      }
    }
  }
}
