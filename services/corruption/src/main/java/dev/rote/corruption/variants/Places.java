package dev.rote.corruption.variants;

import dev.rote.corruption.selection.IndexSet;
import org.jspecify.annotations.Nullable;

/**
 * Which example of a split stands at each place of what is trained on: those that are left, in
 * order, then the copies of those that are repeated. Immutable.
 *
 * @param kept examples that are left; null: all
 * @param examples of the split
 * @param repeated those that are there several times; null: none
 * @param times how often these are there
 */
record Places(@Nullable IndexSet kept, long examples, @Nullable IndexSet repeated, int times) {

  /** Each example of a split once. */
  static Places all(long examples) {
    return new Places(null, examples, null, 1);
  }

  private long left() {
    return kept == null ? examples : kept.size();
  }

  /** Number of places. */
  long size() {
    return left() + (repeated == null ? 0 : (times - 1L) * repeated.size());
  }

  /** The example at a place. */
  long example(long place) {
    if (place < left() || repeated == null) {
      return kept == null ? place : kept.get(place);
    }
    return repeated.get((place - left()) / (times - 1));
  }

  boolean isRepeated(long example) {
    return repeated != null && repeated.contains(example);
  }
}
