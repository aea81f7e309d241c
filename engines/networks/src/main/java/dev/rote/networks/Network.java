package dev.rote.networks;

import dev.rote.blueprint.Blueprint;
import dev.rote.v1.ModelSpec;
import dev.rote.v1.Tensor;
import java.util.List;

/**
 * A classifier and the state of its optimiser.
 *
 * <p>All arrays are float32, row-major, owned by the caller and read or written during the call
 * alone. Given equal state, inputs and thread count a call computes equal bits. Not safe for use by
 * several threads at once. Inputs and labels are not validated: labels must lie in [0, K).
 */
public interface Network extends AutoCloseable {
  /** Logits that nobody wants. */
  float[] UNWANTED = {};

  Blueprint blueprint();

  /** What the state consists of. */
  NetworkState state();

  /** Names and shapes of the whole state in the order of checkpoints. */
  default List<Tensor> tensors() {
    return state().tensors();
  }

  /** Number of trainable parameters. */
  default long parameters() {
    return state().trainable();
  }

  /** Copies tensor {@code index} of {@link #tensors()} to {@code out}. */
  void read(int index, float[] out);

  /** Overwrites tensor {@code index} of {@link #tensors()}. */
  void write(int index, float[] values);

  /**
   * Draws the weights (stream {@code "init"} of the seed, addressed by tensor and position), sets
   * biases and what the optimiser keeps to zero and batch-norm parameters to their identity.
   */
  void initialize(long seed, ModelSpec.Initialization initialization);

  /**
   * One optimiser step on the mean loss of a batch, in training mode.
   *
   * @param inputs float32[N, D]
   * @param labels int32[N]
   * @return mean loss of the batch, before the step, without the weight-decay term
   */
  default double step(float[] inputs, int[] labels, int n, StepSettings settings) {
    return step(inputs, Targets.mean(labels, n), settings);
  }

  /**
   * One optimiser step on a weighted sum of the losses of a batch, {@code sum_i w_i loss(x_i,
   * y_i)}, in training mode.
   *
   * @param inputs float32[N, D]
   * @param labels int32[N]
   * @param weights float64[N] or longer, each at least 0
   * @return the weighted sum, before the step, without the weight-decay term
   */
  default double step(
      float[] inputs, int[] labels, double[] weights, int n, StepSettings settings) {
    return step(inputs, new Targets(labels, weights, n, 1), settings);
  }

  /**
   * One optimiser step, in training mode.
   *
   * @param inputs float32[N, D]
   * @param targets of these N examples
   * @return the loss that they say, before the step, without the weight-decay term
   */
  default double step(float[] inputs, Targets targets, StepSettings settings) {
    return step(inputs, targets, settings, UNWANTED);
  }

  /**
   * One optimiser step, in training mode, and the logits that its own forward pass computed.
   *
   * @param inputs float32[N, D]
   * @param targets of these N examples
   * @param logits float32[N, K] or longer, written: before the step; empty where nobody wants them
   * @return the loss that they say, before the step, without the weight-decay term
   */
  double step(float[] inputs, Targets targets, StepSettings settings, float[] logits);

  /**
   * Logits in inference mode.
   *
   * @param inputs float32[N, D]
   * @param logits float32[N, K], written
   */
  void logits(float[] inputs, int n, float[] logits);

  /**
   * Gradient of each example's own cross-entropy with respect to its input, whatever the loss of
   * the recipe is, in inference mode, and the logits of the same forward pass.
   *
   * @param labels int32[N]; a negative label stands for the class that the network predicts
   * @param gradients float32[N, D], written: row i is the gradient of loss i (a sum over the batch,
   *     not a mean)
   * @param logits float32[N, K], written
   */
  void inputGradient(float[] inputs, int[] labels, int n, float[] gradients, float[] logits);

  /**
   * Directions in the space of the trainable parameters, all zero, for second derivatives of the
   * loss at whatever parameters this network has at each call; to be closed before the network.
   *
   * @param count directions K, at least 1
   * @param slots examples whose influences are summed up, at least 0
   * @param mode which loss they are of, where training and inference differ
   * @throws IllegalArgumentException unless the blueprint supports second derivatives
   */
  Directions directions(int count, int slots, Directions.Mode mode);

  /**
   * What it shows of single examples beside their logits; to be used while the network is open.
   *
   * @throws IllegalArgumentException if its engine has none, with what to write instead
   */
  Insight insight();

  @Override
  void close();
}
