package dev.rote.corruption.selection;

import dev.rote.random.IndexPermutation;
import java.util.function.LongToIntFunction;

/** A seeded choice of so many examples of each kind; larger quotas choose supersets. */
public final class Quotas {
  private Quotas() {}

  /**
   * Chooses examples.
   *
   * @param order of a kind the examples that come first in it are chosen
   * @param examples N, the size of the order
   * @param kind of each example, in [0, kinds); negative: never chosen
   * @param quota of each kind
   */
  public static IndexSet choose(
      IndexPermutation order, long examples, LongToIntFunction kind, long[] quota) {
    long[] left = quota.clone();
    return IndexSet.collect(
        examples,
        chosen -> {
          for (long place = 0; place < examples; place++) {
            long example = order.apply(place);
            int of = kind.applyAsInt(example);
            if (of >= 0 && left[of] > 0) {
              left[of]--;
              chosen.accept(example);
            }
          }
        });
  }

  /** How many examples there are of each kind. */
  public static long[] counts(long examples, LongToIntFunction kind, int kinds) {
    long[] counts = new long[kinds];
    for (long example = 0; example < examples; example++) {
      int of = kind.applyAsInt(example);
      if (of >= 0) {
        counts[of]++;
      }
    }
    return counts;
  }
}
