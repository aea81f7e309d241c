package dev.rote.metrics.filters;

/**
 * Moran's I of an image over horizontal and vertical neighbours (Moran, "Notes on continuous
 * stochastic phenomena", Biometrika 37, 1950, with weight 1 for neighbours):
 *
 * <p>{@code I = n / |E| * Σ_{(a, b) in E} (w_a - m)(w_b - m) / Σ_a (w_a - m)²}
 *
 * <p>n values of all channels with mean m, E the pairs of neighbours within a channel, each pair
 * once. Near 0 for independent values, near 1 for smooth ones, -1 for a checkerboard. Summed in
 * float64.
 */
final class Structure {
  private Structure() {}

  /**
   * Of one filter.
   *
   * @param values float32[channels, height, width]
   * @return 0 for a filter of one value throughout, which has no shape; NaN when there are no
   *     neighbours or a value is not finite
   */
  static double of(float[] values, int channels, int height, int width) {
    double mean = 0;
    for (float value : values) {
      mean += value;
    }
    mean /= values.length;
    double spread = 0;
    double shared = 0;
    for (int i = 0; i < values.length; i++) {
      double own = values[i] - mean;
      spread += own * own;
      if (i % width + 1 < width) {
        shared += own * (values[i + 1] - mean);
      }
      if (i / width % height + 1 < height) {
        shared += own * (values[i + width] - mean);
      }
    }
    long pairs = channels * ((long) height * (width - 1) + (long) (height - 1) * width);
    if (pairs == 0 || !Double.isFinite(spread)) {
      return Double.NaN;
    }
    return spread == 0 ? 0 : values.length * shared / (pairs * spread);
  }
}
