package dev.rote.networks;

import dev.rote.random.CounterRandom;
import dev.rote.v1.ModelSpec.Initialization;

/**
 * Draws initial weights, stream {@code "init"} of the seed, addressed by (tensor, position).
 *
 * <p>Glorot and Bengio, AISTATS 2010, equation 16: variance {@code 2 / (fan_in + fan_out)}; He et
 * al., ICCV 2015, equation 10: variance {@code 2 / fan_in}. Uniform draws have the bounds {@code ±
 * sqrt(3 variance)}. Differs from the papers: none.
 */
public final class Initializer {
  private Initializer() {}

  /**
   * Fills {@code values}.
   *
   * @param fans fan-in and fan-out
   */
  public static void draw(
      long seed, Initialization initialization, int tensor, long[] fans, float[] values) {
    CounterRandom random = CounterRandom.of(seed, "init");
    boolean he =
        initialization == Initialization.HE_UNIFORM || initialization == Initialization.HE_NORMAL;
    double variance = he ? 2.0 / fans[0] : 2.0 / (fans[0] + fans[1]);
    boolean normal =
        initialization == Initialization.HE_NORMAL
            || initialization == Initialization.GLOROT_NORMAL;
    if (normal) {
      random.fillGaussian(values, 0, values.length, tensor, 0, Math.sqrt(variance), 0);
      return;
    }
    random.fillUniform(values, tensor, Math.sqrt(3 * variance));
  }
}
