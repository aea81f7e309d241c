package dev.rote.corruption.datasets;

import dev.rote.artifacts.Sha256;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Inputs that were seen, and the label of the first of each kind: by 64 bits of their SHA-256, 24
 * bytes each.
 */
final class SeenInputs {
  private final MessageDigest digest = Sha256.digest();
  private long[] keys = new long[1 << 12];
  private int[] labels = new int[keys.length];
  private int size;

  /**
   * Sees an input.
   *
   * @return the label of the first like it, or -1 when there is none
   */
  int see(byte[] input, int label) {
    long key = ByteBuffer.wrap(digest.digest(input)).getLong();
    key = key == 0 ? 1 : key;
    int at = place(keys, key);
    if (keys[at] != 0) {
      return labels[at];
    }
    keys[at] = key;
    labels[at] = label;
    if (++size * 2 > keys.length) {
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
    labels = Arrays.copyOf(theirs, theirs.length);
  }
}
