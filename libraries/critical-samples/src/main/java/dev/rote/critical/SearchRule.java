package dev.rote.critical;

import dev.rote.v1.AdversarialTraining;
import dev.rote.v1.CriticalSamples;
import dev.rote.v1.Lass;
import dev.rote.v1.Pgd;

/**
 * How the box around an example is searched: {@code x~ <- clip(x~ + alpha sign(gradient) + beta
 * eta)} with {@code eta ~ N(0, 1)} per coordinate, clipped to {@code [x - radius, x + radius]}.
 *
 * <p>One rule covers the three searches: LASS has noise, PGD a random start, FGSM a single step of
 * the whole radius. All lengths are in units of the input.
 *
 * @param name {@code lass}, {@code fgsm}, {@code pgd} or {@code adversarial}; also the purpose of
 *     the random stream
 * @param radius r, half the side of the box, at least 0
 * @param alpha step on the sign of the gradient
 * @param beta standard deviation of the noise of a step
 * @param iterations cap on steps, at least 1
 * @param randomStart whether the search starts uniformly in the box instead of at the example
 * @param stopBelow ends the search of a whole set after the first step that finds fewer new
 *     critical samples than this; 0: never
 * @param clip whether points are kept in [0, 1], too: none leaves it farther than its example does
 */
public record SearchRule(
    String name,
    double radius,
    double alpha,
    double beta,
    int iterations,
    boolean randomStart,
    int stopBelow,
    boolean clip) {
  /** Grey levels of the [0, 1] input: the unit of lengths in a spec that says no other. */
  public static final double GREY_LEVELS = 255;

  /** A rule whose points are clipped to the box alone, as in the paper. */
  public SearchRule(
      String name,
      double radius,
      double alpha,
      double beta,
      int iterations,
      boolean randomStart,
      int stopBelow) {
    this(name, radius, alpha, beta, iterations, randomStart, stopBelow, false);
  }

  /**
   * The rule that a spec asks for.
   *
   * @param spec all defaults filled in and validated
   * @throws IllegalArgumentException if the spec names no search
   */
  public static SearchRule of(CriticalSamples spec) {
    double parts = parts(spec.getUnit());
    double radius = spec.getRadius() / parts;
    return switch (spec.getSearchCase()) {
      case LASS -> lass("lass", radius, spec.getLass(), parts);
      case FGSM -> new SearchRule("fgsm", radius, radius, 0, 1, false, 0);
      case PGD -> {
        Pgd pgd = spec.getPgd();
        yield new SearchRule(
            "pgd", radius, pgd.getAlpha() / parts, 0, pgd.getIterations(), true, 0);
      }
      case SEARCH_NOT_SET -> throw new IllegalArgumentException("the spec names no search");
    };
  }

  /**
   * The LASS that adversarial training asks for; its random stream is its own.
   *
   * @param spec all defaults filled in and validated
   */
  public static SearchRule of(AdversarialTraining spec) {
    double parts = parts(spec.getUnit());
    return lass("adversarial", spec.getRadius() / parts, spec.getLass(), parts);
  }

  /** Lengths of a spec that are 1 in the input. */
  private static double parts(CriticalSamples.Unit unit) {
    return unit == CriticalSamples.Unit.INPUTS ? 1 : GREY_LEVELS;
  }

  private static SearchRule lass(String name, double radius, Lass lass, double parts) {
    return new SearchRule(
        name,
        radius,
        lass.getAlpha() / parts,
        lass.getBeta() / parts,
        lass.getIterations(),
        false,
        lass.getStopBelow() < 0 ? Integer.MAX_VALUE : lass.getStopBelow());
  }

  /** The same search without its stop rule. */
  SearchRule withoutStop() {
    return new SearchRule(name, radius, alpha, beta, iterations, randomStart, 0, clip);
  }

  /** The same search of pictures alone: points are kept in [0, 1], too. */
  public SearchRule clipped() {
    return new SearchRule(name, radius, alpha, beta, iterations, randomStart, stopBelow, true);
  }
}
