package dev.rote.artifacts.checkpoints;

import dev.rote.artifacts.ObjectStoreException;
import dev.rote.artifacts.Sha256;
import java.security.MessageDigest;
import java.util.Arrays;

/** Checks bytes that end with the SHA-256 of all before it, as they come. */
final class TrailingSum {
  private static final int SUM_BYTES = 32;

  private final String name;
  private final MessageDigest digest = Sha256.digest();

  /** The newest bytes: those that would be the sum if no more came. */
  private byte[] last = new byte[0];

  /**
   * @param name of the checkpoint, for messages
   */
  TrailingSum(String name) {
    this.name = name;
  }

  /** Takes the first {@code length} bytes of an array. */
  void update(byte[] bytes, int length) {
    int kept = Math.min(length, SUM_BYTES);
    int past = Math.max(0, last.length + kept - SUM_BYTES);
    digest.update(last, 0, past);
    digest.update(bytes, 0, length - kept);
    byte[] next = Arrays.copyOfRange(last, past, last.length + kept);
    System.arraycopy(bytes, length - kept, next, last.length - past, kept);
    last = next;
  }

  /**
   * Compares after the end.
   *
   * @throws ObjectStoreException with reason {@code DAMAGED}
   */
  void check() {
    byte[] actual = digest.digest();
    if (!MessageDigest.isEqual(actual, last)) {
      throw ObjectStoreException.damaged(
          name,
          "the checkpoint's SHA-256 is %s, written with it was %s"
              .formatted(Sha256.hex(actual), Sha256.hex(last)));
    }
  }
}
