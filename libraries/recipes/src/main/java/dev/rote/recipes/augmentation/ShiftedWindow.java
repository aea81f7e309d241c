package dev.rote.recipes.augmentation;

import dev.rote.random.CounterRandom;
import dev.rote.v1.Shape;
import java.util.Arrays;

/**
 * Padding with zeros and a window of the picture's own size (He et al., CVPR 2016, section 4.2;
 * {@code RandomCrop(size, padding)} of torchvision): {@code y[c, i, j] = x[c, i + u - p, j + v -
 * p]}, 0 outside, with u and v uniform in {0, …, 2 p}.
 *
 * <p>Randomness: stream {@code "augmentation/crop"}; the second counter is {@code 2 item} for u and
 * {@code 2 item + 1} for v.
 */
final class ShiftedWindow implements PictureChange {
  private final CounterRandom random;
  private final Shape shape;
  private final int padding;
  private final float[] source;

  ShiftedWindow(long seed, Shape shape, int padding) {
    this.random = CounterRandom.of(seed, "augmentation/crop");
    this.shape = shape;
    this.padding = padding;
    this.source = new float[shape.getChannels() * shape.getHeight() * shape.getWidth()];
  }

  @Override
  public void apply(float[] pictures, int at, long major, long item) {
    int down = (int) random.below(2L * padding + 1, major, 2 * item) - padding;
    int right = (int) random.below(2L * padding + 1, major, 2 * item + 1) - padding;
    int height = shape.getHeight();
    int width = shape.getWidth();
    System.arraycopy(pictures, at, source, 0, source.length);
    Arrays.fill(pictures, at, at + source.length, 0);
    int kept = width - Math.abs(right);
    for (int row = 0; kept > 0 && row < shape.getChannels() * height; row++) {
      int y = row % height + down;
      if (y >= 0 && y < height) {
        int from = (row + down) * width + Math.max(right, 0);
        System.arraycopy(source, from, pictures, at + row * width + Math.max(-right, 0), kept);
      }
    }
  }
}
