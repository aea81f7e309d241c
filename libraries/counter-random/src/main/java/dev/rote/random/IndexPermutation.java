package dev.rote.random;

import java.util.Arrays;

/**
 * A seeded permutation of {@code 0 … size - 1} that maps one index at a time, without an array.
 *
 * <p>The examples with {@code apply(i) < k} are a uniform sample of exactly {@code k}, and samples
 * of growing {@code k} are nested.
 */
public final class IndexPermutation {
  /*
   * A balanced Feistel network over 2h bits (the smallest even width that holds size), eight rounds
   * of a counter-based function, with cycle walking: values outside the domain are mapped again
   * (Black and Rogaway, "Ciphers with Arbitrary Finite Domains", CT-RSA 2002, section 3). The domain
   * is at most four times the size, so under four rounds of walking are expected.
   */
  private static final int ROUNDS = 8;

  /* Widest half whose round functions are remembered: 32 KiB, and a million indices. */
  private static final int REMEMBERED_BITS = 10;
  private static final int UNKNOWN = -1;

  private final CounterRandom random;
  private final long size;
  private final int halfBits;
  private final long halfMask;

  /* int32[rounds, 2^h], filled as asked for; a race writes the same value twice. */
  private final int[] remembered;

  private IndexPermutation(CounterRandom random, long size) {
    this.random = random;
    this.size = size;
    int bits = 64 - Long.numberOfLeadingZeros(Math.max(size - 1, 1));
    this.halfBits = (bits + 1) / 2;
    this.halfMask = (1L << halfBits) - 1;
    this.remembered = new int[halfBits <= REMEMBERED_BITS ? ROUNDS << halfBits : 0];
    Arrays.fill(remembered, UNKNOWN);
  }

  /**
   * The permutation of {@code purpose} under {@code seed}.
   *
   * @throws IllegalArgumentException unless size is in [1, 2<sup>62</sup>]
   */
  public static IndexPermutation of(long seed, String purpose, long size) {
    if (size < 1 || size > 1L << 62) {
      throw new IllegalArgumentException("size must be in [1, 2^62], was " + size);
    }
    return new IndexPermutation(CounterRandom.of(seed, purpose), size);
  }

  /**
   * Where {@code index} goes.
   *
   * @throws IndexOutOfBoundsException unless index is in [0, size)
   */
  public long apply(long index) {
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException("index must be in [0, " + size + "), was " + index);
    }
    long value = index;
    do {
      value = encrypt(value);
    } while (value >= size);
    return value;
  }

  private long encrypt(long value) {
    long left = value >>> halfBits;
    long right = value & halfMask;
    for (int round = 0; round < ROUNDS; round++) {
      long next = left ^ function(round, right);
      left = right;
      right = next;
    }
    return left << halfBits | right;
  }

  private long function(int round, long right) {
    if (remembered.length == 0) {
      return random.bits(round, right) & halfMask;
    }
    int at = round << halfBits | (int) right;
    int value = remembered[at];
    if (value == UNKNOWN) {
      value = (int) (random.bits(round, right) & halfMask);
      remembered[at] = value;
    }
    return value;
  }
}
