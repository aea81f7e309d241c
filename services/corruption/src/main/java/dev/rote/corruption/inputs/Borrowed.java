package dev.rote.corruption.inputs;

import dev.rote.random.IndexPermutation;

/**
 * Examples of another dataset: each once, in a seeded order, before any comes again. Stream {@code
 * inputs/open-set/<split>}.
 *
 * <p>Source: open-set noise of Wang et al., "Iterative learning with open-set noisy labels", CVPR
 * 2018, section 4.
 *
 * @param chosen in which examples are chosen to be replaced
 * @param order of the other dataset's examples
 * @param examples that it has
 */
public record Borrowed(IndexPermutation chosen, IndexPermutation order, long examples)
    implements InputRule {

  /**
   * From a split with that many examples.
   *
   * @param chosen the order in which examples are chosen to be replaced, first ones first
   */
  public static Borrowed of(long seed, String split, IndexPermutation chosen, long examples) {
    return new Borrowed(
        chosen, IndexPermutation.of(seed, "inputs/open-set/" + split, examples), examples);
  }

  /** Index in the other split of what replaces the input of an example. */
  public long index(long example) {
    return order.apply(chosen.apply(example) % examples);
  }
}
