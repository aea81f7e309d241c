package dev.rote.figures.statistics;

import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Mean of independent samples with Student's 95 % interval.
 *
 * <p>mean &plusmn; t<sub>0.975, n-1</sub> s / &radic;n, where s&sup2; = &Sigma;(x<sub>i</sub> -
 * mean)&sup2; / (n - 1). Source: Student, "The probable error of a mean", Biometrika 6 (1908).
 */
public final class MeanInterval {
  /** Level of a 95 % interval: how often it may miss, either way. */
  static final double LEVEL = 0.05;

  private MeanInterval() {}

  /**
   * The mean and its interval; with one sample both ends equal it.
   *
   * @param samples at least one finite value
   * @throws IllegalArgumentException when there is none
   */
  public static Interval of(double[] samples) {
    return of(samples, LEVEL);
  }

  /**
   * The same interval at another level.
   *
   * @param level how often it may miss, in (0, 1]; 0.05 for a 95 % interval
   */
  public static Interval of(double[] samples, double level) {
    int n = samples.length;
    if (n == 0) {
      throw new IllegalArgumentException("a mean needs at least 1 sample, was given 0");
    }
    double mean = mean(samples);
    if (n == 1) {
      return Interval.point(mean, 1);
    }
    double half = quantile(n - 1, level) * Math.sqrt(variance(samples) / n);
    return new Interval(mean, mean - half, mean + half, n);
  }

  /**
   * Mean of a - b over pairs with its interval (the paired t interval).
   *
   * @throws IllegalArgumentException when the lengths differ or are zero
   */
  public static Interval ofDifferences(double[] a, double[] b) {
    if (a.length != b.length) {
      throw new IllegalArgumentException(
          "pairs need equal lengths, were " + a.length + " and " + b.length);
    }
    double[] differences = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      differences[i] = a[i] - b[i];
    }
    return of(differences);
  }

  /**
   * Whether so many equal samples, of which no spread can be told, say that the median is theirs.
   * By the sign test: all n lie on one side of any other median with probability 2<sup>1-n</sup>.
   *
   * @param level how often that may be wrong
   */
  public static boolean equalSuffice(int n, double level) {
    return Math.pow(2, 1 - n) <= level;
  }

  /** Arithmetic mean, summed in order in float64. */
  public static double mean(double[] samples) {
    double sum = 0;
    for (double sample : samples) {
      sum += sample;
    }
    return sum / samples.length;
  }

  /** Unbiased sample variance (denominator n - 1). */
  public static double variance(double[] samples) {
    double mean = mean(samples);
    double squares = 0;
    for (double sample : samples) {
      squares += (sample - mean) * (sample - mean);
    }
    return squares / (samples.length - 1);
  }

  private static double quantile(int degreesOfFreedom, double level) {
    return TDistribution.of(degreesOfFreedom).inverseCumulativeProbability(1 - level / 2);
  }
}
