package dev.rote.networks;

import java.util.List;

/**
 * What a network shows of single examples beside their logits, at whatever parameters it has at
 * each call, in inference mode: nothing is drawn, and running statistics of batch norm are
 * constants, so that what is said of an example is its own, whatever else is in the batch.
 *
 * <p>Calls compute what the network's own calls compute, under the same rules; they use nothing up
 * and leave no trace.
 */
public interface Insight {

  /**
   * Gradient of one logit of each example with respect to its input, {@code ∂z_{i,c_i}/∂x_i}.
   *
   * @param inputs float32[N, D]
   * @param classes int32[N]: c_i in [0, K)
   * @param gradients float32[N, D], written
   */
  void logitGradient(float[] inputs, int[] classes, int n, float[] gradients);

  /**
   * Squared norm of the gradient of each example's own loss with respect to all trained parameters,
   * {@code ‖∇_w ℓ_i‖²}, with ℓ the loss of the network's recipe, without the weight-decay term.
   *
   * @param inputs float32[N, D]
   * @param labels int32[N] in [0, K)
   * @param squares float64[N], written; not finite where the loss is not
   */
  void gradientNorms(float[] inputs, int[] labels, int n, double[] squares);

  /**
   * Outputs of nodes.
   *
   * @param inputs float32[N, D]
   * @param nodes names in the blueprint, of nodes after what enters the network (the input, its
   *     crop and its normalisation)
   * @param outputs float32[N, values of an example] or longer for each of them, written
   * @throws IllegalArgumentException for a name that is not one of such a node
   */
  void activations(float[] inputs, int n, List<String> nodes, float[][] outputs);
}
