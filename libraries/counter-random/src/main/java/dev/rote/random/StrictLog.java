package dev.rote.random;

/**
 * {@link StrictMath#log} bit for bit, for normal numbers in (0, 1), without its call into C.
 *
 * <p>The algorithm of fdlibm's {@code e_log.c} (Sun Microsystems 1993): {@code x = 2^k (1 + f)}
 * with {@code sqrt(2) / 2 < 1 + f < sqrt(2)}, and a polynomial of {@code f / (2 + f)}. An instance
 * is for one thread.
 */
final class StrictLog {
  /** Most logarithms at a time. */
  static final int BLOCK = 256;

  private static final long LOW = 0xFFFFFFFFL;
  private static final int MANTISSA = 0xfffff;
  private static final double LN2_HIGH = 0.6931471803691238;
  private static final double LN2_LOW = 1.9082149292705877e-10;
  private static final double L1 = 0.6666666666666735;
  private static final double L2 = 0.3999999999940942;
  private static final double L3 = 0.2857142874366239;
  private static final double L4 = 0.22222198432149784;
  private static final double L5 = 0.1818357216161805;
  private static final double L6 = 0.15313837699209373;
  private static final double L7 = 0.14798198605116586;

  private final double[] exponents = new double[BLOCK];
  private final double[] fractions = new double[BLOCK];
  private final double[] far = new double[BLOCK];

  static double of(double x) {
    int mantissa = mantissa(x);
    double k = exponent(x);
    double f = fraction(x);
    if (isTiny(mantissa)) {
      double r = f * f * (0.5 - 0.3333333333333333 * f);
      return k * LN2_HIGH - ((r - k * LN2_LOW) - f);
    }
    return isFar(mantissa) ? far(k, f) : near(k, f);
  }

  /**
   * Overwrites {@code x[0 … n - 1]} by their logarithms.
   *
   * @param n at most {@link #BLOCK}
   */
  void replace(double[] x, int n) {
    /* Loops of arithmetic alone become vectors: both polynomials are computed, then one is taken. */
    for (int i = 0; i < n; i++) {
      exponents[i] = exponent(x[i]);
      fractions[i] = fraction(x[i]);
    }
    for (int i = 0; i < n; i++) {
      far[i] = far(exponents[i], fractions[i]);
    }
    for (int i = 0; i < n; i++) {
      exponents[i] = near(exponents[i], fractions[i]);
    }
    for (int i = 0; i < n; i++) {
      int mantissa = mantissa(x[i]);
      double log = isFar(mantissa) ? far[i] : exponents[i];
      x[i] = isTiny(mantissa) ? of(x[i]) : log;
    }
  }

  private static int mantissa(double x) {
    return (int) (Double.doubleToRawLongBits(x) >>> 32) & MANTISSA;
  }

  private static int carry(int mantissa) {
    return (mantissa + 0x95f64) & 0x100000;
  }

  /** k */
  private static double exponent(double x) {
    int high = (int) (Double.doubleToRawLongBits(x) >>> 32);
    return (high >> 20) - 1023 + (carry(high & MANTISSA) >> 20);
  }

  /** f */
  private static double fraction(double x) {
    int mantissa = mantissa(x);
    long bits = Double.doubleToRawLongBits(x);
    long high = mantissa | (carry(mantissa) ^ 0x3ff00000);
    return Double.longBitsToDouble(high << 32 | (bits & LOW)) - 1.0;
  }

  /** Whether |f| is below 2<sup>-20</sup>. */
  private static boolean isTiny(int mantissa) {
    return (MANTISSA & (2 + mantissa)) < 3;
  }

  private static boolean isFar(int mantissa) {
    return ((mantissa - 0x6147a) | (0x6b851 - mantissa)) > 0;
  }

  private static double far(double k, double f) {
    double s = f / (2.0 + f);
    double half = 0.5 * f * f;
    return k * LN2_HIGH - ((half - (s * (half + series(s)) + k * LN2_LOW)) - f);
  }

  private static double near(double k, double f) {
    double s = f / (2.0 + f);
    return k * LN2_HIGH - ((s * (f - series(s)) - k * LN2_LOW) - f);
  }

  private static double series(double s) {
    double z = s * s;
    double w = z * z;
    double even = w * (L2 + w * (L4 + w * L6));
    double odd = z * (L1 + w * (L3 + w * (L5 + w * L7)));
    return odd + even;
  }
}
