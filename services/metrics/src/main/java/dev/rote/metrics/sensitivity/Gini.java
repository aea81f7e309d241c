package dev.rote.metrics.sensitivity;

import java.util.Arrays;

/** Inequality of non-negative values. */
final class Gini {
  private Gini() {}

  /**
   * Gini coefficient {@code Σ_i Σ_j |x_i - x_j| / (2 n Σ_i x_i)} (Arpit et al. 2017, section 3.2),
   * computed as {@code Σ_i (2 i - n - 1) x_(i) / (n Σ_i x_i)} over the values in ascending order, i
   * from 1. Differs from the paper: none.
   *
   * @return in [0, 1); NaN without values, when all are 0, or when one is NaN
   */
  static double of(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    double weighted = 0;
    double sum = 0;
    for (int i = 0; i < n; i++) {
      weighted += (2.0 * i + 1 - n) * sorted[i];
      sum += sorted[i];
    }
    return weighted / (n * sum);
  }
}
