package dev.rote.spec;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers as they are written, looked at before anything is computed of them. */
final class NumberText {
  /* Possessive: nothing of a number is given back, so that the time is that of reading it once. */
  private static final Pattern NUMBER =
      Pattern.compile(
          "[-+]?(?<whole>\\d[\\d_]*+(?:\\.\\d*+)?|\\.\\d++)(?:[eE](?<exponent>[-+]?\\d++))?");
  private static final Pattern DECIMAL_COMMA =
      Pattern.compile("[-+]?\\d{1,20},\\d{1,20}(?:[eE][-+]?\\d{1,3})?");
  private static final int MOST_DIGITS = 100;
  private static final int LARGEST_EXPONENT = 400;

  /** The largest whole number whose neighbours are different doubles, too. */
  private static final BigDecimal EXACT = BigDecimal.valueOf((1L << 53) - 1);

  private NumberText() {}

  /** Whether a text is a number, however large. */
  static boolean isNumber(String text) {
    return NUMBER.matcher(text).matches();
  }

  /** What to write instead of a number with a decimal comma; nothing for other text. */
  static String decimalComma(String text) {
    return DECIMAL_COMMA.matcher(text).matches()
        ? " with a decimal point (" + text.replace(',', '.') + ")"
        : "";
  }

  /**
   * Why a number cannot be taken, to stand behind "must": too long, too large, too small, or read
   * differently elsewhere; empty for a sound one.
   *
   * @param plain whether it is written as a number, not as text
   */
  static Optional<String> problem(String text, boolean plain) {
    Matcher matcher = NUMBER.matcher(text);
    if (!matcher.matches()) {
      return Optional.of("be a number");
    }
    if (matcher.group("whole").length() > MOST_DIGITS) {
      return Optional.of("have at most " + MOST_DIGITS + " digits");
    }
    String exponent = matcher.group("exponent");
    if (exponent != null
        && (exponent.length() > 8 || Math.abs(Integer.parseInt(exponent)) > LARGEST_EXPONENT)) {
      return Optional.of(
          "have an exponent in [-" + LARGEST_EXPONENT + ", " + LARGEST_EXPONENT + "]");
    }
    double value = toDouble(text);
    if (Double.isInfinite(value) || (value == 0 && decimal(text).signum() != 0)) {
      return Optional.of("be 0 or between 4.9e-324 and 1.7e308 in size");
    }
    String digits = matcher.group("whole");
    return plain && digits.length() > 1 && digits.charAt(0) == '0' && digits.charAt(1) != '.'
        ? Optional.of(
            "be written without the leading 0, which some read as octal: "
                + decimal(text).toPlainString())
        : Optional.empty();
  }

  /** The value of a sound number. */
  static BigDecimal decimal(String text) {
    return new BigDecimal(text.replace("_", ""));
  }

  /** The nearest double of a sound number. */
  static double toDouble(String text) {
    return Double.parseDouble(text.replace("_", ""));
  }

  /**
   * Whether a sound number is a whole one, digits alone, that a double cannot be relied on for:
   * from 2^53 on neighbours become equal.
   */
  static boolean losesDigits(String text) {
    boolean digits = text.chars().allMatch(c -> (c >= '0' && c <= '9') || "+-_".indexOf(c) >= 0);
    return digits && decimal(text).abs().compareTo(EXACT) > 0;
  }
}
