package dev.rote.reference;

import dev.rote.networks.StepSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A layer of one input. */
interface UnaryLayer extends Layer {

  /** {@link Layer#forward} of the one input. */
  double[] forward(double[] x, int n, @Nullable StepSettings settings);

  /** {@link Layer#backward} to the one input. */
  double[] backwardOne(double[] dy, int n);

  /** {@link Layer#tangent} from the one input. */
  double[] tangent(double[] dot, List<double[]> along, int n);

  /**
   * {@link Layer#curve} to the one input. Here that of a layer without parameters which is linear
   * where it is differentiable.
   */
  default double[] curve(
      double[] dyDot,
      double[] dy,
      double[] dot,
      List<double[]> along,
      List<double[]> products,
      int n) {
    return backwardOne(dyDot, n);
  }

  @Override
  default double[] forward(double[][] x, int n, @Nullable StepSettings settings) {
    return forward(x[0], n, settings);
  }

  @Override
  default double[][] backward(double[] dy, int n) {
    return new double[][] {backwardOne(dy, n)};
  }

  @Override
  default double[] tangent(double[][] dots, List<double[]> along, int n) {
    return tangent(dots[0], along, n);
  }

  @Override
  default double[][] curve(
      double[] dyDot,
      double[] dy,
      double[][] dots,
      List<double[]> along,
      List<double[]> products,
      int n) {
    return new double[][] {curve(dyDot, dy, dots[0], along, products, n)};
  }
}
