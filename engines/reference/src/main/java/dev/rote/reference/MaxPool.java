package dev.rote.reference;

import dev.rote.blueprint.Extent;
import dev.rote.blueprint.Window;
import dev.rote.networks.StepSettings;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Largest value in each window; the first of equal ones takes the gradient. */
final class MaxPool implements UnaryLayer {
  private final int channels;
  private final int area;
  private final int places;
  private final Sliding sliding;
  private int[] chosen = new int[0];

  MaxPool(Extent image, Window window) {
    this.channels = image.channels();
    this.area = image.places();
    this.sliding = new Sliding(window, image.height(), image.width());
    this.places = sliding.outHeight() * sliding.outWidth();
  }

  @Override
  public double[] forward(double[] x, int n, @Nullable StepSettings settings) {
    chosen = new int[n * channels * places];
    Arrays.fill(chosen, -1);
    for (int plane = 0; plane < n * channels; plane++) {
      int x0 = plane * area;
      int y0 = plane * places;
      sliding.each(
          (place, tap, pixel) -> {
            int best = chosen[y0 + place];
            /* A NaN is larger than all, so that it is not lost. */
            if (best < 0 || Double.compare(x[x0 + pixel], x[best]) > 0) {
              chosen[y0 + place] = x0 + pixel;
            }
          });
    }
    return Arrays.stream(chosen).mapToDouble(pixel -> x[pixel]).toArray();
  }

  @Override
  public double[] backwardOne(double[] dy, int n) {
    double[] dx = new double[n * channels * area];
    for (int i = 0; i < dy.length; i++) {
      dx[chosen[i]] += dy[i];
    }
    return dx;
  }

  @Override
  public double[] tangent(double[] dot, List<double[]> along, int n) {
    return Arrays.stream(chosen).mapToDouble(pixel -> dot[pixel]).toArray();
  }
}
