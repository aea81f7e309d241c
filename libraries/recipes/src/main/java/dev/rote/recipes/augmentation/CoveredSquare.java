package dev.rote.recipes.augmentation;

import dev.rote.random.CounterRandom;
import dev.rote.v1.Shape;
import java.util.Arrays;

/**
 * Cutout (DeVries and Taylor, "Improved Regularization of Convolutional Neural Networks with
 * Cutout", 2017, section 3.2): rows {@code i - floor(s / 2)} to {@code i - floor(s / 2) + s - 1}
 * and as many columns around j, as far as they lie in the picture, become blank in all channels;
 * (i, j) is uniform over the pixels.
 *
 * <p>Differs from the authors' code: none for even s; theirs covers s - 1 pixels for odd s. They
 * cover after normalising, with 0: that is what blank stands for here.
 *
 * <p>Randomness: stream {@code "augmentation/cutout"}; the second counter is {@code 2 item} for i
 * and {@code 2 item + 1} for j.
 */
final class CoveredSquare implements PictureChange {
  private final CounterRandom random;
  private final Shape shape;
  private final int size;
  private final float[] blank;

  /**
   * @param size s
   * @param blank float32[C]: what covers each channel
   */
  CoveredSquare(long seed, Shape shape, int size, float[] blank) {
    this.random = CounterRandom.of(seed, "augmentation/cutout");
    this.shape = shape;
    this.size = size;
    this.blank = blank.clone();
  }

  @Override
  public void apply(float[] pictures, int at, long major, long item) {
    int height = shape.getHeight();
    int width = shape.getWidth();
    int top = (int) random.below(height, major, 2 * item) - size / 2;
    int left = (int) random.below(width, major, 2 * item + 1) - size / 2;
    int from = Math.max(left, 0);
    int to = Math.min(left + size, width);
    for (int c = 0; c < blank.length; c++) {
      for (int y = Math.max(top, 0); y < Math.min(top + size, height); y++) {
        int row = at + (c * height + y) * width;
        Arrays.fill(pictures, row + from, row + to, blank[c]);
      }
    }
  }
}
