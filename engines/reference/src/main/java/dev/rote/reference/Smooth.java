package dev.rote.reference;

import dev.rote.networks.StepSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A function f of each value by itself: {@code dx = f'(x) dy}. */
final class Smooth implements UnaryLayer {
  private final Function function;
  private double[] input = new double[0];

  /** f and its derivatives. */
  enum Function {
    /** {@code x Φ(x)} */
    GELU {
      @Override
      double value(double x) {
        return x * Normal.cumulative(x);
      }

      @Override
      double slope(double x) {
        return Normal.cumulative(x) + x * Normal.density(x);
      }

      @Override
      double curvature(double x) {
        return Normal.density(x) * (2 - x * x);
      }
    },
    /** Hyperbolic tangent. */
    TANH {
      @Override
      double value(double x) {
        return StrictMath.tanh(x);
      }

      @Override
      double slope(double x) {
        return 1 - value(x) * value(x);
      }

      @Override
      double curvature(double x) {
        return -2 * value(x) * slope(x);
      }
    };

    abstract double value(double x);

    abstract double slope(double x);

    abstract double curvature(double x);
  }

  Smooth(Function function) {
    this.function = function;
  }

  @Override
  public double[] forward(double[] x, int n, @Nullable StepSettings settings) {
    input = x;
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = function.value(x[i]);
    }
    return y;
  }

  @Override
  public double[] backwardOne(double[] dy, int n) {
    double[] dx = new double[dy.length];
    for (int i = 0; i < dy.length; i++) {
      dx[i] = function.slope(input[i]) * dy[i];
    }
    return dx;
  }

  @Override
  public double[] tangent(double[] dot, List<double[]> along, int n) {
    return backwardOne(dot, n);
  }

  /** {@code f'(x) dẏ + f''(x) ẋ dy}. */
  @Override
  public double[] curve(
      double[] dyDot,
      double[] dy,
      double[] dot,
      List<double[]> along,
      List<double[]> products,
      int n) {
    double[] below = backwardOne(dyDot, n);
    for (int i = 0; i < below.length; i++) {
      below[i] += function.curvature(input[i]) * dot[i] * dy[i];
    }
    return below;
  }
}
