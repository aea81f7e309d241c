package dev.rote.spec;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The name that was meant by one that there is not. */
public final class NearestName {
  private NearestName() {}

  /**
   * The first of the names at the least edit distance (Levenshtein), letter case aside; empty when
   * none is within a third of its own length.
   */
  public static Optional<String> of(String wrong, List<String> names) {
    String nearest = "";
    int least = Integer.MAX_VALUE;
    for (String name : names) {
      int distance = distance(wrong.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
      if (distance <= Math.max(1, name.length() / 3) && distance < least) {
        nearest = name;
        least = distance;
      }
    }
    return least == Integer.MAX_VALUE ? Optional.empty() : Optional.of(nearest);
  }

  /** {@code : did you mean x?} for a near name, else the list of names. */
  static String hint(String wrong, List<String> names) {
    return of(wrong, names)
        .map(name -> ": did you mean " + name + "?")
        .orElse(names.isEmpty() ? "" : ": there are " + String.join(", ", names));
  }

  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
