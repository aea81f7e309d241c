package dev.rote.reference;

import dev.rote.networks.ParameterShape;
import dev.rote.networks.ParameterShape.Role;
import dev.rote.networks.StepSettings;
import dev.rote.networks.Window;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cross-correlation without biases (batch norm follows): x [N, in, H, W], W [out, in, k, k]. */
final class Convolution implements Layer {
  private final int in;
  private final int filters;
  private final int taps;
  private final int area;
  private final int places;
  private final Sliding sliding;
  private final Parameter weights;
  private double[] input = new double[0];

  Convolution(String name, int[] shape, int filters, Window window) {
    this.in = shape[0];
    this.filters = filters;
    this.taps = window.size() * window.size();
    this.area = shape[1] * shape[2];
    this.sliding = new Sliding(window, shape[1], shape[2]);
    this.places = sliding.outHeight() * sliding.outWidth();
    this.weights =
        new Parameter(
            ParameterShape.of(
                name + "/weights", Role.WEIGHTS, filters, in, window.size(), window.size()));
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(weights);
  }

  @Override
  public int[] outputShape() {
    return new int[] {filters, sliding.outHeight(), sliding.outWidth()};
  }

  /** A pair of planes that one kernel joins. */
  private interface Pair {
    /**
     * Called for each.
     *
     * @param x where the plane of the input begins
     * @param y where that of the output does
     * @param w where the kernel does
     */
    void join(int x, int y, int w);
  }

  private void eachPair(int n, Pair pair) {
    for (int i = 0; i < n; i++) {
      for (int f = 0; f < filters; f++) {
        for (int c = 0; c < in; c++) {
          pair.join((i * in + c) * area, (i * filters + f) * places, (f * in + c) * taps);
        }
      }
    }
  }

  @Override
  public double[] forward(double[] x, int n, @Nullable StepSettings settings) {
    input = x;
    double[] y = new double[n * filters * places];
    float[] w = weights.value();
    eachPair(
        n,
        (x0, y0, w0) ->
            sliding.each((place, tap, pixel) -> y[y0 + place] += x[x0 + pixel] * w[w0 + tap]));
    return y;
  }

  @Override
  public double[] backward(double[] dy, int n) {
    double[] dx = new double[n * in * area];
    float[] w = weights.value();
    double[] dw = weights.gradient();
    eachPair(
        n,
        (x0, y0, w0) ->
            sliding.each(
                (place, tap, pixel) -> {
                  dw[w0 + tap] += input[x0 + pixel] * dy[y0 + place];
                  dx[x0 + pixel] += w[w0 + tap] * dy[y0 + place];
                }));
    return dx;
  }
}
