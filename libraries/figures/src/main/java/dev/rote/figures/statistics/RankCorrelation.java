package dev.rote.figures.statistics;

/**
 * Spearman's rank correlation: Pearson's correlation of the ranks, ties sharing the mean of theirs
 * (C. Spearman, "The proof and measurement of association between two things", 1904).
 *
 * <p>Differs from the paper: none.
 */
public final class RankCorrelation {

  private RankCorrelation() {}

  /**
   * Correlation of the ranks of pairs, in [-1, 1]; NaN with fewer than two pairs, and where all of
   * one side are equal.
   *
   * @param x float32[N] without NaN
   * @param y float32[N] without NaN
   * @throws IllegalArgumentException when the lengths differ
   */
  public static double of(float[] x, float[] y) {
    if (x.length != y.length) {
      throw new IllegalArgumentException(
          "a correlation needs pairs, had " + x.length + " and " + y.length + " values");
    }
    return ofRanks(MidRanks.of(x), MidRanks.of(y));
  }

  /** The same of ranks, float64[N] each. */
  public static double ofRanks(double[] x, double[] y) {
    double mean = (x.length + 1) / 2.0;
    double xx = 0;
    double yy = 0;
    double xy = 0;
    for (int i = 0; i < x.length; i++) {
      xx += (x[i] - mean) * (x[i] - mean);
      yy += (y[i] - mean) * (y[i] - mean);
      xy += (x[i] - mean) * (y[i] - mean);
    }
    return xx == 0 || yy == 0 ? Double.NaN : Math.max(-1, Math.min(1, xy / Math.sqrt(xx * yy)));
  }
}
