package dev.rote.artifacts.messages;

import dev.rote.artifacts.ObjectStoreException;
import dev.rote.artifacts.Sha256;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The head of a stored message: the SHA-256 of all that follows it.
 *
 * <pre>
 *  0  0x82 0x80 0x01 0x20: tag and length of protobuf field 2048, of 32 bytes
 *  4  SHA-256 of the rest
 * 36  the message
 * </pre>
 *
 * <p>No message has a field of that number, so that parsers without this class read the whole
 * object as the message and pass over the head: older versions, and other languages. A message from
 * before there were heads begins with its id, field 1: no bit flipped in one beginning makes the
 * other of it.
 */
final class Seal {
  private static final byte[] HEAD = {(byte) 0x82, (byte) 0x80, 0x01, 0x20};
  private static final int SHA256_BYTES = 32;
  private static final int BYTES = HEAD.length + SHA256_BYTES;

  /** Tag of field 1, length-delimited: the id that every stored message begins with. */
  private static final byte ID_TAG = 0x0A;

  private Seal() {}

  /** The bytes with their head. */
  static byte[] onto(byte[] message) {
    return ByteBuffer.allocate(BYTES + message.length)
        .put(HEAD)
        .put(Sha256.of(ByteBuffer.wrap(message)))
        .put(message)
        .array();
  }

  /**
   * Whether an object has a head; one without begins with its id.
   *
   * @throws ObjectStoreException with reason {@code DAMAGED} when it begins with neither
   */
  static boolean isOn(String key, byte[] object) {
    if (object.length >= HEAD.length
        && Arrays.equals(object, 0, HEAD.length, HEAD, 0, HEAD.length)) {
      return true;
    }
    if (object.length > 0 && object[0] == ID_TAG) {
      return false;
    }
    throw ObjectStoreException.damaged(
        key,
        "it begins with "
            + Sha256.hex(Arrays.copyOf(object, Math.min(object.length, HEAD.length)))
            + ", neither with its SHA-256 nor with its id");
  }

  /**
   * The message behind a head.
   *
   * @throws ObjectStoreException with reason {@code DAMAGED} when the bytes are not those that the
   *     head was made of
   */
  static byte[] off(String key, byte[] object) {
    if (object.length < BYTES) {
      throw ObjectStoreException.damaged(
          key, "it ends after " + object.length + " bytes, inside its SHA-256");
    }
    byte[] written = Arrays.copyOfRange(object, HEAD.length, BYTES);
    byte[] message = Arrays.copyOfRange(object, BYTES, object.length);
    byte[] actual = Sha256.of(ByteBuffer.wrap(message));
    if (!MessageDigest.isEqual(written, actual)) {
      throw ObjectStoreException.damaged(
          key,
          "its SHA-256 is " + Sha256.hex(actual) + ", written with it was " + Sha256.hex(written));
    }
    return message;
  }
}
