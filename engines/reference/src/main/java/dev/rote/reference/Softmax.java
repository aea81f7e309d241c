package dev.rote.reference;

/**
 * Cross-entropy of a softmax, in nats, of one row of logits z: {@code loss = log sum_k exp(z_k) -
 * z_y}, {@code d loss / d z_k = p_k - [k = y]}, {@code ∂²loss/∂z² = diag(p) - p pᵀ}.
 */
final class Softmax {
  private Softmax() {}

  /** The class of the largest logit. */
  static int largest(double[] z) {
    int best = 0;
    for (int k = 1; k < z.length; k++) {
      if (z[k] > z[best]) {
        best = k;
      }
    }
    return best;
  }

  static double[] probabilities(double[] z) {
    double peak = z[largest(z)];
    double[] p = new double[z.length];
    double sum = 0;
    for (int k = 0; k < z.length; k++) {
      p[k] = StrictMath.exp(z[k] - peak);
      sum += p[k];
    }
    for (int k = 0; k < z.length; k++) {
      p[k] /= sum;
    }
    return p;
  }

  static double loss(double[] z, int label) {
    double peak = z[largest(z)];
    double sum = 0;
    for (double value : z) {
      sum += StrictMath.exp(value - peak);
    }
    return StrictMath.log(sum) + peak - z[label];
  }

  /** {@code weight (p - y)}. */
  static double[] gradient(double[] p, int label, double weight) {
    double[] gradient = new double[p.length];
    for (int k = 0; k < p.length; k++) {
      gradient[k] = weight * (p[k] - (k == label ? 1 : 0));
    }
    return gradient;
  }

  /** Derivative of the gradient where z moves along ż: {@code weight (p ∘ ż - p ⟨p, ż⟩)}. */
  static double[] curvature(double[] p, double[] tangent, double weight) {
    double mean = 0;
    for (int k = 0; k < p.length; k++) {
      mean += p[k] * tangent[k];
    }
    double[] derivative = new double[p.length];
    for (int k = 0; k < p.length; k++) {
      derivative[k] = weight * p[k] * (tangent[k] - mean);
    }
    return derivative;
  }
}
