package dev.rote.figures;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers as people read them: four significant digits, no trailing zeros. */
public final class ShortNumber {
  private static final MathContext DIGITS = new MathContext(4);
  private static final double LEAST_PLAIN = 1e-4;
  private static final double LARGEST_PLAIN = 1e7;

  private ShortNumber() {}

  /** Such as {@code 0.3}, {@code 12.35} or {@code 1.2E-7}; a dash for what is not finite. */
  public static String of(double value) {
    if (!Double.isFinite(value)) {
      return "–";
    }
    if (value == Math.rint(value) && Math.abs(value) < LARGEST_PLAIN) {
      return Long.toString((long) value);
    }
    BigDecimal rounded = new BigDecimal(value).round(DIGITS).stripTrailingZeros();
    double size = Math.abs(value);
    return size >= LEAST_PLAIN && size < LARGEST_PLAIN
        ? rounded.toPlainString()
        : rounded.toString();
  }
}
