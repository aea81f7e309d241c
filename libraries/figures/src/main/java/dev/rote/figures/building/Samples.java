package dev.rote.figures.building;

import dev.rote.figures.building.Finding.Undecided;
import dev.rote.figures.study.Observation;
import java.util.Arrays;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The values of a term, one a repetition.
 *
 * @param words what they are values of
 * @param values by repetition; empty when there are none or they cannot be told
 * @param gaps the repetitions without a value
 * @param obstacle why they cannot be told; empty when they can
 */
record Samples(
    String words, NavigableMap<Integer, Observation> values, Gaps gaps, String obstacle) {
  Samples {
    values = Collections.unmodifiableNavigableMap(new TreeMap<>(values));
  }

  static Samples of(String words, NavigableMap<Integer, Observation> values, Gaps gaps) {
    return new Samples(words, values, gaps, "");
  }

  static Samples untold(String words, String obstacle) {
    return new Samples(words, Collections.emptyNavigableMap(), Gaps.NONE, obstacle);
  }

  /** Why nothing can be judged by them, if so. */
  Optional<Undecided> undecided() {
    if (!obstacle.isEmpty()) {
      return Optional.of(new Undecided(obstacle));
    }
    Optional<Undecided> lacking = gaps.obstacle(words).map(Undecided::new);
    return lacking.isPresent() || !values.isEmpty()
        ? lacking
        : Optional.of(Undecided.missing(words + gaps.allFailed()));
  }

  /** The samples with a value in the place of each that diverged. */
  Samples countingDivergedAs(double value) {
    if (gaps.diverged().isEmpty()) {
      return this;
    }
    NavigableMap<Integer, Observation> all = new TreeMap<>(values);
    gaps.diverged().forEach(repetition -> all.put(repetition, Observation.of(value)));
    String counted =
        Double.isInfinite(value) ? "as worse than every number" : "as " + Wording.number(value);
    return new Samples(
        words + " (" + gaps.of(gaps.diverged().size()) + " diverged and count " + counted + ")",
        all,
        gaps.withoutDiverged(),
        obstacle);
  }

  /** The samples of the repetitions that another term has values in, too. */
  Samples pairedWith(Samples other) {
    NavigableMap<Integer, Observation> shared = new TreeMap<>(values);
    shared.keySet().retainAll(other.values.keySet());
    return new Samples(words, shared, gaps, obstacle);
  }

  int size() {
    return values.size();
  }

  /** float64[R] in order of repetitions; a censored value stands at its bound. */
  double[] array() {
    return values.values().stream().mapToDouble(Observation::value).toArray();
  }

  /** Whether a repetition counts as worse than every number. */
  boolean endless() {
    return Arrays.stream(array()).anyMatch(Double::isInfinite);
  }

  /** Repetitions of which only a lower bound is known. */
  int censored() {
    return (int) values.values().stream().filter(Observation::censored).count();
  }
}
