package dev.rote.figures.building;

import dev.rote.figures.ShortNumber;
import java.util.Locale;

/** Phrases of the statistics' names. */
final class Wording {

  private Wording() {}

  static String number(double value) {
    return ShortNumber.of(value);
  }

  /** A whole number with commas between thousands. */
  static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  static String repetitions(int count) {
    return count == 1 ? "1 repetition" : count + " repetitions";
  }

  /** Such as {@code , at least: 2 of 5 repetitions are censored}; empty without any. */
  static String censored(String bound, int censored, int repetitions) {
    return censored == 0
        ? ""
        : format(
            ", %s: %d of %s %s censored",
            bound, censored, repetitions(repetitions), censored == 1 ? "is" : "are");
  }

  static String format(String pattern, Object... arguments) {
    return String.format(Locale.ROOT, pattern, arguments);
  }
}
