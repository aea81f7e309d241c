package dev.rote.reference;

import dev.rote.blueprint.Extent;
import dev.rote.blueprint.Node;
import dev.rote.networks.StepSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cross-correlation: x [N, in, H, W], W [out, in / groups, k, k], biases [out] where there are any.
 */
final class Convolution implements UnaryLayer {
  private final int in;
  private final int filters;
  private final int groups;
  private final int taps;
  private final int area;
  private final int places;
  private final Sliding sliding;
  private final Parameter weights;
  private final @Nullable Parameter biases;
  private double[] input = new double[0];

  Convolution(Node node, Extent image, dev.rote.blueprint.Convolution op) {
    this.in = image.channels();
    this.filters = op.filters();
    this.groups = op.groups();
    this.taps = op.window().size() * op.window().size();
    this.area = image.places();
    this.sliding = new Sliding(op.window(), image.height(), image.width());
    this.places = sliding.outHeight() * sliding.outWidth();
    List<Parameter> all = Parameter.of(node);
    this.weights = all.get(0);
    this.biases = all.size() > 1 ? all.get(1) : null;
  }

  @Override
  public List<Parameter> parameters() {
    return biases == null ? List.of(weights) : List.of(weights, biases);
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
    int seen = in / groups;
    for (int i = 0; i < n; i++) {
      for (int f = 0; f < filters; f++) {
        int first = f / (filters / groups) * seen;
        for (int c = 0; c < seen; c++) {
          pair.join((i * in + first + c) * area, (i * filters + f) * places, (f * seen + c) * taps);
        }
      }
    }
  }

  /** The filter that a value of the output belongs to. */
  private int filter(int y) {
    return y / places % filters;
  }

  @Override
  public double[] forward(double[] x, int n, @Nullable StepSettings settings) {
    input = x;
    double[] y = new double[n * filters * places];
    for (int i = 0; biases != null && i < y.length; i++) {
      y[i] = biases.value()[filter(i)];
    }
    float[] w = weights.value();
    eachPair(
        n,
        (x0, y0, w0) ->
            sliding.each((place, tap, pixel) -> y[y0 + place] += x[x0 + pixel] * w[w0 + tap]));
    return y;
  }

  @Override
  public double[] backwardOne(double[] dy, int n) {
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
    for (int i = 0; biases != null && i < dy.length; i++) {
      biases.gradient()[filter(i)] += dy[i];
    }
    return dx;
  }

  /** {@code ẏ = ẋ ⋆ W + x ⋆ V + v}. */
  @Override
  public double[] tangent(double[] dot, List<double[]> along, int n) {
    double[] tangent = new double[n * filters * places];
    for (int i = 0; biases != null && i < tangent.length; i++) {
      tangent[i] = along.get(1)[filter(i)];
    }
    float[] w = weights.value();
    double[] v = along.get(0);
    eachPair(
        n,
        (x0, y0, w0) ->
            sliding.each(
                (place, tap, pixel) ->
                    tangent[y0 + place] +=
                        dot[x0 + pixel] * w[w0 + tap] + input[x0 + pixel] * v[w0 + tap]));
    return tangent;
  }

  @Override
  public double[] curve(
      double[] dyDot,
      double[] dy,
      double[] dot,
      List<double[]> along,
      List<double[]> products,
      int n) {
    double[] below = new double[n * in * area];
    float[] w = weights.value();
    double[] v = along.get(0);
    double[] product = products.get(0);
    eachPair(
        n,
        (x0, y0, w0) ->
            sliding.each(
                (place, tap, pixel) -> {
                  int x = x0 + pixel;
                  int y = y0 + place;
                  product[w0 + tap] += dot[x] * dy[y] + input[x] * dyDot[y];
                  below[x] += w[w0 + tap] * dyDot[y] + v[w0 + tap] * dy[y];
                }));
    for (int i = 0; biases != null && i < dyDot.length; i++) {
      products.get(1)[filter(i)] += dyDot[i];
    }
    return below;
  }
}
