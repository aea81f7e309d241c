package dev.rote.networks.nd4j;

import dev.rote.recipes.CrossEntropy;
import dev.rote.recipes.Loss;

/** First and second derivatives of a loss by the logits of a batch. */
interface LossCurvature {

  /**
   * Looks at a batch.
   *
   * @param logits float32[n, K]
   */
  void look(float[] logits, int[] labels, int n);

  /**
   * Gradients of the weighted losses of the batch looked at.
   *
   * @param out float32[n, K], written
   */
  void gradients(double[] weights, int n, float[] out);

  /**
   * The second derivative at the batch looked at, r times over.
   *
   * @param weights of the losses
   * @param repeats r
   */
  Along repeated(double[] weights, int n, int repeats);

  /** The second derivative at a batch. */
  interface Along {
    /**
     * Derivatives of the gradients of the weighted losses along directions.
     *
     * @param tangents float32[K, length], derivatives ż of the logits; overwritten by {@code
     *     weights_i ∂²ℓ_i/∂z² ż}
     * @param length directions times n, at most r n
     */
    void differentiate(float[] tangents, int length);
  }

  /** Of a loss, with a way of its own for the one that almost all networks are trained on. */
  static LossCurvature of(Loss loss, int classes) {
    return loss.equals(CrossEntropy.PLAIN)
        ? new SoftmaxCurvature(classes)
        : new RowCurvature(loss, classes);
  }
}
