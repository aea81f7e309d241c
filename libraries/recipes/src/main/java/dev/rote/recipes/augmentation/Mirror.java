package dev.rote.recipes.augmentation;

import dev.rote.random.CounterRandom;
import dev.rote.v1.Shape;

/**
 * Left and right changed with probability 1/2, {@code y[c, i, j] = x[c, i, W - 1 - j]} ({@code
 * RandomHorizontalFlip} of torchvision).
 *
 * <p>Randomness: stream {@code "augmentation/flip"}, a bit for each visit.
 */
final class Mirror implements PictureChange {
  private final CounterRandom random;
  private final Shape shape;

  Mirror(long seed, Shape shape) {
    this.random = CounterRandom.of(seed, "augmentation/flip");
    this.shape = shape;
  }

  @Override
  public void apply(float[] pictures, int at, long major, long item) {
    if (random.below(2, major, item) == 0) {
      return;
    }
    int width = shape.getWidth();
    int end = at + shape.getChannels() * shape.getHeight() * width;
    for (int row = at; row < end; row += width) {
      for (int left = row, right = row + width - 1; left < right; left++, right--) {
        float value = pictures[left];
        pictures[left] = pictures[right];
        pictures[right] = value;
      }
    }
  }
}
