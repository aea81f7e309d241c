package dev.rote.random;

/**
 * The quantile function of the standard normal distribution, about seven digits.
 *
 * <p>Wichura, "Algorithm AS 241: The Percentage Points of the Normal Distribution", Applied
 * Statistics 37 (1988), routine PPND7. Differs from the paper: none.
 */
public final class GaussianQuantile {
  private static final double MIDDLE = 0.425;
  private static final long WORD = 0xFFFFFFFFL;

  private GaussianQuantile() {}

  /** The x with P(X ≤ x) = p, p in (0, 1). */
  public static double of(double p) {
    double q = p - 0.5;
    return Math.abs(q) <= MIDDLE ? middle(q) : outside(q, q < 0 ? p : 1 - p);
  }

  /**
   * Standard Gaussian draws of uniform words, each {@code of((word + 0.5) / 2^32)}, bit for bit.
   *
   * @param words unsigned
   * @param out written, float64[length]
   */
  public static void ofWords(int[] words, int length, double[] out) {
    /* Loops of arithmetic alone become vectors; the 15 % outside of the middle are then replaced. */
    for (int i = 0; i < length; i++) {
      out[i] = centered(words[i]);
    }
    for (int i = 0; i < length; i++) {
      out[i] = middle(out[i]);
    }
    Outside outside = new Outside();
    for (int from = 0; from < length; from += StrictLog.BLOCK) {
      outside.replace(words, from, Math.min(from + StrictLog.BLOCK, length), out);
    }
  }

  /** Draws outside of the middle, many at a time. */
  private static final class Outside {
    private final StrictLog log = new StrictLog();
    private final int[] places = new int[StrictLog.BLOCK];
    private final double[] values = new double[StrictLog.BLOCK];

    void replace(int[] words, int from, int to, double[] out) {
      int n = 0;
      for (int i = from; i < to; i++) {
        places[n] = i;
        n += Math.abs(centered(words[i])) > MIDDLE ? 1 : 0;
      }
      for (int j = 0; j < n; j++) {
        values[j] = 0.5 - Math.abs(centered(words[places[j]]));
      }
      log.replace(values, n);
      /* A word has 32 bits, so p is at least 2^-33 and the root below 5. */
      for (int j = 0; j < n; j++) {
        values[j] = nearTail(Math.sqrt(-values[j]));
      }
      for (int j = 0; j < n; j++) {
        out[places[j]] = Math.copySign(values[j], centered(words[places[j]]));
      }
    }
  }

  private static double centered(int word) {
    return ((word & WORD) + 0.5) * 0x1.0p-32 - 0.5;
  }

  private static double middle(double q) {
    double r = 0.180625 - q * q;
    return q
        * (((5.9109374720e1 * r + 1.5929113202e2) * r + 5.0434271938e1) * r + 3.3871327179)
        / (((6.7187563600e1 * r + 7.8757757664e1) * r + 1.7895169469e1) * r + 1);
  }

  private static double outside(double q, double p) {
    return Math.copySign(tail(Math.sqrt(-StrictLog.of(p))), q);
  }

  private static double tail(double root) {
    if (root <= 5) {
      return nearTail(root);
    }
    double r = root - 5;
    return (((1.7337203997e-2 * r + 4.2868294337e-1) * r + 3.0812263860) * r + 6.6579051150)
        / ((1.2258202635e-2 * r + 2.4197894225e-1) * r + 1);
  }

  private static double nearTail(double root) {
    double r = root - 1.6;
    return (((1.7023821103e-1 * r + 1.3067284816) * r + 2.7568153900) * r + 1.4234372777)
        / ((1.2021132975e-1 * r + 7.3700164250e-1) * r + 1);
  }
}
