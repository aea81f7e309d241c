package dev.rote.metrics.difficulty;

/** Probabilities of one row of finite logits, by {@code StrictMath}, so that bits stay. */
final class Softmax {
  private Softmax() {}

  /** float64[K], {@code exp(z_k) / Σ_j exp(z_j)}. */
  static double[] of(float[] logits, int offset, int classes) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < classes; k++) {
      largest = Math.max(largest, logits[offset + k]);
    }
    double[] p = new double[classes];
    double sum = 0;
    for (int k = 0; k < classes; k++) {
      p[k] = StrictMath.exp(logits[offset + k] - largest);
      sum += p[k];
    }
    for (int k = 0; k < classes; k++) {
      p[k] /= sum;
    }
    return p;
  }
}
