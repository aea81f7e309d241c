package dev.rote.corruption.inputs;

import dev.rote.random.CounterRandom;

/**
 * A permutation of the pixels for each image; the channels of a pixel stay together. Stream {@code
 * inputs/shuffle-each/<split>}, draws (example, pixel).
 */
public final class OwnShuffle implements InputRule.Shuffle {
  private final CounterRandom random;
  private final int pixels;

  /**
   * @param pixels pixels of one plane
   */
  public OwnShuffle(long seed, String split, int pixels) {
    this.random = CounterRandom.of(seed, "inputs/shuffle-each/" + split);
    this.pixels = pixels;
  }

  @Override
  public void shuffle(long example, int[] levels) {
    int[] order = new int[pixels];
    PixelOrder.draw(random, example, order);
    PixelOrder.apply(order, levels);
  }
}
