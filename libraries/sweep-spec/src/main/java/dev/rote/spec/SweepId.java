package dev.rote.spec;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Id of a sweep: {@code <name>-<16 hex digits>}, or of 8 where it was submitted before ids had 16.
 */
public record SweepId(String value) {
  static final int DIGITS = 16;
  private static final int SHORT_DIGITS = 8;
  private static final Pattern SHORT = Pattern.compile("-[0-9a-f]{" + SHORT_DIGITS + "}");
  private static final Pattern LONG = Pattern.compile("-[0-9a-f]{" + DIGITS + "}");

  public SweepId {
    IdText.require("a sweep's id", value);
  }

  /**
   * The id, of 8 hex digits, that a sweep had before ids had 16: the beginning of the long one.
   *
   * @return empty for what is no long id
   */
  public Optional<SweepId> shortened() {
    int end = value.length() - (DIGITS - SHORT_DIGITS);
    return ends(LONG) ? Optional.of(new SweepId(value.substring(0, end))) : Optional.empty();
  }

  /** Whether this could be a sweep's id of 8 hex digits. */
  public boolean isShort() {
    return ends(SHORT);
  }

  private boolean ends(Pattern pattern) {
    int dash = value.lastIndexOf('-');
    return dash > 0 && pattern.matcher(value.substring(dash)).matches();
  }

  @Override
  public String toString() {
    return value;
  }
}
