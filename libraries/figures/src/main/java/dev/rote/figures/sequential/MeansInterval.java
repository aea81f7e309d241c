package dev.rote.figures.sequential;

import dev.rote.figures.statistics.Interval;
import dev.rote.figures.statistics.MeanInterval;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Interval of a statistic of several means that has no formula of its own, such as a rank
 * correlation of means: by drawing the means that the repetitions leave possible.
 *
 * <p>A draw of the means is mean + S<sup>1/2</sup> g / &radic;n &radic;((n - 1) /
 * &chi;&sup2;<sub>n-1</sub>), where S is the sample covariance over repetitions, g standard normal:
 * multivariate Student, the posterior of normal means without prior knowledge. Of a linear
 * statistic the interval is Student's; the pairing over repetitions is kept in S. Source: A. Gelman
 * and others, "Bayesian Data Analysis", section 3.6.
 */
public final class MeansInterval {
  static final int DRAWS = 20_000;
  private static final long SEED = 3;

  private MeansInterval() {}

  /**
   * The interval at a level; without ends when there are fewer than two repetitions, the level is
   * too strict for so many draws, or one of the means is of equal values that are too few to say
   * that they have no spread.
   *
   * @param rows float64[repetitions, means]
   * @param statistic of the means, NaN where it is undefined
   * @param level how often it may miss, in [0, 1]
   */
  public static Interval of(double[][] rows, ToDoubleFunction<double[]> statistic, double level) {
    int n = rows.length;
    double[] means = new double[rows[0].length];
    for (double[] row : rows) {
      for (int j = 0; j < means.length; j++) {
        means[j] += row[j] / n;
      }
    }
    double estimate = statistic.applyAsDouble(means);
    int outside = (int) Math.floor(level / 2 * DRAWS);
    if (n < 2 || outside == 0 || (hasConstant(rows) && !MeanInterval.equalSuffice(n, level))) {
      return new Interval(estimate, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, n);
    }
    NormalSequences draws = new NormalSequences(SEED);
    double[] drawn = new double[DRAWS];
    double[] at = new double[means.length];
    for (int draw = 0; draw < DRAWS; draw++) {
      System.arraycopy(means, 0, at, 0, at.length);
      double scale = 1 / Math.sqrt(draws.chiSquared(n - 1) * n);
      for (double[] row : rows) {
        double weight = scale * draws.gaussian();
        for (int j = 0; j < at.length; j++) {
          at[j] += weight * (row[j] - means[j]);
        }
      }
      drawn[draw] = statistic.applyAsDouble(at);
    }
    double[] sorted = Arrays.stream(drawn).filter(Double::isFinite).sorted().toArray();
    if (sorted.length < DRAWS) {
      return new Interval(estimate, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, n);
    }
    return new Interval(estimate, sorted[outside], sorted[DRAWS - 1 - outside], n);
  }

  private static boolean hasConstant(double[][] rows) {
    return IntStream.range(0, rows[0].length)
        .anyMatch(j -> Arrays.stream(rows).allMatch(row -> row[j] == rows[0][j]));
  }
}
