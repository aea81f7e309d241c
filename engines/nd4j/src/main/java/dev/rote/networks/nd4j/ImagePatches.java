package dev.rote.networks.nd4j;

import dev.rote.blueprint.Window;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Images float32[N, C, H, W] on the heap and their patches under a window, example by example:
 * matrices of rows (channel, dy, dx) and columns of pixels of the output.
 */
final class ImagePatches {
  private final Window window;
  private final int channels;
  private final int height;
  private final int width;
  private final int rows;
  private final int columns;
  private final int top;
  private final int left;
  private final float[] images;
  private final float[] patches;

  /**
   * @param output whose pixels are places of the window
   */
  ImagePatches(INDArray input, INDArray output, Window window) {
    this.window = window;
    this.channels = (int) input.size(1);
    this.height = (int) input.size(2);
    this.width = (int) input.size(3);
    this.rows = (int) output.size(2);
    this.columns = (int) output.size(3);
    this.top = window.before(height);
    this.left = window.before(width);
    this.images = new float[(int) input.length()];
    this.patches = new float[taps() * pixels()];
  }

  /** Rows of a matrix. */
  int taps() {
    return channels * window.size() * window.size();
  }

  /** Columns of a matrix. */
  int pixels() {
    return rows * columns;
  }

  /** Takes images. */
  void load(INDArray from) {
    Arena.copyOut(from, images, 0, images.length);
  }

  /** Makes all images zero, for {@link #add}. */
  void clear() {
    Arrays.fill(images, 0);
  }

  /** Copies the images out. */
  void store(INDArray to) {
    Arena.copyIn(images, 0, images.length, to);
  }

  /** Lays the patches of an example out. */
  void cut(int example, INDArray matrix) {
    each(example, this::cutRow);
    Arena.copyIn(patches, 0, patches.length, matrix);
  }

  /** Adds patches to the image of an example. */
  void add(int example, INDArray matrix) {
    Arena.copyOut(matrix, patches, 0, patches.length);
    each(example, this::addRow);
  }

  /** Pixels under one tap of the window, along a row of its places. */
  private interface Run {
    /**
     * Called for each.
     *
     * @param to where they begin among the patches
     * @param from where the first would begin among the images
     * @param first place that is inside the image
     * @param last place after those inside
     */
    void take(int to, int from, int first, int last);
  }

  private void each(int example, Run run) {
    int to = 0;
    for (int c = 0; c < channels; c++) {
      for (int tap = 0; tap < window.size() * window.size(); tap++) {
        to = eachRow(example * channels + c, tap / window.size(), tap % window.size(), to, run);
      }
    }
  }

  private int eachRow(int plane, int tapY, int tapX, int start, Run run) {
    int stride = window.stride();
    int shift = tapX - left;
    int first = Math.min(columns, Math.max(0, (stride - 1 - shift) / stride));
    int last = Math.max(first, Math.min(columns, (width - shift + stride - 1) / stride));
    int to = start;
    for (int row = 0; row < rows; row++) {
      int y = row * stride + tapY - top;
      boolean inside = y >= 0 && y < height;
      int from = (plane * height + y) * width + shift;
      run.take(to, from, inside ? first : columns, inside ? last : columns);
      to += columns;
    }
    return to;
  }

  private void cutRow(int to, int from, int first, int last) {
    Arrays.fill(patches, to, to + first, 0);
    if (window.stride() == 1 && first < last) {
      System.arraycopy(images, from + first, patches, to + first, last - first);
    } else {
      for (int column = first; column < last; column++) {
        patches[to + column] = images[from + column * window.stride()];
      }
    }
    Arrays.fill(patches, to + last, to + columns, 0);
  }

  private void addRow(int to, int from, int first, int last) {
    for (int column = first; column < last; column++) {
      images[from + column * window.stride()] += patches[to + column];
    }
  }
}
