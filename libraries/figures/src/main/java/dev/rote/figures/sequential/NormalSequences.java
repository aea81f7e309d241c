package dev.rote.figures.sequential;

import java.util.SplittableRandom;

/**
 * Draws what blocks of normal values have for mean and for squares about it, without drawing the
 * values: of m values from N(0, 1) the mean is N(0, 1/m), and independent of it the squares about
 * it sum up to &chi;&sup2; with m - 1 degrees of freedom. Not safe for use by several threads.
 */
final class NormalSequences {
  /* Fewer than 2^-53 to the 15th does not underflow. */
  private static final int UNIFORMS_AT_ONCE = 15;

  private final SplittableRandom random;
  private double spare;
  private boolean hasSpare;

  NormalSequences(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** From (0, 1]. */
  private double uniform() {
    return ((random.nextLong() >>> 11) + 1) * 0x1.0p-53;
  }

  /** A standard normal draw (Box and Muller's). */
  double gaussian() {
    if (hasSpare) {
      hasSpare = false;
      return spare;
    }
    double radius = Math.sqrt(-2 * StrictMath.log(uniform()));
    double angle = 2 * Math.PI * uniform();
    spare = radius * StrictMath.sin(angle);
    hasSpare = true;
    return radius * StrictMath.cos(angle);
  }

  /** A draw from &chi;&sup2;; two degrees of freedom are an exponential draw. */
  double chiSquared(int degreesOfFreedom) {
    double sum = 0;
    int pairs = degreesOfFreedom / 2;
    while (pairs > 0) {
      double product = 1;
      for (int i = Math.min(pairs, UNIFORMS_AT_ONCE); i > 0; i--) {
        product *= uniform();
        pairs--;
      }
      sum -= 2 * StrictMath.log(product);
    }
    if (degreesOfFreedom % 2 == 1) {
      double one = gaussian();
      sum += one * one;
    }
    return sum;
  }

  /**
   * What a sequence of values has come to.
   *
   * @param squares sum of squares about the mean
   */
  record Sum(int count, double mean, double squares) {
    static final Sum NONE = new Sum(0, 0, 0);

    /** Student's statistic of the mean against a threshold. */
    double student(double threshold) {
      return (mean - threshold) / Math.sqrt(squares / (count - 1) / count);
    }
  }

  /**
   * The sum after more values from N(mean, deviation&sup2;). Source of the update: T. F. Chan, G.
   * H. Golub, R. J. LeVeque, "Updating formulae and a pairwise algorithm for computing sample
   * variances" (1979).
   */
  Sum and(Sum before, int more, double mean, double deviation) {
    double added = mean + deviation * gaussian() / Math.sqrt(more);
    double around = deviation * deviation * chiSquared(more - 1);
    int count = before.count() + more;
    double apart = added - before.mean();
    return new Sum(
        count,
        before.mean() + apart * more / count,
        before.squares() + around + apart * apart * before.count() * more / count);
  }
}
