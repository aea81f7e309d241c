package dev.rote.metrics.difficulty;

import dev.rote.networks.Logits;

/**
 * EL2N, {@code ‖p - onehot(y)‖₂} with {@code p = softmax(z)} (Paul, Ganguli and Dziugaite, NeurIPS
 * 2021, definition 2.2): in [0, √2]. Differs from the paper: theirs is the mean over networks,
 * which figures take.
 */
final class ErrorNorm {
  private ErrorNorm() {}

  /**
   * Of one row of logits, float32[K].
   *
   * @return NaN when a logit is not finite
   */
  static double of(float[] logits, int offset, int classes, int label) {
    int best = Logits.argmax(logits, offset, classes);
    if (best < 0) {
      return Double.NaN;
    }
    double[] p = Softmax.of(logits, offset, classes);
    p[label] -= 1;
    double squares = 0;
    for (double each : p) {
      squares += each * each;
    }
    return Math.sqrt(squares);
  }
}
