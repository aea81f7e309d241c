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

  /**
   * The {@code part}th of disjoint choices of {@code count} examples each.
   *
   * @param part from 0; {@code (part + 1) * count} is at most {@code examples}
   */
  static Selection part(long seed, String purpose, int part, long count, long examples) {
    return new Part(IndexPermutation.of(seed, purpose, examples), part * count, (part + 1) * count);
  }

  /** Those that a permutation sends between two places. */
  record Part(IndexPermutation order, long from, long to) implements Selection {
    @Override
    public boolean contains(long example) {
      long place = order.apply(example);
      return place >= from && place < to;
    }
  }

  /** Each example independently with a probability of its own. */
  record Rated(CounterRandom random, FlipRates rates) implements Selection {
    public static Rated of(long seed, String purpose, FlipRates rates) {
      return new Rated(CounterRandom.of(seed, purpose), rates);
    }

    @Override
    public boolean contains(long example) {
      return random.uniform(example, 0) < rates.of(example);
    }
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
