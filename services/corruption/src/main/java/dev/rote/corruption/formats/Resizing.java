package dev.rote.corruption.formats;

import dev.rote.corruption.datasets.DatasetException;
import dev.rote.v1.Resize;

/**
 * Brings pictures to one size: each new pixel is a mean of old ones, weighted by a triangle that is
 * as wide as a new pixel, and at least as an old one (PIL's {@code BILINEAR} with its
 * antialiasing).
 *
 * @param crop whether the largest part in the middle that has the proportions is taken first
 */
record Resizing(int height, int width, boolean crop) {
  private static final String FIELD = "variant.dataset.files.resize";

  /** Most bytes that bringing a picture to a size may take beside the picture. */
  private static final long MOST_BYTES = Runtime.getRuntime().maxMemory() / 4;

  static Resizing of(Resize resize) {
    return new Resizing(
        resize.getHeight(), resize.getWidth(), resize.getRule() == Resize.Rule.CROP);
  }

  /**
   * The picture in that size.
   *
   * @param place what messages call it
   * @throws DatasetException with reason {@code REFUSED} when the memory has no room for it
   */
  Picture apply(Picture picture, String place) {
    return apply(picture, place, MOST_BYTES);
  }

  Picture apply(Picture picture, String place, long mostBytes) {
    Picture part = crop ? cropped(picture) : picture;
    if (part.height() == height && part.width() == width) {
      return part;
    }
    checkRoom(part, place, mostBytes);
    byte[] wide = new byte[part.channels() * part.height() * width];
    Weights columns = Weights.of(part.width(), width);
    for (int row = 0; row < part.channels() * part.height(); row++) {
      columns.apply(part.levels(), row * part.width(), 1, wide, row * width, 1);
    }
    byte[] levels = new byte[part.channels() * height * width];
    Weights rows = Weights.of(part.height(), height);
    for (int c = 0; c < part.channels(); c++) {
      for (int x = 0; x < width; x++) {
        rows.apply(
            wide, c * part.height() * width + x, width, levels, c * height * width + x, width);
      }
    }
    return new Picture(part.channels(), height, width, levels);
  }

  private void checkRoom(Picture part, String place, long mostBytes) {
    long rows = (long) part.height() + height;
    long bytes =
        part.channels() * rows * width
            + Weights.bytes(part.width(), width)
            + Weights.bytes(part.height(), height);
    if (bytes > mostBytes) {
      throw DatasetException.refused(
          FIELD,
          "brings "
              + place
              + " from "
              + part.height()
              + " x "
              + part.width()
              + " to "
              + height
              + " x "
              + width
              + " pixels, which takes "
              + bytes
              + " bytes, and the memory of this service has room for "
              + mostBytes
              + ": make the picture smaller, write a smaller size, or give the service more memory"
              + " (-Xmx)");
    }
  }

  private Picture cropped(Picture picture) {
    boolean tooWide = (long) picture.width() * height > (long) picture.height() * width;
    int high =
        tooWide ? picture.height() : Math.max(1, (int) ((long) picture.width() * height / width));
    int wide =
        tooWide ? Math.max(1, (int) ((long) picture.height() * width / height)) : picture.width();
    int top = (picture.height() - high) / 2;
    int left = (picture.width() - wide) / 2;
    byte[] levels = new byte[picture.channels() * high * wide];
    for (int c = 0; c < picture.channels(); c++) {
      for (int y = 0; y < high; y++) {
        System.arraycopy(
            picture.levels(),
            (c * picture.height() + top + y) * picture.width() + left,
            levels,
            (c * high + y) * wide,
            wide);
      }
    }
    return new Picture(picture.channels(), high, wide, levels);
  }

  /** For each new pixel along a side, the first old one that counts and the weights from there. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Weights(int[] first, double[][] weights) {
    /* Of an array beside its numbers, and of the reference to it and the position. */
    private static final int BYTES_OF_A_PIXEL = 24;

    /** At least what they take: each old pixel counts for two new ones, or each new one has two. */
    static long bytes(int from, int to) {
      return 2L * Double.BYTES * Math.max(from, to) + (long) BYTES_OF_A_PIXEL * to;
    }

    static Weights of(int from, int to) {
      double scale = (double) from / to;
      double reach = Math.max(1, scale);
      int[] first = new int[to];
      double[][] weights = new double[to][];
      for (int i = 0; i < to; i++) {
        double center = (i + 0.5) * scale;
        first[i] = Math.max(0, (int) (center - reach + 0.5));
        int end = Math.min(from, (int) (center + reach + 0.5));
        weights[i] = new double[end - first[i]];
        double sum = 0;
        for (int k = 0; k < weights[i].length; k++) {
          double distance = Math.abs((k + first[i] - center + 0.5) / reach);
          weights[i][k] = Math.max(0, 1 - distance);
          sum += weights[i][k];
        }
        for (int k = 0; k < weights[i].length; k++) {
          weights[i][k] /= sum;
        }
      }
      return new Weights(first, weights);
    }

    void apply(byte[] in, int at, int step, byte[] out, int to, int outStep) {
      for (int i = 0; i < first.length; i++) {
        double sum = 0;
        for (int k = 0; k < weights[i].length; k++) {
          sum += weights[i][k] * (in[at + (first[i] + k) * step] & 0xFF);
        }
        out[to + i * outStep] = (byte) Math.min(0xFF, Math.round(sum));
      }
    }
  }
}
