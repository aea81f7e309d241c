package dev.rote.metrics.dynamics;

import dev.rote.v1.TracePass;

/**
 * What a network said of an example once. Only of finite logits: an example that was not presented
 * has none.
 *
 * @param margin logit of the label minus the largest other one
 * @param lossNats cross-entropy {@code -log p(label)}
 * @param predicted class
 * @param right whether that is the label
 */
record Sight(double margin, double lossNats, int predicted, boolean right) {

  /** Whether a pass has one of example {@code i} of its block. */
  static boolean isIn(TracePass pass, int i) {
    return pass.getPredictions(i) != 0;
  }

  /**
   * What a pass has of example {@code i} of its block.
   *
   * @param label that it is trained on
   */
  static Sight of(TracePass pass, int i, int label) {
    int predicted = pass.getPredictions(i) - 1;
    return new Sight(pass.getMargins(i), pass.getLosses(i), predicted, predicted == label);
  }

  /** Probability of the label. */
  double probability() {
    return Math.exp(-lossNats);
  }
}
