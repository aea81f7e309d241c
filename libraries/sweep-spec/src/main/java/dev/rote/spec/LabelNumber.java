package dev.rote.spec;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * The number at the end of a label: 512 of {@code width 512}, 20 of {@code labels 20 %}, 0.1 of
 * {@code l2=0.1}.
 *
 * <p>A label ends in a number when its last word, percent sign aside, is one from its first digit
 * to its end, as JSON writes numbers or with the leading 0 left out, and nothing before it could
 * belong to it: {@code 1,500}, {@code 1 500}, {@code 3/4}, {@code 2-5} and {@code 3x3} hold no
 * number, for each part of them would be another.
 */
public final class LabelNumber {
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(?:\\d++(?:\\.\\d++)?|\\.\\d++)(?:[eE][-+]?\\d++)?");

  /** What may stand between a word and its number. */
  private static final String RELATIONS = "=<>≤≥≈~#";

  /** What may not stand right before a number: it would be a part of it, or compute with it. */
  private static final String JOINTS = ".,/'’_^*:·×+-–−%";

  /** A number and where it begins. */
  private record Found(int start, double value) {}

  private LabelNumber() {}

  /** The number; empty for a label that does not end in one. */
  public static OptionalDouble of(String label) {
    return find(label)
        .map(found -> OptionalDouble.of(found.value()))
        .orElseGet(OptionalDouble::empty);
  }

  /** What stands before the number; the whole label without one. */
  public static String before(String label) {
    return find(label).map(found -> label.substring(0, found.start())).orElse(label);
  }

  private static Optional<Found> find(String label) {
    String text = label.stripTrailing();
    if (text.endsWith("%")) {
      text = text.substring(0, text.length() - 1).stripTrailing();
    }
    int word = word(text);
    for (int start = word; start < text.length(); start++) {
      String number = text.substring(start);
      if (NUMBER.matcher(number).matches()) {
        return standsAlone(text, word, start) && NumberText.problem(number, false).isEmpty()
            ? Optional.of(new Found(start, NumberText.toDouble(number)))
            : Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** Where the last word begins: behind white space, or behind a relation such as {@code =}. */
  private static int word(String text) {
    int at = text.length();
    while (at > 0
        && !Character.isWhitespace(text.charAt(at - 1))
        && RELATIONS.indexOf(text.charAt(at - 1)) < 0) {
      at--;
    }
    return at;
  }

  private static boolean standsAlone(String text, int word, int start) {
    String prefix = text.substring(word, start);
    if (!prefix.isEmpty()) {
      char last = prefix.charAt(prefix.length() - 1);
      boolean signed = "+-".indexOf(text.charAt(start)) >= 0;
      return prefix.chars().noneMatch(Character::isDigit)
          && JOINTS.indexOf(last) < 0
          && !(signed && Character.isLetterOrDigit(last));
    }
    String before = text.substring(0, word).stripTrailing();
    if (before.isEmpty() || RELATIONS.indexOf(before.charAt(before.length() - 1)) >= 0) {
      return true;
    }
    return before.substring(word(before)).chars().anyMatch(Character::isLetter)
        && !Character.isDigit(before.charAt(before.length() - 1));
  }
}
