package dev.rote.figures.statistics;

import java.util.Arrays;

/** Ranks of numbers, equal ones sharing the mean of theirs (M. G. Kendall, Biometrika 33, 1945). */
public final class MidRanks {
  private static final long INDEX = 0xffff_ffffL;

  private MidRanks() {}

  /**
   * float64[N]: rank of each value from 1 for the least to N.
   *
   * @param values float32[N] without NaN; infinite ones are ranked as any other
   */
  public static double[] of(float[] values) {
    int[] order = order(values);
    double[] ranks = new double[values.length];
    for (int start = 0; start < order.length; ) {
      int end = tied(values, order, start);
      double rank = (start + 1 + end) / 2.0;
      for (int i = start; i < end; i++) {
        ranks[order[i]] = rank;
      }
      start = end;
    }
    return ranks;
  }

  /**
   * int[N]: positions of the values from the least to the largest, those of equal ones in order.
   *
   * @param values float32[N] without NaN
   */
  public static int[] order(float[] values) {
    long[] keys = new long[values.length];
    for (int i = 0; i < values.length; i++) {
      if (Float.isNaN(values[i])) {
        throw new IllegalArgumentException(
            "values to rank must be numbers, value " + i + " is none");
      }
      /* -0 is 0; then bits of floats are in the order of floats, those of negative ones reversed. */
      int bits = Float.floatToRawIntBits(values[i] == 0 ? 0 : values[i]);
      keys[i] = (long) (bits < 0 ? ~bits ^ Integer.MIN_VALUE : bits) << Integer.SIZE | i;
    }
    Arrays.sort(keys);
    int[] order = new int[keys.length];
    for (int i = 0; i < order.length; i++) {
      order[i] = (int) (keys[i] & INDEX);
    }
    return order;
  }

  /** End, exclusive, of the values equal to the one at a place of their order. */
  static int tied(float[] values, int[] order, int start) {
    int end = start + 1;
    while (end < order.length && values[order[end]] == values[order[start]]) {
      end++;
    }
    return end;
  }
}
