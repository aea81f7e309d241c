package dev.rote.networks;

import dev.rote.random.CounterRandom;
import dev.rote.random.GaussianQuantile;

/**
 * Noise and masks of a step: pure functions of (seed, purpose, step, position), drawn from 32-bit
 * words so that they cost less than the products beside them.
 */
public final class Noise {
  private static final double TO_UNIT = 0x1.0p-32;
  private static final long LOW = 0xFFFFFFFFL;

  private Noise() {}

  /** Writes {@code sigma} times standard Gaussian draws. */
  public static void gaussian(
      StepSettings settings, String purpose, double sigma, float[] out, int length) {
    int[] words = words(settings, purpose, length);
    double[] normal = new double[length];
    GaussianQuantile.ofWords(words, length, normal);
    for (int i = 0; i < length; i++) {
      out[i] = (float) (sigma * normal[i]);
    }
  }

  /** Writes 0 with probability {@code rate}, else {@code 1 / (1 - rate)}. */
  public static void dropout(
      StepSettings settings, String purpose, double rate, float[] out, int length) {
    int[] words = words(settings, purpose, length);
    long bound = Math.round(rate / TO_UNIT);
    float kept = (float) (1 / (1 - rate));
    for (int i = 0; i < length; i++) {
      out[i] = (words[i] & LOW) < bound ? 0 : kept;
    }
  }

  private static int[] words(StepSettings settings, String purpose, int length) {
    int[] words = new int[length];
    CounterRandom.of(settings.seed(), purpose).fillBits(words, length, settings.step());
    return words;
  }
}
