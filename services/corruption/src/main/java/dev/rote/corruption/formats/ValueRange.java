package dev.rote.corruption.formats;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Least and greatest of all values that it has seen; infinities the wrong way round before any. */
final class ValueRange {
  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  /* Four levels in a number, each with eight bits free above it, of which the highest guards it. */
  private static final long LEVELS = 0x00FF00FF00FF00FFL;
  private static final long ONES = 0x0001000100010001L;
  private static final long GUARDS = ONES << 15;

  private double least = Double.POSITIVE_INFINITY;
  private double greatest = Double.NEGATIVE_INFINITY;

  double least() {
    return least;
  }

  double greatest() {
    return greatest;
  }

  void see(double value) {
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
  }

  /**
   * The same for levels.
   *
   * @param levels uint8
   */
  void see(byte[] levels) {
    if (hasAll(levels)) {
      return;
    }
    int low = 0xFF;
    int high = 0;
    for (byte level : levels) {
      low = Math.min(low, level & 0xFF);
      high = Math.max(high, level & 0xFF);
    }
    see(low);
    see(high);
  }

  /**
   * Whether no level lies outside, as of nearly all pictures but the first: eight at a time, which
   * takes a fifth of the time. Where a level does, its difference borrows the guard.
   */
  private boolean hasAll(byte[] levels) {
    if (least <= 0 && greatest >= 0xFF) {
      return true;
    }
    long low = Math.round(Math.min(0xFF, Math.ceil(least)));
    long high = Math.round(Math.max(0, Math.floor(greatest)));
    if (low < 0 || high > 0xFF) {
      return false;
    }
    long lows = low * ONES;
    long highs = high * ONES | GUARDS;
    long guards = GUARDS;
    int whole = levels.length & -Long.BYTES;
    for (int i = 0; i < whole; i += Long.BYTES) {
      long eight = (long) EIGHT.get(levels, i);
      long even = eight & LEVELS;
      long odd = eight >>> Byte.SIZE & LEVELS;
      guards &= (even | GUARDS) - lows & highs - even & (odd | GUARDS) - lows & highs - odd;
    }
    boolean all = guards == GUARDS;
    for (int i = whole; i < levels.length; i++) {
      int level = levels[i] & 0xFF;
      all &= level >= low && level <= high;
    }
    return all;
  }
}
