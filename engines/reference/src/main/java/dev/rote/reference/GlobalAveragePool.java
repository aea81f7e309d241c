package dev.rote.reference;

import dev.rote.networks.StepSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Mean of each channel. */
final class GlobalAveragePool implements UnaryLayer {
  private final int area;

  /**
   * @param area pixels of a channel
   */
  GlobalAveragePool(int area) {
    this.area = area;
  }

  @Override
  public double[] forward(double[] x, int n, @Nullable StepSettings settings) {
    double[] y = new double[x.length / area];
    for (int i = 0; i < x.length; i++) {
      y[i / area] += x[i] / area;
    }
    return y;
  }

  @Override
  public double[] backwardOne(double[] dy, int n) {
    double[] dx = new double[dy.length * area];
    for (int i = 0; i < dx.length; i++) {
      dx[i] = dy[i / area] / area;
    }
    return dx;
  }

  @Override
  public double[] tangent(double[] dot, List<double[]> along, int n) {
    return forward(dot, n, null);
  }
}
