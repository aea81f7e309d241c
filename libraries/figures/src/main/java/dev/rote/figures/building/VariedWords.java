package dev.rote.figures.building;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The words for one thing of a sweep's trials, such as their recipe: what all have in common once,
 * and for what differs every value with the axes that it changes along, such as {@code labels: none
 * / random at level 0.2 / 0.4 (axis noise)}.
 */
final class VariedWords {
  private static final int VALUES_SHOWN = 12;

  private final List<Phrase> phrases = new ArrayList<>();
  private final Map<String, Set<String>> values = new HashMap<>();
  private final Map<String, Set<String>> axes = new HashMap<>();

  /** Trials that differ in one axis alone, in its order. */
  void along(String axis, List<List<Phrase>> trials) {
    trials.forEach(this::place);
    for (Phrase phrase : List.copyOf(phrases)) {
      List<String> found = trials.stream().map(trial -> value(phrase, trial)).distinct().toList();
      values.computeIfAbsent(phrase.part(), part -> new LinkedHashSet<>()).addAll(found);
      if (found.size() > 1) {
        axes.computeIfAbsent(phrase.part(), part -> new LinkedHashSet<>()).add(axis);
      }
    }
  }

  /** A trial alone. */
  void add(List<Phrase> trial) {
    along("", List.of(trial));
  }

  /* Each part where the trials that have it have it: after the part before it. */
  private void place(List<Phrase> trial) {
    int at = 0;
    for (Phrase phrase : trial) {
      int there = parts().indexOf(phrase.part());
      if (there < 0) {
        phrases.add(at, phrase);
        there = at;
      }
      at = there + 1;
    }
  }

  private List<String> parts() {
    return phrases.stream().map(Phrase::part).toList();
  }

  private static String value(Phrase of, List<Phrase> trial) {
    return trial.stream()
        .filter(phrase -> phrase.part().equals(of.part()))
        .findFirst()
        .map(Phrase::value)
        .orElse(of.absent());
  }

  /** All of it; {@code none} where no trial has a phrase. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (Phrase phrase : phrases) {
      text.append(text.isEmpty() ? "" : phrase.lead()).append(phrase.before());
      List<String> found = List.copyOf(values.getOrDefault(phrase.part(), Set.of()));
      text.append(alternatives(phrase, found));
      Set<String> along = axes.getOrDefault(phrase.part(), Set.of());
      if (!along.isEmpty()) {
        text.append(
            along.stream()
                .map(axis -> "axis " + axis)
                .collect(Collectors.joining(", ", " (", ")")));
      }
      text.append(phrase.after());
    }
    return text.isEmpty() ? "none" : text.toString();
  }

  /** The words that the values begin with are said once. */
  private static String alternatives(Phrase phrase, List<String> found) {
    List<String> there = found.stream().filter(value -> !value.equals(phrase.absent())).toList();
    int common = common(there);
    List<String> said = new ArrayList<>();
    boolean first = true;
    for (String value : found) {
      boolean absent = value.equals(phrase.absent());
      said.add(absent || first ? value : value.substring(common));
      first &= absent;
    }
    if (said.size() > VALUES_SHOWN) {
      List<String> shown = new ArrayList<>(said.subList(0, VALUES_SHOWN - 2));
      shown.add("…");
      shown.add(said.get(said.size() - 1));
      said = shown;
    }
    return String.join(" / ", said);
  }

  /** Length of the whole words that all values begin with; 0 where one of them is no more. */
  private static int common(List<String> values) {
    if (values.size() < 2) {
      return 0;
    }
    String first = values.get(0);
    for (int end = first.lastIndexOf(' ') + 1; end > 0; end = first.lastIndexOf(' ', end - 2) + 1) {
      String words = first.substring(0, end);
      if (values.stream().allMatch(value -> value.startsWith(words))) {
        return end;
      }
    }
    return 0;
  }
}
