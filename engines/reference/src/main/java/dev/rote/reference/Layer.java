package dev.rote.reference;

import dev.rote.networks.StepSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A node's op in plain loops. It remembers its last forward call for those that follow. Arrays are
 * float64[n, values of an example] and not changed once they are handed over.
 *
 * <p>With L the loss, a dot is a derivative along a direction of the parameters (R-operator of
 * Pearlmutter, Neural Computation 6, 1994).
 */
interface Layer {

  /** In the order of checkpoints. */
  default List<Parameter> parameters() {
    return List.of();
  }

  /**
   * The output y of a batch.
   *
   * @param x of each input
   * @param settings of the training step; none in inference
   */
  double[] forward(double[][] x, int n, @Nullable StepSettings settings);

  /**
   * The output y of a batch as a step of training without draws has it; nothing of the network's
   * state moves. Here that of inference.
   */
  default double[] forwardOfBatch(double[][] x, int n) {
    return forward(x, n, null);
  }

  /**
   * Adds ∂L/∂w to the gradients of the parameters.
   *
   * @param dy ∂L/∂y of the last output
   * @return ∂L/∂x of each input
   */
  double[][] backward(double[] dy, int n);

  /**
   * ẏ of the last output.
   *
   * @param dots ẋ of each input
   * @param along the direction: ẇ of each trained parameter
   */
  double[] tangent(double[][] dots, List<double[]> along, int n);

  /**
   * The derivative of {@link #backward} along a direction.
   *
   * @param dyDot derivative of ∂L/∂y
   * @param dy ∂L/∂y
   * @param dots ẋ of each input
   * @param along ẇ of each trained parameter
   * @param products derivative of ∂L/∂w of each trained parameter, to be added to
   * @return derivative of ∂L/∂x of each input
   */
  double[][] curve(
      double[] dyDot,
      double[] dy,
      double[][] dots,
      List<double[]> along,
      List<double[]> products,
      int n);
}
