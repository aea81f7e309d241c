package dev.rote.corruption.formats;

import dev.rote.corruption.datasets.NamedFile;
import dev.rote.v1.FileSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which arrays of an {@code .npz} archive are a set's inputs and labels: those that are asked for,
 * else those that can be and whose names speak of the set.
 */
record NumpyArrays(String inputs, String labels) {
  private static final Map<String, List<String>> WORDS =
      Map.of(
          "train", List.of("train", "tr"),
          "validation", List.of("valid", "val", "dev"),
          "test", List.of("test", "te"));

  static NumpyArrays of(
      Map<String, NumpyHeader> headers, FileSet set, String role, NamedFile archive) {
    String inputs =
        set.getImage().isEmpty()
            ? best(headers, role, false, archive, shown(headers))
            : set.getImage();
    return new NumpyArrays(
        inputs,
        headers.containsKey(set.getLabel())
            ? set.getLabel()
            : set.getLabels().isEmpty() ? labels(headers, inputs, set, role, archive) : "");
  }

  private static String labels(
      Map<String, NumpyHeader> headers,
      String inputs,
      FileSet set,
      String role,
      NamedFile archive) {
    if (!set.getLabel().chars().allMatch(Character::isDigit)) {
      throw archive.unfit(
          "has no array "
              + FirstBytes.text(set.getLabel())
              + ": `label` must be one of "
              + String.join(", ", headers.keySet())
              + ", or the number of a column of labels",
          "label",
          "an array",
          set.getLabel());
    }
    String has = shown(headers);
    Map<String, NumpyHeader> others = new TreeMap<>(headers);
    NumpyHeader chosen = others.remove(inputs);
    if (chosen != null) {
      long rows = chosen.dimensions().get(0);
      others.values().removeIf(header -> header.dimensions().get(0) != rows);
      has += ", and labels must be as many as the " + rows + " of " + FirstBytes.text(inputs);
    }
    return best(others, role, true, archive, has);
  }

  /**
   * @param has what messages say of the archive
   */
  private static String best(
      Map<String, NumpyHeader> headers,
      String role,
      boolean labels,
      NamedFile archive,
      String has) {
    String best = "";
    int points = 0;
    boolean tie = false;
    for (Map.Entry<String, NumpyHeader> entry : headers.entrySet()) {
      if (isLabels(entry.getValue()) == labels) {
        int now = points(entry.getKey(), role);
        tie = now == points;
        if (now > points) {
          points = now;
          best = entry.getKey();
        }
      }
    }
    if (best.isEmpty()) {
      throw archive.unfit(
          "has no array that can be the "
              + (labels ? "labels" : "inputs")
              + " of the "
              + role
              + " set: it has "
              + has,
          labels ? "label" : "image",
          "an array",
          "none");
    }
    if (tie) {
      throw archive.unfit(
          "has several arrays that can be the "
              + (labels ? "labels: write `label`" : "inputs: write `image`")
              + "; it has "
              + has,
          labels ? "label" : "image",
          "one array",
          "several");
    }
    return best;
  }

  private static String shown(Map<String, NumpyHeader> headers) {
    return String.join(
        ", ",
        headers.entrySet().stream()
            .limit(10)
            .map(entry -> FirstBytes.text(entry.getKey()) + " " + entry.getValue().dimensions())
            .toList());
  }

  /** Of one dimension, or of two of which the second is 1. */
  static boolean isLabels(NumpyHeader header) {
    return header.dimensions().stream().skip(1).allMatch(dimension -> dimension == 1);
  }

  /** 3 for a name that speaks of the set, 2 for one that speaks of none, 1 for another set's. */
  private static int points(String name, String role) {
    if (speaksOf(name, role)) {
      return 3;
    }
    return WORDS.keySet().stream().anyMatch(other -> speaksOf(name, other)) ? 1 : 2;
  }

  /** Whether an archive has an array whose name speaks of a set. */
  static boolean speaksOf(String name, String role) {
    List<String> parts = List.of(name.toLowerCase(java.util.Locale.ROOT).split("[^a-z]+"));
    String whole = name.toLowerCase(java.util.Locale.ROOT);
    List<String> words = WORDS.getOrDefault(role, List.of());
    return words.stream().anyMatch(parts::contains)
        || words.stream().limit(1).anyMatch(whole::contains);
  }
}
