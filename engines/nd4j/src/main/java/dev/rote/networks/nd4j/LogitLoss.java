package dev.rote.networks.nd4j;

import dev.rote.networks.Targets;
import dev.rote.recipes.CrossEntropy;
import dev.rote.recipes.Loss;

/** What a batch's logits become in a step: the gradients of the loss that it descends. */
interface LogitLoss {

  /**
   * Turns logits into the gradients of what a step descends.
   *
   * @param logits float32[n, K], overwritten
   * @return what it descends
   */
  double gradients(float[] logits, Targets targets);

  /** Of a loss, with a way of its own for the one that almost all networks are trained on. */
  static LogitLoss of(Loss loss, int classes) {
    return loss.equals(CrossEntropy.PLAIN) ? new SoftmaxLoss(classes) : new RowByRow(loss, classes);
  }

  /** Any loss. */
  record RowByRow(Loss loss, int classes) implements LogitLoss {
    @Override
    public double gradients(float[] logits, Targets targets) {
      double[] z = new double[classes];
      double[] gradient = new double[classes];
      double total = 0;
      for (int i = 0; i < targets.n(); i++) {
        for (int k = 0; k < classes; k++) {
          z[k] = logits[i * classes + k];
        }
        total += targets.differentiate(loss, z, i, gradient);
        for (int k = 0; k < classes; k++) {
          logits[i * classes + k] = (float) gradient[k];
        }
      }
      return total;
    }
  }
}
