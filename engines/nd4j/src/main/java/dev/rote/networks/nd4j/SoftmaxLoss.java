package dev.rote.networks.nd4j;

/**
 * Cross-entropy of a softmax, in nats, computed in double precision on the Java heap:
 *
 * <p>{@code loss_i = log sum_k exp(z_ik) - z_iy}, {@code d loss_i / d z_ik = p_ik - [k = y]}.
 */
final class SoftmaxLoss implements LogitLoss {
  /* StrictMath, so that the bits do not depend on what the JIT compiler has done. */
  private final int classes;
  private final double[] exponentials;

  SoftmaxLoss(int classes) {
    this.classes = classes;
    this.exponentials = new double[classes];
  }

  /**
   * Turns logits into the gradients of each example's own loss.
   *
   * @param logits float32[n, K], overwritten by {@code p - onehot}
   * @param labels a negative label stands for the class of the largest logit
   */
  void gradients(float[] logits, int[] labels, int n) {
    for (int i = 0; i < n; i++) {
      gradient(logits, i * classes, labels[i], 1);
    }
  }

  /**
   * Turns logits into the gradients of {@code sum_i w_i loss_i}.
   *
   * @param logits float32[n, K], overwritten by {@code w_i (p - onehot)}
   * @param labels a negative label stands for the class of the largest logit
   * @param weights float64[n]
   * @return the weighted sum of the losses
   */
  @Override
  public double gradients(float[] logits, int[] labels, double[] weights, int n) {
    double total = 0;
    for (int i = 0; i < n; i++) {
      total += weights[i] * gradient(logits, i * classes, labels[i], weights[i]);
    }
    return total;
  }

  /** Overwrites a row of logits by {@code weight (p - onehot)} and returns its loss. */
  private double gradient(float[] logits, int row, int wanted, double weight) {
    int largest = largest(logits, row);
    int label = wanted < 0 ? largest : wanted;
    double peak = logits[row + largest];
    double own = logits[row + label];
    double sum = 0;
    for (int k = 0; k < classes; k++) {
      double e = StrictMath.exp(logits[row + k] - peak);
      exponentials[k] = e;
      sum += e;
    }
    double scale = weight / sum;
    for (int k = 0; k < classes; k++) {
      logits[row + k] = (float) (exponentials[k] * scale);
    }
    logits[row + label] = (float) (exponentials[label] * scale - weight);
    return StrictMath.log(sum) + peak - own;
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
