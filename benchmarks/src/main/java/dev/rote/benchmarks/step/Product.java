package dev.rote.benchmarks.step;

import dev.rote.v1.Cnn;
import java.util.ArrayList;
import java.util.List;

/** A matrix product or a convolution of a training step, forward with its backward parts. */
sealed interface Product {

  /** Floating-point operations, multiplications and additions counted each. */
  double operations();

  /**
   * y[n, out] = x[n, in] w[in, out], the gradient of w, and that of x.
   *
   * @param first whether nobody asks for the gradient of x
   */
  record Dense(int n, int in, int out, boolean first) implements Product {
    @Override
    public double operations() {
      return (first ? 2 : 3) * 2.0 * n * in * out;
    }
  }

  /**
   * A valid cross-correlation with square kernels, the gradient of these, and that of the input.
   *
   * @param first whether nobody asks for the gradient of the input
   */
  record Convolution(int n, int channels, int side, int filters, int kernel, boolean first)
      implements Product {
    int outputSide() {
      return side - kernel + 1;
    }

    @Override
    public double operations() {
      double outputs = (double) n * filters * outputSide() * outputSide();
      return (first ? 2 : 3) * 2.0 * outputs * channels * kernel * kernel;
    }
  }

  static List<Product> of(StepCase step) {
    List<Product> products = new ArrayList<>();
    int width = step.architecture().inputLength();
    List<Integer> dense = step.model().getMlp().getHiddenList();
    if (step.model().hasCnn()) {
      Cnn cnn = step.model().getCnn();
      int side = step.shape().getHeight() - 2 * cnn.getCrop();
      int channels = step.shape().getChannels();
      for (int filters : cnn.getFiltersList()) {
        Convolution convolution =
            new Convolution(
                step.batch(), channels, side, filters, cnn.getKernel(), products.isEmpty());
        products.add(convolution);
        side = (convolution.outputSide() - cnn.getPool()) / cnn.getPoolStride() + 1;
        channels = filters;
      }
      width = channels * side * side;
      dense = cnn.getDenseList();
    }
    for (int units : dense) {
      products.add(new Dense(step.batch(), width, units, products.isEmpty()));
      width = units;
    }
    products.add(new Dense(step.batch(), width, StepCase.CLASSES, false));
    return products;
  }
}
