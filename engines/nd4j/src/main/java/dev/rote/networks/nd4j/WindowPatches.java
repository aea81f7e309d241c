package dev.rote.networks.nd4j;

import dev.rote.blueprint.Window;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * Images float32[C, H, W, N] on the heap and their patches, as matrices for products with the
 * kernels of a convolution that is followed by a pool. N, the examples, are the innermost axis:
 * whatever the window, copies and sums run over neighbours.
 *
 * <p>Patches come in bands, one for each row of the pool's output. A band is float32[C k k, p p J
 * N]: row (channel, dy, dx) of the kernel, column (y, x) in the window of the pool, J windows, N.
 * Pixels that no window of the pool looks at are left out.
 */
final class WindowPatches {
  private final int channels;
  private final int height;
  private final int width;
  private final int examples;
  private final int border;
  private final int taps;
  private final int bands;
  private final int columns;

  /*
   * Rows lie pixel by pixel modulo the stride of the pool: pixels that are a stride apart are
   * neighbours. With one window in a row the pixels of the window are neighbours instead.
   */
  private final int phases;
  private final int rows;
  private final int across;
  private final int run;
  private final int runs;
  private final int[] starts;
  private final int bandStep;

  private final float[] values;
  private final float[] gradients;
  private final float[] row;

  /**
   * Patches of no image yet.
   *
   * @param shape C, H, W
   * @param gradient whether {@link #add} will be called
   */
  WindowPatches(long[] shape, int examples, Window kernel, Window pool, boolean gradient) {
    this.channels = (int) shape[0];
    this.height = (int) shape[1];
    this.width = (int) shape[2];
    this.examples = examples;
    this.border = kernel.before(height);
    this.taps = channels * kernel.size() * kernel.size();
    this.bands = (int) pool.outputOf(kernel.outputOf(height));
    int windows = (int) pool.outputOf(kernel.outputOf(width));
    this.columns = pool.size() * pool.size() * windows * examples;
    int overlap = pool.size() + kernel.size() - 1;
    this.phases = windows == 1 ? 1 : pool.stride();
    this.rows = (bands - 1) * pool.stride() + overlap;
    this.across = ((windows - 1) * pool.stride() + overlap - 1) / phases + 1;
    int merged = windows == 1 ? pool.size() : 1;
    this.run = merged * windows * examples;
    this.runs = pool.size() * pool.size() / merged;
    this.starts = starts(kernel.size(), pool.size(), merged);
    this.bandStep = pool.stride() * phases * across * examples;
    this.values = new float[channels * rows * phases * across * examples];
    this.gradients = new float[gradient ? values.length : 0];
    this.row = new float[columns];
  }

  /** Where each run of the first band begins. */
  private int[] starts(int kernel, int pool, int merged) {
    int[] starts = new int[taps * runs];
    int at = 0;
    for (int tap = 0; tap < taps; tap++) {
      int channel = tap / (kernel * kernel);
      int dy = tap / kernel % kernel;
      int dx = tap % kernel;
      for (int y = 0; y < pool; y++) {
        for (int x = 0; x < pool; x += merged) {
          starts[at++] = index(channel, y + dy, x + dx);
        }
      }
    }
    return starts;
  }

  /** Where the examples of a pixel begin, border included. */
  private int index(int channel, int y, int x) {
    return (((channel * rows + y) * phases + x % phases) * across + x / phases) * examples;
  }

  int taps() {
    return taps;
  }

  int bands() {
    return bands;
  }

  int columns() {
    return columns;
  }

  /** Takes images of float32[N, C, H, W], from example {@code first} on. */
  void load(float[] images, int first) {
    for (int c = 0; c < channels; c++) {
      for (int y = 0; y < usedRows(); y++) {
        for (int x = 0; x < usedColumns(); x++) {
          int to = index(c, y + border, x + border);
          int from = ((first * channels + c) * height + y) * width + x;
          for (int e = 0; e < examples; e++) {
            values[to + e] = images[from + e * channels * height * width];
          }
        }
      }
    }
  }

  /** Takes images of float32[C, H, W, N]. */
  void loadExamplesLast(float[] images) {
    for (int c = 0; c < channels; c++) {
      for (int y = 0; y < usedRows(); y++) {
        for (int x = 0; x < usedColumns(); x++) {
          int from = ((c * height + y) * width + x) * examples;
          int to = index(c, y + border, x + border);
          System.arraycopy(images, from, values, to, examples);
        }
      }
    }
  }

  private int usedRows() {
    return Math.min(height, rows - border);
  }

  private int usedColumns() {
    return Math.min(width, across * phases - border);
  }

  /** Writes the patches of a band, row-major. */
  void cut(int band, FloatBuffer patches) {
    for (int tap = 0; tap < taps; tap++) {
      for (int i = 0; i < runs; i++) {
        int from = starts[tap * runs + i] + band * bandStep;
        System.arraycopy(values, from, row, i * run, run);
      }
      patches.put(tap * columns, row, 0, columns);
    }
  }

  /** {@code to[j, i] = from[i, j]} */
  static void transpose(float[] from, int rows, int columns, float[] to) {
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        to[c * rows + r] = from[r * columns + c];
      }
    }
  }

  void clearGradients() {
    Arrays.fill(gradients, 0);
  }

  /** Adds the gradients of the patches of a band to those of the images. */
  void add(int band, FloatBuffer patches) {
    for (int tap = 0; tap < taps; tap++) {
      patches.get(tap * columns, row, 0, columns);
      for (int i = 0; i < runs; i++) {
        add(row, i * run, gradients, starts[tap * runs + i] + band * bandStep, run);
      }
    }
  }

  private static void add(float[] from, int at, float[] to, int start, int length) {
    for (int i = 0; i < length; i++) {
      to[start + i] += from[at + i];
    }
  }

  /** Writes the gradients as float32[N, C, H, W]. */
  void store(float[] images) {
    Arrays.fill(images, 0);
    for (int c = 0; c < channels; c++) {
      for (int y = 0; y < usedRows(); y++) {
        for (int x = 0; x < usedColumns(); x++) {
          int from = index(c, y + border, x + border);
          int to = (c * height + y) * width + x;
          for (int e = 0; e < examples; e++) {
            images[to + e * channels * height * width] = gradients[from + e];
          }
        }
      }
    }
  }

  /** Writes the gradients as float32[C, H, W, N]. */
  void storeExamplesLast(float[] images) {
    Arrays.fill(images, 0);
    for (int c = 0; c < channels; c++) {
      for (int y = 0; y < usedRows(); y++) {
        for (int x = 0; x < usedColumns(); x++) {
          int to = ((c * height + y) * width + x) * examples;
          int from = index(c, y + border, x + border);
          System.arraycopy(gradients, from, images, to, examples);
        }
      }
    }
  }
}
