package dev.rote.networks;

import dev.rote.random.CounterRandom;
import dev.rote.v1.ModelSpec.Initialization;

/**
 * Draws initial values, stream {@code "init"} of the seed, addressed by (tensor, position).
 *
 * <p>Glorot and Bengio, AISTATS 2010, equation 16: variance {@code 2 / (fan_in + fan_out)}; He et
 * al., ICCV 2015, equation 10: variance {@code 2 / fan_in}; {@code torch.nn.Linear} and {@code
 * Conv2d}: variance {@code 1 / (3 fan_in)}, uniform, of weights and biases (their {@code
 * reset_parameters}). Uniform draws have the bounds {@code ± sqrt(3 variance)}. Differs from the
 * sources: none.
 */
public final class Initializer {
  private Initializer() {}

  /** Whether biases are drawn, too; else they start at zero. */
  static boolean drawsBiases(Initialization initialization) {
    return initialization == Initialization.PYTORCH_DEFAULT;
  }

  /**
   * Fills {@code values}.
   *
   * @param fans fan-in and fan-out of the weights; of a bias, those of the weights beside it
   */
  public static void draw(
      long seed, Initialization initialization, int tensor, long[] fans, float[] values) {
    CounterRandom random = CounterRandom.of(seed, "init");
    double variance = variance(initialization, fans);
    boolean normal =
        initialization == Initialization.HE_NORMAL
            || initialization == Initialization.GLOROT_NORMAL;
    if (normal) {
      random.fillGaussian(values, 0, values.length, tensor, 0, Math.sqrt(variance), 0);
      return;
    }
    random.fillUniform(values, tensor, Math.sqrt(3 * variance));
  }

  private static double variance(Initialization initialization, long[] fans) {
    return switch (initialization) {
      case HE_UNIFORM, HE_NORMAL -> 2.0 / fans[0];
      case PYTORCH_DEFAULT -> 1.0 / (3.0 * fans[0]);
      case GLOROT_UNIFORM, GLOROT_NORMAL, UNSPECIFIED, UNRECOGNIZED -> 2.0 / (fans[0] + fans[1]);
    };
  }
}
