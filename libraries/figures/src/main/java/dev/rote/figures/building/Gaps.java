package dev.rote.figures.building;

import dev.rote.figures.study.Fate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Repetitions that lack a value, by why they do.
 *
 * @param planned repetitions of the line
 * @param diverged those that diverged before the value
 * @param ends the others without a value, by how they ended
 */
record Gaps(int planned, SortedSet<Integer> diverged, Map<Fate.End, Integer> ends) {
  static final Gaps NONE = new Gaps(0, Collections.emptySortedSet(), Map.of());

  Gaps {
    diverged = Collections.unmodifiableSortedSet(new TreeSet<>(diverged));
    ends = Map.copyOf(ends);
  }

  /** The repetitions of a line that are not among those with a value. */
  static Gaps of(NavigableMap<Integer, Fate> fates, Set<Integer> valued) {
    SortedSet<Integer> diverged = new TreeSet<>();
    Map<Fate.End, Integer> ends = new EnumMap<>(Fate.End.class);
    for (Map.Entry<Integer, Fate> repetition : fates.entrySet()) {
      if (valued.contains(repetition.getKey())) {
        continue;
      }
      if (repetition.getValue().diverged()) {
        diverged.add(repetition.getKey());
      } else {
        ends.merge(repetition.getValue().end(), 1, Integer::sum);
      }
    }
    return new Gaps(fates.size(), diverged, ends);
  }

  /** The same once those that diverged have been given a value. */
  Gaps withoutDiverged() {
    return new Gaps(planned, Collections.emptySortedSet(), ends);
  }

  private int count(Fate.End end) {
    return ends.getOrDefault(end, 0);
  }

  /** Why a claim cannot be judged by the repetitions that have a value; empty when it can. */
  Optional<String> obstacle(String words) {
    if (!diverged.isEmpty()) {
      return Optional.of("there is no " + words + ": " + of(diverged.size()) + " diverged");
    }
    List<String> lacking = new ArrayList<>();
    for (Fate.End end : List.of(Fate.End.UNFINISHED, Fate.End.CANCELLED)) {
      if (count(end) > 0) {
        lacking.add(count(end) + " " + end.words());
      }
    }
    return lacking.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "too few results for: "
                + words
                + " (of "
                + Wording.repetitions(planned)
                + " "
                + String.join(" and ", lacking)
                + ")");
  }

  /** Such as {@code 1 of 3 repetitions}. */
  String of(int count) {
    return count + " of " + Wording.repetitions(planned);
  }

  /** Such as {@code (3 of 3 repetitions failed)}; empty without any. */
  String allFailed() {
    int failed = count(Fate.End.FAILED);
    return failed == 0 ? "" : " (" + of(failed) + " failed)";
  }

  /** Such as {@code , without 1 of 3 repetitions, which failed}; empty without any. */
  String failed() {
    int failed = count(Fate.End.FAILED);
    return failed == 0 ? "" : ", without " + of(failed) + ", which failed";
  }
}
