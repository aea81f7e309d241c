package dev.rote.reference;

import dev.rote.networks.StepSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code max(x, 0)}; its derivative at 0 is 0. */
final class Relu implements UnaryLayer {
  private double[] output = new double[0];

  @Override
  public double[] forward(double[] x, int n, @Nullable StepSettings settings) {
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = Math.max(x[i], 0);
    }
    output = y;
    return y;
  }

  @Override
  public double[] backwardOne(double[] dy, int n) {
    double[] dx = new double[dy.length];
    for (int i = 0; i < dy.length; i++) {
      dx[i] = output[i] > 0 ? dy[i] : 0;
    }
    return dx;
  }

  @Override
  public double[] tangent(double[] dot, List<double[]> along, int n) {
    return backwardOne(dot, n);
  }
}
