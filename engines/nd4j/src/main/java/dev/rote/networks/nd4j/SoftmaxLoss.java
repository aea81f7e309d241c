package dev.rote.networks.nd4j;

import dev.rote.networks.Targets;
import dev.rote.recipes.CrossEntropy;

/**
 * Cross-entropy of a softmax, in nats, computed in double precision on the Java heap:
 *
 * <p>{@code loss_i = log sum_k exp(z_ik) - z_iy}, {@code d loss_i / d z_ik = p_ik - [k = y]}.
 */
final class SoftmaxLoss implements LogitLoss {
  /* StrictMath, so that the bits do not depend on what the JIT compiler has done. */
  private final int classes;
  private final double[] exponentials;
  private final LogitLoss ofSeveral;

  SoftmaxLoss(int classes) {
    this.classes = classes;
    this.exponentials = new double[classes];
    this.ofSeveral = new RowByRow(CrossEntropy.PLAIN, classes);
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
   * {@inheritDoc}
   *
   * @param logits float32[n, K], overwritten by {@code w_i (p - onehot)}
   */
  @Override
  public double gradients(float[] logits, Targets targets) {
    if (targets.each() > 1) {
      return ofSeveral.gradients(logits, targets);
    }
    double total = 0;
    for (int i = 0; i < targets.n(); i++) {
      double weight = targets.weights()[i];
      total += weight * gradient(logits, i * classes, targets.labels()[i], weight);
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
