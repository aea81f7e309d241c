package dev.rote.figures.statistics;

import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * What sorted error rates look like when all examples are equally hard: N sorted samples of
 * Binomial(R, p) / R.
 *
 * <p>Sample i of N is the exact quantile at (i + 1/2) / N, i from 0, so the curve has no sampling
 * noise.
 *
 * <p>Differs from the paper (Fig 1 of Arpit et al. 2017): quantiles in place of random draws.
 */
public final class BinomialReference {

  private BinomialReference() {}

  /**
   * Sorted rates, float64[examples] in [0, 1].
   *
   * @param examples N, at least 1
   * @param repetitions R, at least 1
   * @param probability p in [0, 1]
   */
  public static double[] sortedRates(int examples, int repetitions, double probability) {
    BinomialDistribution binomial = BinomialDistribution.of(repetitions, probability);
    double[] rates = new double[examples];
    for (int i = 0; i < examples; i++) {
      int count = binomial.inverseCumulativeProbability((i + 0.5) / examples);
      rates[i] = count / (double) repetitions;
    }
    return rates;
  }
}
