package dev.rote.cli.adversarial;

import java.util.List;
import java.util.Locale;

/**
 * Pixels of adversarial examples that no picture has: farther outside [0, 1] than those of their
 * originals.
 *
 * @param pixels how many
 * @param farthest how far, in grey levels, at most
 */
public record PixelsOutside(long pixels, double farthest) {
  private static final double GREY_LEVELS = 255;

  /** Counts those of all adversarial examples found. */
  public static PixelsOutside of(List<Outcome> outcomes) {
    long pixels = 0;
    double farthest = 0;
    for (Outcome outcome : outcomes) {
      float[] original = Pixels.of(outcome.original());
      float[] found = Pixels.of(outcome.sample().getAdversarial());
      for (int i = 0; i < found.length; i++) {
        double beyond =
            Math.max(found[i] - Math.max(1.0, original[i]), Math.min(0.0, original[i]) - found[i]);
        if (beyond > 0) {
          pixels++;
          farthest = Math.max(farthest, beyond * GREY_LEVELS);
        }
      }
    }
    return new PixelsOutside(pixels, farthest);
  }

  /** As a sentence; empty when there are none. */
  public String sentence() {
    return pixels == 0
        ? ""
        : String.format(
            Locale.ROOT,
            "%d pixels of adversarial examples leave [0, 1] by up to %.3f grey levels, as in the"
                + " paper; --clip keeps them inside.",
            pixels,
            farthest);
  }
}
