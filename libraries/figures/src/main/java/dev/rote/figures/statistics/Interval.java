package dev.rote.figures.statistics;

/**
 * An estimate with the ends of its 95 % confidence interval.
 *
 * @param estimate the point estimate
 * @param low lower end, at most {@code high}
 * @param high upper end
 * @param samples independent samples behind the estimate
 */
public record Interval(double estimate, double low, double high, int samples) {

  /** An estimate without a spread: both ends equal it. */
  public static Interval point(double estimate, int samples) {
    return new Interval(estimate, estimate, estimate, samples);
  }
}
