package dev.rote.random;

import java.util.Arrays;

/** The words of {@link CounterRandom}'s consecutive blocks, many at a time. */
final class PhiloxBlocks {
  /*
   * The state of up to 256 blocks lies in one array, the counter's four words 256 apart, each in a
   * long of its own: the JIT compiler turns the round's loop into vectors where the processor
   * multiplies 64-bit lanes (AVX-512), which it does not do across several arrays. 8 KiB, so that
   * it stays in the first cache.
   */
  private static final int BLOCKS = 256;
  private static final int WORDS = 4;
  private static final int ROUNDS = 10;
  private static final long LOW = CounterRandom.LOW;

  private final int key0;
  private final int key1;
  private final long[] state = new long[WORDS * BLOCKS];

  PhiloxBlocks(int key0, int key1) {
    this.key0 = key0;
    this.key1 = key1;
  }

  /**
   * Fills {@code out[0 … length - 1]} with words.
   *
   * @param from the block that the words begin with
   */
  void fill(int[] out, int length, long major, long from) {
    int blocks = (length + WORDS - 1) / WORDS;
    for (int first = 0; first < blocks; first += BLOCKS) {
      int count = Math.min(BLOCKS, blocks - first);
      begin(count, from + first, major);
      int k0 = key0;
      int k1 = key1;
      for (int round = 0; round < ROUNDS; round++) {
        round(count, k0 & LOW, k1 & LOW);
        k0 += CounterRandom.W0;
        k1 += CounterRandom.W1;
      }
      copyOut(out, first * WORDS, Math.min(length - first * WORDS, count * WORDS));
    }
  }

  private void begin(int count, long first, long major) {
    long[] c = state;
    for (int b = 0; b < count; b++) {
      c[b] = first + b & LOW;
    }
    Arrays.fill(c, BLOCKS, BLOCKS + count, first >>> 32);
    Arrays.fill(c, 2 * BLOCKS, 2 * BLOCKS + count, major & LOW);
    Arrays.fill(c, 3 * BLOCKS, 3 * BLOCKS + count, major >>> 32);
  }

  private void round(int count, long k0, long k1) {
    long[] c = state;
    for (int b = 0; b < count; b++) {
      long p0 = CounterRandom.M0 * c[b];
      long p1 = CounterRandom.M1 * c[b + 2 * BLOCKS];
      c[b] = (p1 >>> 32) ^ c[b + BLOCKS] ^ k0;
      c[b + 2 * BLOCKS] = (p0 >>> 32) ^ c[b + 3 * BLOCKS] ^ k1;
      c[b + BLOCKS] = p1 & LOW;
      c[b + 3 * BLOCKS] = p0 & LOW;
    }
  }

  private void copyOut(int[] out, int at, int length) {
    long[] c = state;
    int whole = length / WORDS;
    for (int b = 0; b < whole; b++) {
      out[at + WORDS * b] = (int) c[b];
      out[at + WORDS * b + 1] = (int) c[b + BLOCKS];
      out[at + WORDS * b + 2] = (int) c[b + 2 * BLOCKS];
      out[at + WORDS * b + 3] = (int) c[b + 3 * BLOCKS];
    }
    for (int i = WORDS * whole; i < length; i++) {
      out[at + i] = (int) c[whole + (i % WORDS) * BLOCKS];
    }
  }
}
