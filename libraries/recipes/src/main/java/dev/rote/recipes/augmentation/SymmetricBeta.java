package dev.rote.recipes.augmentation;

import dev.rote.random.CounterRandom;

/**
 * Draws of Beta(α, α) as {@code A / (A + B)} of two draws of Gamma(α): those of Gamma(α + 1) by
 * rejection (Marsaglia and Tsang, ACM TOMS 26, 2000, section 6), times {@code U^(1/α)}, in
 * logarithms, so that no α is too small. Differs from the paper: it lifts α below 1 alone.
 *
 * <p>Randomness: draw (major, ·) of the stream is a function of major alone. Attempt k of the
 * rejection, from 1 on, takes a Gaussian draw and a uniform one from minor counter 8 k on for A and
 * 8 k + 4 on for B; U is draw 0 for A and 4 for B.
 */
final class SymmetricBeta {
  private final double alpha;
  private final CounterRandom random;

  /**
   * @param alpha above 0
   */
  SymmetricBeta(double alpha, CounterRandom random) {
    this.alpha = alpha;
    this.random = random;
  }

  /** A draw from [0, 1]. */
  double draw(long major) {
    double apart = logGamma(major, 1) - logGamma(major, 0);
    return 1 / (1 + StrictMath.exp(apart));
  }

  private double logGamma(long major, int which) {
    double u = 1 - random.uniform(major, 4L * which);
    double lifted = StrictMath.log(u) / alpha;
    double d = alpha + 1 - 1.0 / 3;
    double c = 1 / Math.sqrt(9 * d);
    for (long attempt = 1; ; attempt++) {
      long at = 8 * attempt + 4L * which;
      double x = random.gaussian(major, at);
      double v = StrictMath.pow(1 + c * x, 3);
      double accepted = 1 - random.uniform(major, at + 2);
      if (v > 0 && StrictMath.log(accepted) < 0.5 * x * x + d - d * v + d * StrictMath.log(v)) {
        return StrictMath.log(d * v) + lifted;
      }
    }
  }
}
