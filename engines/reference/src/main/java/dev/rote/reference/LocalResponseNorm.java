package dev.rote.reference;

import dev.rote.blueprint.Extent;
import dev.rote.networks.StepSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code y_i = x_i / s_i^beta}, {@code s_i = k + alpha Σ_j x_j²} over neighbouring channels j. With
 * {@code q_i = dy_i x_i s_i^(-beta-1)}: {@code dx_m = dy_m s_m^-beta - 2 alpha beta x_m Σ_i q_i}.
 */
final class LocalResponseNorm implements UnaryLayer {
  private final dev.rote.blueprint.LocalResponseNorm op;
  private final int channels;
  private final int area;
  private double[] input = new double[0];
  private double[] divisor = new double[0];

  LocalResponseNorm(dev.rote.blueprint.LocalResponseNorm op, Extent image) {
    this.op = op;
    this.channels = image.channels();
    this.area = image.places();
  }

  /** Sums of values over the neighbours of each. */
  private double[] neighbours(double[] values) {
    double[] sums = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      int channel = i / area % channels;
      int first = Math.max(0, channel - op.size() / 2);
      int last = Math.min(channels - 1, channel + op.size() / 2);
      for (int j = first; j <= last; j++) {
        sums[i] += values[i + (j - channel) * area];
      }
    }
    return sums;
  }

  private static double[] product(double[] a, double[] b) {
    double[] product = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      product[i] = a[i] * b[i];
    }
    return product;
  }

  private double power(int i, int more) {
    return StrictMath.pow(divisor[i], -op.beta() - more);
  }

  @Override
  public double[] forward(double[] x, int n, @Nullable StepSettings settings) {
    input = x;
    divisor = neighbours(product(x, x));
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      divisor[i] = op.k() + op.alpha() * divisor[i];
      y[i] = x[i] * power(i, 0);
    }
    return y;
  }

  /** {@code q = dy x s^(-beta-1)}. */
  private double[] pulls(double[] dy) {
    double[] pulls = new double[dy.length];
    for (int i = 0; i < dy.length; i++) {
      pulls[i] = dy[i] * input[i] * power(i, 1);
    }
    return pulls;
  }

  @Override
  public double[] backwardOne(double[] dy, int n) {
    double[] pulled = neighbours(pulls(dy));
    double[] dx = new double[dy.length];
    for (int i = 0; i < dy.length; i++) {
      dx[i] = dy[i] * power(i, 0) - 2 * op.alpha() * op.beta() * input[i] * pulled[i];
    }
    return dx;
  }

  /** {@code ṡ = 2 alpha Σ_j x_j ẋ_j}. */
  private double[] divisorDot(double[] dot) {
    double[] divisorDot = neighbours(product(input, dot));
    for (int i = 0; i < divisorDot.length; i++) {
      divisorDot[i] *= 2 * op.alpha();
    }
    return divisorDot;
  }

  /** {@code ẏ = ẋ s^-beta - beta x s^(-beta-1) ṡ}. */
  @Override
  public double[] tangent(double[] dot, List<double[]> along, int n) {
    double[] divisorDot = divisorDot(dot);
    double[] tangent = new double[dot.length];
    for (int i = 0; i < dot.length; i++) {
      tangent[i] = dot[i] * power(i, 0) - op.beta() * input[i] * power(i, 1) * divisorDot[i];
    }
    return tangent;
  }

  /**
   * {@code dẏ s^-beta - beta dy s^(-beta-1) ṡ - 2 alpha beta (ẋ Σ q + x Σ q̇)}, {@code q̇ = (dẏ x +
   * dy ẋ) s^(-beta-1) - (beta + 1) dy x s^(-beta-2) ṡ}.
   */
  @Override
  public double[] curve(
      double[] dyDot,
      double[] dy,
      double[] dot,
      List<double[]> along,
      List<double[]> products,
      int n) {
    double[] divisorDot = divisorDot(dot);
    double[] pulled = neighbours(pulls(dy));
    double[] pullsDot = new double[dy.length];
    for (int i = 0; i < dy.length; i++) {
      pullsDot[i] =
          (dyDot[i] * input[i] + dy[i] * dot[i]) * power(i, 1)
              - (op.beta() + 1) * dy[i] * input[i] * power(i, 2) * divisorDot[i];
    }
    double[] pulledDot = neighbours(pullsDot);
    double[] below = new double[dy.length];
    for (int i = 0; i < dy.length; i++) {
      below[i] =
          dyDot[i] * power(i, 0)
              - op.beta() * dy[i] * power(i, 1) * divisorDot[i]
              - 2 * op.alpha() * op.beta() * (dot[i] * pulled[i] + input[i] * pulledDot[i]);
    }
    return below;
  }
}
