package dev.rote.corruption.selection;

import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.LongPredicate;

/**
 * Some of the indices {@code 0 … n - 1}, in rising order: a bit each, and a count for each 64.
 * Immutable, safe to share between threads.
 */
public final class IndexSet {
  /** Indices at most: 8 bytes of bits and 4 of counts for each 64 of them. */
  public static final long MOST = 1L << 31;

  private final long[] bits;

  /* Members before each word. */
  private final int[] before;
  private final int size;

  private IndexSet(long[] bits) {
    this.bits = bits;
    this.before = new int[bits.length];
    int count = 0;
    for (int word = 0; word < bits.length; word++) {
      before[word] = count;
      count += Long.bitCount(bits[word]);
    }
    this.size = count;
  }

  /**
   * The indices of which something holds, asked once each in order.
   *
   * @param n at most {@link #MOST}
   */
  public static IndexSet of(long n, LongPredicate holds) {
    long[] bits = new long[words(n)];
    for (long i = 0; i < n; i++) {
      if (holds.test(i)) {
        bits[(int) (i / Long.SIZE)] |= 1L << (i % Long.SIZE);
      }
    }
    return new IndexSet(bits);
  }

  /**
   * The indices that are added, in any order.
   *
   * @param n at most {@link #MOST}
   * @param adds gets what it is to call with each
   */
  public static IndexSet collect(long n, Consumer<LongConsumer> adds) {
    long[] bits = new long[words(n)];
    adds.accept(i -> bits[(int) (i / Long.SIZE)] |= 1L << (i % Long.SIZE));
    return new IndexSet(bits);
  }

  private static int words(long n) {
    if (n > MOST) {
      throw new IllegalArgumentException("n must be at most 2^31, was " + n);
    }
    return (int) ((n + Long.SIZE - 1) / Long.SIZE);
  }

  /** Number of members. */
  public int size() {
    return size;
  }

  public boolean contains(long index) {
    return ((bits[(int) (index / Long.SIZE)] >> (index % Long.SIZE)) & 1) != 0;
  }

  /**
   * The {@code place}th member.
   *
   * @throws IndexOutOfBoundsException unless place is in [0, size)
   */
  public long get(long place) {
    if (place < 0 || place >= size) {
      throw new IndexOutOfBoundsException("place must be in [0, " + size + "), was " + place);
    }
    int low = 0;
    int high = before.length - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (before[middle] <= place) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    long word = bits[low];
    for (long skip = place - before[low]; skip > 0; skip--) {
      word &= word - 1;
    }
    return (long) low * Long.SIZE + Long.numberOfTrailingZeros(word);
  }
}
