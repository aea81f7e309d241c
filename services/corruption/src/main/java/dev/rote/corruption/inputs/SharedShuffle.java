package dev.rote.corruption.inputs;

import dev.rote.random.CounterRandom;

/**
 * One permutation of the pixels for all images of all splits; the channels of a pixel stay
 * together. Stream {@code inputs/shuffle-shared}.
 */
public final class SharedShuffle implements InputRule.Shuffle {
  private final int[] order;

  /**
   * @param pixels pixels of one plane
   */
  public SharedShuffle(long seed, int pixels) {
    this.order = new int[pixels];
    PixelOrder.draw(CounterRandom.of(seed, "inputs/shuffle-shared"), 0, order);
  }

  @Override
  public void shuffle(long example, int[] levels) {
    PixelOrder.apply(order, levels);
  }
}
