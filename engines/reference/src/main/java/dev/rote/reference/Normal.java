package dev.rote.reference;

/** The standard normal distribution. */
final class Normal {
  /* Beyond it the distribution is 0 or 1 to the last bit of a sum with 1. */
  private static final double BEYOND = 9;

  private Normal() {}

  /** φ(x). */
  static double density(double x) {
    return StrictMath.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
  }

  /**
   * Φ(x), within 1e-15: {@code 1/2 + φ(x) Σ_n x^(2n+1) / (2n+1)!!} (Abramowitz and Stegun,
   * 26.2.11).
   */
  static double cumulative(double x) {
    if (!(Math.abs(x) < BEYOND)) {
      return Double.isNaN(x) ? x : x < 0 ? 0 : 1;
    }
    double term = x;
    double sum = x;
    for (int odd = 3; Math.abs(term) > Math.ulp(sum) / 2; odd += 2) {
      term *= x * x / odd;
      sum += term;
    }
    return 0.5 + density(x) * sum;
  }
}
