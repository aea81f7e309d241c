package dev.rote.reference;

import dev.rote.networks.Noise;
import dev.rote.networks.StepSettings;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Inverted dropout, {@code y = x m / (1 - p)} while training, the identity otherwise. */
final class Masking implements UnaryLayer {
  private final String stream;
  private final double rate;
  private final int area;
  private float[] mask = new float[0];

  /**
   * @param area values that share a draw
   */
  Masking(String stream, double rate, int area) {
    this.stream = stream;
    this.rate = rate;
    this.area = area;
  }

  @Override
  public double[] forward(double[] x, int n, @Nullable StepSettings settings) {
    mask = new float[x.length / area];
    if (settings == null) {
      Arrays.fill(mask, 1);
    } else {
      Noise.dropout(settings, stream, rate, mask, mask.length);
    }
    return backwardOne(x, n);
  }

  @Override
  public double[] backwardOne(double[] dy, int n) {
    double[] dx = new double[dy.length];
    for (int i = 0; i < dy.length; i++) {
      dx[i] = dy[i] * mask[i / area];
    }
    return dx;
  }

  @Override
  public double[] tangent(double[] dot, List<double[]> along, int n) {
    return backwardOne(dot, n);
  }
}
