package dev.rote.reference;

import dev.rote.networks.StepSettings;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A step of the forward pass. It remembers its last forward call for the backward one. */
interface Layer {

  /** In the order of checkpoints. */
  List<Parameter> parameters();

  /** Shape of one example after this layer. */
  int[] outputShape();

  /** Values of one example after this layer. */
  default int outputLength() {
    return length(outputShape());
  }

  /**
   * The output of a batch.
   *
   * @param x float64[n, input], not changed
   * @param settings of the training step; none in inference
   */
  double[] forward(double[] x, int n, @Nullable StepSettings settings);

  /**
   * Adds to the gradients of the parameters.
   *
   * @param dy the loss's gradient by the last output
   * @return that by the last input
   */
  double[] backward(double[] dy, int n);

  /** Values of a shape. */
  static int length(int[] shape) {
    return Arrays.stream(shape).reduce(1, Math::multiplyExact);
  }
}
