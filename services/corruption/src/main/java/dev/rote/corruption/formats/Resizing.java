package dev.rote.corruption.formats;

import dev.rote.v1.Resize;

/**
 * Brings pictures to one size: each new pixel is a mean of old ones, weighted by a triangle that is
 * as wide as a new pixel, and at least as an old one (PIL's {@code BILINEAR} with its
 * antialiasing).
 *
 * @param crop whether the largest part in the middle that has the proportions is taken first
 */
record Resizing(int height, int width, boolean crop) {

  static Resizing of(Resize resize) {
    return new Resizing(
        resize.getHeight(), resize.getWidth(), resize.getRule() == Resize.Rule.CROP);
  }

  /** The picture in that size. */
  Picture apply(Picture picture) {
    Picture part = crop ? cropped(picture) : picture;
    if (part.height() == height && part.width() == width) {
      return part;
    }
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
