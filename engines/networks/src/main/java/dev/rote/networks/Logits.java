package dev.rote.networks;

/** Functions of one row of logits, float32[K]: the one definition of each. */
public final class Logits {
  private Logits() {}

  /** The predicted class: the first of the largest; -1 when a logit is NaN or infinite. */
  public static int argmax(float[] logits, int offset, int classes) {
    int best = 0;
    for (int k = 0; k < classes; k++) {
      float value = logits[offset + k];
      if (!Float.isFinite(value)) {
        return -1;
      }
      if (value > logits[offset + best]) {
        best = k;
      }
    }
    return best;
  }

  /**
   * How far the label is ahead, {@code z_label - max over k != label of z_k}: above 0 only if it is
   * the predicted class. Infinite where there is one class, NaN when a logit is not finite.
   */
  public static double margin(float[] logits, int offset, int classes, int label) {
    double other = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < classes; k++) {
      float value = logits[offset + k];
      if (!Float.isFinite(value)) {
        return Double.NaN;
      }
      if (k != label && value > other) {
        other = value;
      }
    }
    return logits[offset + label] - other;
  }

  /**
   * Cross-entropy {@code -log softmax(z)_label} in nats, as {@code log(sum_k exp(z_k - m)) + m -
   * z_label} with {@code m = max z}, summed in float64. NaN when a logit is not finite. By {@code
   * StrictMath}, so that the bits do not depend on what the JIT compiler has done.
   */
  public static double crossEntropy(float[] logits, int offset, int classes, int label) {
    int best = argmax(logits, offset, classes);
    if (best < 0) {
      return Double.NaN;
    }
    double largest = logits[offset + best];
    double sum = 0;
    for (int k = 0; k < classes; k++) {
      sum += StrictMath.exp(logits[offset + k] - largest);
    }
    return StrictMath.log(sum) + largest - logits[offset + label];
  }
}
