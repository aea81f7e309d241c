package dev.rote.figures.statistics;

/**
 * Mean of independent samples of a quantity that cannot be negative, with a 95 % interval that does
 * not leave its range: the score interval of E. B. Wilson ("Probable inference, the law of
 * succession, and statistical inference", JASA 22, 1927), widened for the spread that the samples
 * have.
 *
 * <p>All &mu; with (mean - &mu;)&sup2; &le; t&sup2; &phi; V(&mu;) / n, where V(&mu;) = &mu; (1 -
 * &mu; / U) for a quantity in [0, U], which is &mu;(1 - &mu;) for shares and &mu; for quantities
 * without a largest value; t is Student's quantile for n - 1 degrees of freedom, &phi; = s&sup2; /
 * V(mean) the dispersion as in quasi-likelihood (R. W. M. Wedderburn, Biometrika 61, 1974) and
 * s&sup2; the sample variance.
 *
 * <p>Differs from Student's interval where the mean is within a few standard errors of an end of
 * the range: there it is skewed away from the end, and covers the mean more nearly as often as it
 * says ({@code ScoreIntervalOracleTest}). Far from the ends they agree.
 */
public final class ScoreInterval {
  private ScoreInterval() {}

  /**
   * The mean and its interval; both ends equal it with one sample, or where all samples are equal.
   *
   * @param samples at least one value in [0, upper]
   * @param upper U, the largest value that the quantity can have; may be infinite
   * @throws IllegalArgumentException when there is none, or one lies outside
   */
  public static Interval of(double[] samples, double upper) {
    return of(samples, upper, MeanInterval.LEVEL);
  }

  /**
   * The same interval at another level.
   *
   * @param level how often it may miss, in (0, 1]; 0.05 for a 95 % interval
   */
  public static Interval of(double[] samples, double upper, double level) {
    for (double sample : samples) {
      if (!(sample >= 0 && sample <= upper)) {
        throw new IllegalArgumentException("a sample must be in [0, " + upper + "], was " + sample);
      }
    }
    Interval student = MeanInterval.of(samples, level);
    double mean = student.estimate();
    double half = student.high() - mean;
    double variance = mean * (1 - mean / upper);
    if (half == 0 || variance <= 0) {
      return Interval.point(mean, samples.length);
    }
    /* (1 + a / U) mu^2 - (2 mean + a) mu + mean^2 = 0. */
    double a = half * half / variance;
    double square = 1 + a / upper;
    double centre = mean + a / 2;
    double reach = Math.sqrt(Math.max(0, centre * centre - square * mean * mean));
    return new Interval(
        mean,
        Math.max(0, Math.min(mean, (centre - reach) / square)),
        Math.min(upper, Math.max(mean, (centre + reach) / square)),
        samples.length);
  }
}
