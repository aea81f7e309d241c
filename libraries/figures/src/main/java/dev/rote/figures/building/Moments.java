package dev.rote.figures.building;

import dev.rote.v1.Term;
import java.util.Comparator;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Values of a whole line, of which a term takes that of one epoch. */
final class Moments {
  private Moments() {}

  /**
   * The value at the term's moment; empty when there is none. {@code AT_BEST_VALIDATION} and {@code
   * EPOCH_OF_MAX} have none.
   *
   * @param size what {@code MAX} and {@code MIN} compare; one whose size is NaN is the last resort
   */
  static <T> Optional<T> at(NavigableMap<Integer, T> byEpoch, Term term, ToDoubleFunction<T> size) {
    if (byEpoch.isEmpty()) {
      return Optional.empty();
    }
    return switch (term.getMoment()) {
      case LAST, UNSPECIFIED, UNRECOGNIZED -> Optional.of(byEpoch.lastEntry().getValue());
      case FIRST -> Optional.of(byEpoch.firstEntry().getValue());
      case AT_EPOCH -> Optional.ofNullable(byEpoch.get(term.getEpoch()));
      case MAX -> largest(byEpoch, size);
      case MIN -> largest(byEpoch, value -> -size.applyAsDouble(value));
      case AT_BEST_VALIDATION, EPOCH_OF_MAX -> Optional.empty();
    };
  }

  private static <T> Optional<T> largest(
      NavigableMap<Integer, T> byEpoch, ToDoubleFunction<T> size) {
    return byEpoch.values().stream()
        .max(
            Comparator.comparingDouble(
                value -> {
                  double known = size.applyAsDouble(value);
                  return Double.isNaN(known) ? Double.NEGATIVE_INFINITY : known;
                }));
  }
}
