package dev.rote.benchmarks.step;

import dev.rote.blueprint.Blueprint;
import dev.rote.blueprint.Extent;
import dev.rote.blueprint.Node;
import dev.rote.blueprint.Window;
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
   * A cross-correlation with square kernels, the gradient of these, and that of the input.
   *
   * @param outputSide pixels of a side after it
   * @param first whether nobody asks for the gradient of the input
   */
  record Convolution(
      int n, int channels, int side, int filters, Window window, int outputSide, boolean first)
      implements Product {
    @Override
    public double operations() {
      double outputs = (double) n * filters * outputSide * outputSide;
      return (first ? 2 : 3) * 2.0 * outputs * channels * window.size() * window.size();
    }
  }

  static List<Product> of(StepCase step) {
    Blueprint blueprint = step.blueprint();
    List<Product> products = new ArrayList<>();
    for (Node node : blueprint.nodes()) {
      Extent below = node.inputs().isEmpty() ? node.extent() : below(blueprint, node);
      if (node.op() instanceof dev.rote.blueprint.Dense dense) {
        products.add(new Dense(step.batch(), below.length(), dense.units(), products.isEmpty()));
      } else if (node.op() instanceof dev.rote.blueprint.Convolution convolution) {
        products.add(
            new Convolution(
                step.batch(),
                below.channels(),
                below.height(),
                convolution.filters(),
                convolution.window(),
                node.extent().height(),
                products.isEmpty()));
      }
    }
    return products;
  }

  private static Extent below(Blueprint blueprint, Node node) {
    return blueprint.nodes().get(node.inputs().get(0)).extent();
  }
}
