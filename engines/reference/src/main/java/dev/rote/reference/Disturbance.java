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
final class Disturbance implements Layer {
  private final int number;
  private final int[] shape;
  private float[] mask = new float[0];

  /**
   * @param number of the hidden block, from 0: part of the name of its random streams
   */
  Disturbance(int number, int[] shape) {
    this.number = number;
    this.shape = shape.clone();
  }

  @Override
  public List<Parameter> parameters() {
    return List.of();
  }

  @Override
  public int[] outputShape() {
    return shape.clone();
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
      Noise.gaussian(settings, "hidden-noise/" + number, sigma, noise, x.length);
    }
    double rate = settings.regularization().getDropout();
    if (rate != 0) {
      Noise.dropout(settings, "hidden-dropout/" + number, rate, mask, x.length);
    }
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = (x[i] + noise[i]) * mask[i];
    }
    return y;
  }

  @Override
  public double[] backward(double[] dy, int n) {
    double[] dx = new double[dy.length];
    for (int i = 0; i < dy.length; i++) {
      dx[i] = dy[i] * mask[i];
    }
    return dx;
  }
}
