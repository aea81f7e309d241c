package dev.rote.reference;

import dev.rote.blueprint.Extent;
import dev.rote.blueprint.Window;
import dev.rote.networks.StepSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Mean of each window, padding left out. */
final class AveragePool implements UnaryLayer {
  private final int channels;
  private final int area;
  private final Sliding sliding;
  private final double[] pixels;

  AveragePool(Extent image, Window window) {
    this.channels = image.channels();
    this.area = image.places();
    this.sliding = new Sliding(window, image.height(), image.width());
    this.pixels = new double[sliding.outHeight() * sliding.outWidth()];
    sliding.each((place, tap, pixel) -> pixels[place]++);
  }

  @Override
  public double[] forward(double[] x, int n, @Nullable StepSettings settings) {
    double[] y = new double[n * channels * pixels.length];
    for (int plane = 0; plane < n * channels; plane++) {
      int x0 = plane * area;
      int y0 = plane * pixels.length;
      sliding.each((place, tap, pixel) -> y[y0 + place] += x[x0 + pixel] / pixels[place]);
    }
    return y;
  }

  @Override
  public double[] backwardOne(double[] dy, int n) {
    double[] dx = new double[n * channels * area];
    for (int plane = 0; plane < n * channels; plane++) {
      int x0 = plane * area;
      int y0 = plane * pixels.length;
      sliding.each((place, tap, pixel) -> dx[x0 + pixel] += dy[y0 + place] / pixels[place]);
    }
    return dx;
  }

  @Override
  public double[] tangent(double[] dot, List<double[]> along, int n) {
    return forward(dot, n, null);
  }
}
