package dev.rote.metrics.difficulty;

import java.util.Arrays;

/**
 * Local intrinsic dimension by maximum likelihood, {@code -(1/k Σ_{i ≤ k} log(r_i / r_k))⁻¹} with
 * r_i the distance to the i-th nearest other point of a batch (Amsaleg et al., KDD 2015, equation
 * of section 4; as used by Ma et al., ICLR 2018, equation 4, and ICML 2018). Differs from the
 * papers: none.
 */
final class IntrinsicDimension {
  private IntrinsicDimension() {}

  /**
   * Of each point of a batch.
   *
   * @param points float32[n, width] or longer
   * @param k neighbours, at least 2
   * @return float64[n]; NaN where a batch has not k other points, or k of them are equally far; 0
   *     where some, but not all of the k, are the point itself
   */
  static double[] of(float[] points, int n, int width, int k) {
    double[] dimensions = new double[n];
    double[] squares = new double[Math.max(0, n - 1)];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        if (j != i) {
          squares[j < i ? j : j - 1] = square(points, i * width, j * width, width);
        }
      }
      Arrays.sort(squares);
      dimensions[i] = squares.length < k ? Double.NaN : estimate(squares, k);
    }
    return dimensions;
  }

  private static double square(float[] points, int a, int b, int width) {
    double sum = 0;
    for (int j = 0; j < width; j++) {
      double difference = (double) points[a + j] - points[b + j];
      sum += difference * difference;
    }
    return sum;
  }

  private static double estimate(double[] squares, int k) {
    if (squares[0] == squares[k - 1] || Double.isNaN(squares[k - 1])) {
      return Double.NaN;
    }
    double sum = 0;
    for (int i = 0; i < k; i++) {
      /* Of squares, whose logarithm is twice that of distances. */
      sum += StrictMath.log(squares[i] / squares[k - 1]) / 2;
    }
    return -k / sum;
  }
}
