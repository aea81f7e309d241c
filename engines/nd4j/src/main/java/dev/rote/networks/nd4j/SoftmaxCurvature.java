package dev.rote.networks.nd4j;

/**
 * First and second derivatives of the cross-entropy of a softmax by the logits, computed in float64
 * on the Java heap: {@code ∂ℓ/∂z = p - y} and {@code ∂²ℓ/∂z² = diag(p) - p pᵀ}.
 */
final class SoftmaxCurvature implements LossCurvature {
  private final int classes;
  private double[] probabilities = new double[0];
  private int[] labels = new int[0];

  SoftmaxCurvature(int classes) {
    this.classes = classes;
  }

  @Override
  public void look(float[] logits, int[] labels, int n) {
    this.labels = labels.clone();
    if (probabilities.length < n * classes) {
      probabilities = new double[n * classes];
    }
    for (int row = 0; row < n * classes; row += classes) {
      double peak = Double.NEGATIVE_INFINITY;
      for (int c = 0; c < classes; c++) {
        peak = Math.max(peak, logits[row + c]);
      }
      double sum = 0;
      for (int c = 0; c < classes; c++) {
        /* StrictMath, so that the bits do not depend on what the JIT compiler has done. */
        probabilities[row + c] = StrictMath.exp(logits[row + c] - peak);
        sum += probabilities[row + c];
      }
      for (int c = 0; c < classes; c++) {
        probabilities[row + c] /= sum;
      }
    }
  }

  /** {@inheritDoc} Here {@code weights_i (p_i - y_i)}. */
  @Override
  public void gradients(double[] weights, int n, float[] out) {
    for (int i = 0; i < n; i++) {
      for (int c = 0; c < classes; c++) {
        double target = c == labels[i] ? 1 : 0;
        out[i * classes + c] = (float) (weights[i] * (probabilities[i * classes + c] - target));
      }
    }
  }

  @Override
  public Along repeated(double[] weights, int n, int repeats) {
    int width = repeats * n;
    double[] rows = new double[classes * width];
    double[] factors = new double[width];
    for (int at = 0; at < width; at++) {
      int i = at % n;
      factors[at] = weights[i];
      for (int c = 0; c < classes; c++) {
        rows[c * width + at] = probabilities[i * classes + c];
      }
    }
    return new Repeated(rows, factors, classes);
  }

  /**
   * The second derivative at a batch.
   *
   * @param probabilities float64[K, r n]
   * @param weights float64[r n]
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Repeated(double[] probabilities, double[] weights, int classes) implements Along {
    /** {@inheritDoc} Here {@code weights_i (p_i ∘ ż - p_i ⟨p_i, ż⟩)}. */
    @Override
    public void differentiate(float[] tangents, int length) {
      double[] means = new double[length];
      for (int c = 0; c < classes; c++) {
        int row = c * weights.length;
        for (int at = 0; at < length; at++) {
          means[at] += probabilities[row + at] * tangents[c * length + at];
        }
      }
      for (int c = 0; c < classes; c++) {
        int row = c * weights.length;
        for (int at = 0; at < length; at++) {
          tangents[c * length + at] =
              (float)
                  (weights[at] * probabilities[row + at] * (tangents[c * length + at] - means[at]));
        }
      }
    }
  }
}
