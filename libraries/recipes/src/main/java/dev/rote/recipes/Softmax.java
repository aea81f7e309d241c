package dev.rote.recipes;

/** {@code p_k = exp(z_k) / Σ_j exp(z_j)}, and derivatives through it. */
final class Softmax {
  private Softmax() {}

  /**
   * Overwrites {@code p} with the probabilities.
   *
   * @return {@code log Σ_j exp(z_j)}
   */
  static double of(double[] z, double[] p) {
    double peak = z[0];
    for (double value : z) {
      peak = value > peak ? value : peak;
    }
    double sum = 0;
    for (int k = 0; k < z.length; k++) {
      p[k] = StrictMath.exp(z[k] - peak);
      sum += p[k];
    }
    for (int k = 0; k < z.length; k++) {
      p[k] /= sum;
    }
    return StrictMath.log(sum) + peak;
  }

  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }

  /** {@code p ∘ (u - ⟨p, u⟩)}: by the logits what u is by the probabilities, and ṗ of ż = u. */
  static void through(double[] p, double[] u, double[] out) {
    double mean = dot(p, u);
    for (int k = 0; k < p.length; k++) {
      out[k] = p[k] * (u[k] - mean);
    }
  }

  /**
   * The derivative of {@link #through} where p moves along ṗ and u along u̇: {@code ṗ ∘ (u - ⟨p,
   * u⟩) + p ∘ (u̇ - ⟨ṗ, u⟩ - ⟨p, u̇⟩)}.
   */
  static void throughAlong(double[] p, double[] pDot, double[] u, double[] uDot, double[] out) {
    double mean = dot(p, u);
    double meanDot = dot(pDot, u) + dot(p, uDot);
    for (int k = 0; k < p.length; k++) {
      out[k] = pDot[k] * (u[k] - mean) + p[k] * (uDot[k] - meanDot);
    }
  }
}
