package dev.rote.random;

/**
 * {@link StrictMath#log} bit for bit, for normal numbers in (0, 1), without its call into C.
 *
 * <p>The algorithm of fdlibm's {@code e_log.c} (Sun Microsystems 1993): {@code x = 2^k (1 + f)}
 * with {@code sqrt(2) / 2 < 1 + f < sqrt(2)}, and a polynomial of {@code f / (2 + f)}.
 */
final class StrictLog {
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

  private StrictLog() {}

  static double of(double x) {
    long bits = Double.doubleToRawLongBits(x);
    int high = (int) (bits >>> 32);
    int mantissa = high & MANTISSA;
    int carry = (mantissa + 0x95f64) & 0x100000;
    double k = (high >> 20) - 1023 + (carry >> 20);
    long normal = ((long) (mantissa | (carry ^ 0x3ff00000)) << 32) | (bits & LOW);
    double f = Double.longBitsToDouble(normal) - 1.0;
    if ((MANTISSA & (2 + mantissa)) < 3) {
      double r = f * f * (0.5 - 0.3333333333333333 * f);
      return k * LN2_HIGH - ((r - k * LN2_LOW) - f);
    }
    double s = f / (2.0 + f);
    double z = s * s;
    double w = z * z;
    double even = w * (L2 + w * (L4 + w * L6));
    double odd = z * (L1 + w * (L3 + w * (L5 + w * L7)));
    double r = odd + even;
    if (((mantissa - 0x6147a) | (0x6b851 - mantissa)) > 0) {
      double half = 0.5 * f * f;
      return k * LN2_HIGH - ((half - (s * (half + r) + k * LN2_LOW)) - f);
    }
    return k * LN2_HIGH - ((s * (f - r) - k * LN2_LOW) - f);
  }
}
