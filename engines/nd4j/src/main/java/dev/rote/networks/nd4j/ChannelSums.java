package dev.rote.networks.nd4j;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Sums of float32[N, C, …] over all axes but the channels: over pixels by a product in float32,
 * then over examples in float64.
 */
final class ChannelSums {
  private final int channels;
  private final INDArray rows;
  private final @Nullable MatrixProduct overPixels;
  private final float[] copy;

  ChannelSums(INDArray x, int channels, Arena arena) {
    this.channels = channels;
    long n = x.size(0);
    long pixels = x.length() / (n * channels);
    if (pixels == 1) {
      this.rows = x;
      this.overPixels = null;
    } else {
      this.rows = arena.zeros(n * channels, 1);
      INDArray flat = x.reshape('c', n * channels, pixels);
      this.overPixels = arena.product(flat, false, arena.filled(1, pixels, 1), false, rows);
    }
    this.copy = new float[(int) (n * channels)];
  }

  double[] sums() {
    if (overPixels != null) {
      overPixels.run();
    }
    Arena.copyOut(rows, copy, 0, copy.length);
    double[] sums = new double[channels];
    for (int row = 0; row < copy.length; row += channels) {
      for (int c = 0; c < channels; c++) {
        sums[c] += copy[row + c];
      }
    }
    return sums;
  }
}
