package dev.rote.figures.building;

import dev.rote.figures.building.Finding.Undecided;
import dev.rote.figures.study.Observation;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The values of a term, one a repetition.
 *
 * @param words what they are values of
 * @param values by repetition; empty when there are none or they cannot be told
 * @param obstacle why they cannot be told; empty when they can
 */
record Samples(String words, NavigableMap<Integer, Observation> values, String obstacle) {

  Samples {
    values = Collections.unmodifiableNavigableMap(new TreeMap<>(values));
  }

  static Samples of(String words, NavigableMap<Integer, Observation> values) {
    return new Samples(words, values, "");
  }

  static Samples untold(String words, String obstacle) {
    return new Samples(words, Collections.emptyNavigableMap(), obstacle);
  }

  /** Why nothing can be judged by them, if so. */
  Optional<Undecided> undecided() {
    if (!obstacle.isEmpty()) {
      return Optional.of(new Undecided(obstacle));
    }
    return values.isEmpty() ? Optional.of(Undecided.missing(words)) : Optional.empty();
  }

  /** The samples of the repetitions that another term has values in, too. */
  Samples pairedWith(Samples other) {
    NavigableMap<Integer, Observation> shared = new TreeMap<>(values);
    shared.keySet().retainAll(other.values.keySet());
    return new Samples(words, shared, obstacle);
  }

  int size() {
    return values.size();
  }

  /** float64[R] in order of repetitions; a censored value stands at its bound. */
  double[] array() {
    return values.values().stream().mapToDouble(Observation::value).toArray();
  }

  /** Repetitions of which only a lower bound is known. */
  int censored() {
    return (int) values.values().stream().filter(Observation::censored).count();
  }
}
