package dev.rote.corruption.datasets;

import dev.rote.artifacts.Sha256;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/**
 * Inputs that were seen, and the label of the first of each kind: by 64 bits of their SHA-256, 24
 * to 48 bytes each. Once memory holds no more, further kinds are not remembered.
 */
final class SeenInputs {
  /* Of a place in a table, and of half a place in the one before it while it grows. */
  private static final int BYTES_OF_A_PLACE = 18;

  private final MessageDigest digest = Sha256.digest();
  private final int mostPlaces;
  private long[] keys = new long[1 << 12];
  private int[] labels = new int[keys.length];
  private int size;
  private boolean full;

  /** Half of the heap at most. */
  SeenInputs() {
    this(mostPlaces(Runtime.getRuntime().maxMemory()));
  }

  /**
   * @param mostPlaces of the table, of which half are used
   */
  SeenInputs(int mostPlaces) {
    this.mostPlaces = mostPlaces;
  }

  /** Places for which half of a heap has room, a power of two. */
  static int mostPlaces(long heapBytes) {
    return (int) Math.min(1 << 30, Long.highestOneBit(heapBytes / 2 / BYTES_OF_A_PLACE));
  }

  /** Whether there were kinds that are not remembered. */
  boolean isFull() {
    return full;
  }

  /** Kinds that are remembered. */
  int kinds() {
    return size;
  }

  /**
   * Sees an input.
   *
   * @return the label of the first like it, or -1 when none is remembered
   */
  int see(byte[] input, int label) {
    long key = ByteBuffer.wrap(digest.digest(input)).getLong();
    key = key == 0 ? 1 : key;
    int at = place(keys, key);
    if (keys[at] != 0) {
      return labels[at];
    }
    if (2L * (size + 1) > keys.length && keys.length >= mostPlaces) {
      full = true;
      return -1;
    }
    keys[at] = key;
    labels[at] = label;
    if (2L * ++size > keys.length) {
      grow();
    }
    return -1;
  }

  private static int place(long[] keys, long key) {
    int at = (int) key & (keys.length - 1);
    while (keys[at] != 0 && keys[at] != key) {
      at = (at + 1) & (keys.length - 1);
    }
    return at;
  }

  private void grow() {
    long[] more = new long[keys.length * 2];
    int[] theirs = new int[more.length];
    for (int i = 0; i < keys.length; i++) {
      if (keys[i] != 0) {
        int at = place(more, keys[i]);
        more[at] = keys[i];
        theirs[at] = labels[i];
      }
    }
    keys = more;
    labels = theirs;
  }
}
