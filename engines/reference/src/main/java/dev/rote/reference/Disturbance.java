package dev.rote.reference;

import dev.rote.networks.Noise;
import dev.rote.networks.StepSettings;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hidden noise, then inverted dropout: {@code (x + sigma e) m / (1 - p)} while training, the
 * identity otherwise.
 */
final class Disturbance implements UnaryLayer {
  private final dev.rote.blueprint.Noise streams;
  private float[] mask = new float[0];

  Disturbance(dev.rote.blueprint.Noise streams) {
    this.streams = streams;
  }

  @Override
  public double[] forward(double[] x, int n, @Nullable StepSettings settings) {
    mask = new float[x.length];
    Arrays.fill(mask, 1);
    if (settings == null) {
      return x;
    }
    float[] noise = new float[x.length];
    double sigma = settings.regularization().getHiddenNoise();
    if (sigma != 0) {
      Noise.gaussian(settings, streams.noiseStream(), sigma, noise, x.length);
    }
    double rate = settings.regularization().getDropout();
    if (rate != 0) {
      Noise.dropout(settings, streams.dropoutStream(), rate, mask, x.length);
    }
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = (x[i] + noise[i]) * mask[i];
    }
    return y;
  }

  @Override
  public double[] backwardOne(double[] dy, int n) {
    double[] dx = new double[dy.length];
    for (int i = 0; i < dy.length; i++) {
      dx[i] = dy[i] * mask[i];
    }
    return dx;
  }

  @Override
  public double[] tangent(double[] dot, List<double[]> along, int n) {
    return backwardOne(dot, n);
  }
}
