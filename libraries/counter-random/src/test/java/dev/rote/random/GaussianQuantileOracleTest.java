package dev.rote.random;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GaussianQuantileOracleTest {

  /** Bits of the C library that the JDK carries, on arguments of all binades below 1. */
  @Test
  void log_numbersBelowOne_bitsOfStrictMath() {
    CounterRandom random = CounterRandom.of(1, "log");
    for (int i = 0; i < 1_000_000; i++) {
      double x = Math.scalb(1 + random.uniform(0, i), -1 - i % 60);
      assertThat(Double.doubleToRawLongBits(StrictLog.of(x)))
          .as("log %s", x)
          .isEqualTo(Double.doubleToRawLongBits(StrictMath.log(x)));
    }
  }

  /** Near the powers of two and at sqrt(2) / 2, where the algorithm takes other branches. */
  @Test
  void log_besideTheBranches_bitsOfStrictMath() {
    for (int k = 1; k < 40; k++) {
      for (double edge : new double[] {Math.scalb(1.0, -k), Math.scalb(Math.sqrt(2), -k)}) {
        for (int i = -3000; i <= 3000; i++) {
          double x = edge * (1 + i * 1e-9);
          assertThat(StrictLog.of(x)).as("log %s", x).isEqualTo(StrictMath.log(x));
        }
      }
    }
  }

  /** Every 65521st word and both ends: many at a time are what one at a time is. */
  @Test
  void ofWords_wordsOfTheWholeRange_bitsOfSingleQuantiles() {
    int n = (int) ((1L << 32) / 65521) + 2;
    int[] words = new int[n];
    for (int i = 0; i < n - 1; i++) {
      words[i] = (int) (65521L * i);
    }
    words[n - 1] = -1;
    double[] out = new double[n];
    GaussianQuantile.ofWords(words, n, out);
    for (int i = 0; i < n; i++) {
      double p = (Integer.toUnsignedLong(words[i]) + 0.5) / 0x1.0p32;
      assertThat(Double.doubleToRawLongBits(out[i]))
          .isEqualTo(Double.doubleToRawLongBits(GaussianQuantile.of(p)));
    }
  }
}
