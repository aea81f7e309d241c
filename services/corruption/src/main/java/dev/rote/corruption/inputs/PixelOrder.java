package dev.rote.corruption.inputs;

import dev.rote.random.CounterRandom;

/** A uniform permutation of pixel positions, by Fisher and Yates' shuffle. */
final class PixelOrder {
  private PixelOrder() {}

  /**
   * Draws a permutation.
   *
   * @param order filled with 0 … order.length - 1 in random order
   */
  static void draw(CounterRandom random, long example, int[] order) {
    for (int i = 0; i < order.length; i++) {
      int j = (int) random.below(i + 1L, example, i);
      order[i] = order[j];
      order[j] = i;
    }
  }

  /**
   * Moves pixels: the new pixel {@code p} of each channel is the old pixel {@code order[p]}, so
   * that the channels of a pixel stay together.
   */
  static void apply(int[] order, int[] levels) {
    int pixels = order.length;
    int[] plane = new int[pixels];
    for (int first = 0; first < levels.length; first += pixels) {
      System.arraycopy(levels, first, plane, 0, pixels);
      for (int p = 0; p < pixels; p++) {
        levels[first + p] = plane[order[p]];
      }
    }
  }
}
