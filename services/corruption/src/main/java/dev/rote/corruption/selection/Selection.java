package dev.rote.corruption.selection;

import dev.rote.random.CounterRandom;
import dev.rote.random.IndexPermutation;

/**
 * A seeded choice of examples; under one seed, a higher level chooses a superset. Safe to share
 * between threads.
 */
public sealed interface Selection {

  /** Whether example {@code i} of the split is chosen. */
  boolean contains(long example);

  /** Exactly round(level * N) examples, halves rounded up. */
  static Selection exactly(long seed, String purpose, double level, long examples) {
    return examples == 0
        ? new Each(CounterRandom.of(seed, purpose), 0)
        : new Exactly(IndexPermutation.of(seed, purpose, examples), Math.round(level * examples));
  }

  /** Each example independently with probability {@code level}. */
  static Selection each(long seed, String purpose, double level) {
    return new Each(CounterRandom.of(seed, purpose), level);
  }

  /** Those that a permutation sends below {@code count}. */
  record Exactly(IndexPermutation order, long count) implements Selection {
    @Override
    public boolean contains(long example) {
      return order.apply(example) < count;
    }
  }

  /** Those whose uniform draw (example, 0) is below {@code level}. */
  record Each(CounterRandom random, double level) implements Selection {
    @Override
    public boolean contains(long example) {
      return random.uniform(example, 0) < level;
    }
  }
}
