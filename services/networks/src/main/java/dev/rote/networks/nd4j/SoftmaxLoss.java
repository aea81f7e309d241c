package dev.rote.networks.nd4j;

/**
 * Cross-entropy of a softmax, in nats, computed in double precision on the Java heap:
 *
 * <p>{@code loss_i = log sum_k exp(z_ik) - z_iy}, {@code d loss_i / d z_ik = p_ik - [k = y]}.
 */
final class SoftmaxLoss {
  /* StrictMath, so that the bits do not depend on what the JIT compiler has done. */
  private final int classes;
  private final double[] exponentials;

  SoftmaxLoss(int classes) {
    this.classes = classes;
    this.exponentials = new double[classes];
  }

  /**
   * Turns logits into gradients.
   *
   * @param logits float32[n, K], overwritten by {@code weight (p - onehot)}
   * @param labels a negative label stands for the class of the largest logit
   * @return sum of the losses
   */
  double gradients(float[] logits, int[] labels, int n, double weight) {
    double total = 0;
    for (int i = 0; i < n; i++) {
      int row = i * classes;
      int largest = largest(logits, row);
      int label = labels[i] < 0 ? largest : labels[i];
      double peak = logits[row + largest];
      double sum = 0;
      for (int k = 0; k < classes; k++) {
        double e = StrictMath.exp(logits[row + k] - peak);
        exponentials[k] = e;
        sum += e;
      }
      total += StrictMath.log(sum) + peak - logits[row + label];
      double scale = weight / sum;
      for (int k = 0; k < classes; k++) {
        logits[row + k] = (float) (exponentials[k] * scale);
      }
      logits[row + label] = (float) (exponentials[label] * scale - weight);
    }
    return total;
  }

  private int largest(float[] logits, int row) {
    int best = 0;
    for (int k = 1; k < classes; k++) {
      if (logits[row + k] > logits[row + best]) {
        best = k;
      }
    }
    return best;
  }
}
