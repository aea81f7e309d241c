package dev.rote.corruption.datasets;

import java.io.IOException;

/** Bytes go on after the number of them that was promised, or end before. */
final class LengthException extends IOException {
  private static final long serialVersionUID = 1L;

  private final boolean longer;

  private LengthException(String message, boolean longer) {
    super(message);
    this.longer = longer;
  }

  static LengthException longer(long promised) {
    return new LengthException("more than " + promised + " bytes", true);
  }

  static LengthException shorter(long promised, long found) {
    return new LengthException(found + " of " + promised + " bytes", false);
  }

  /** Whether they go on; they were not read any further. */
  boolean isLonger() {
    return longer;
  }
}
