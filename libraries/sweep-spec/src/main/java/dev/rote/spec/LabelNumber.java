package dev.rote.spec;

import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The number at the end of a label: 512 of {@code width 512}, 20 of {@code labels 20 %}. */
public final class LabelNumber {
  private static final Pattern NUMBER =
      Pattern.compile("(?<before>.*?)(?<number>-?\\d+(?:\\.\\d+)?(?:[eE]-?\\d+)?)\\s*%?");

  private LabelNumber() {}

  /** The number; empty for a label that does not end in one. */
  public static OptionalDouble of(String label) {
    Matcher matcher = NUMBER.matcher(label);
    return matcher.matches()
        ? OptionalDouble.of(Double.parseDouble(matcher.group("number")))
        : OptionalDouble.empty();
  }

  /** What stands before the number; the whole label without one. */
  public static String before(String label) {
    Matcher matcher = NUMBER.matcher(label);
    return matcher.matches() ? matcher.group("before") : label;
  }
}
