package dev.rote.artifacts;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An object could not be read or written. */
public final class ObjectStoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Reason {
    /** There is no object under the key. */
    NOT_FOUND,
    /** The store does not answer. */
    UNAVAILABLE,
    /** The store refuses: credentials, bucket or request. */
    REFUSED,
    /** The bytes are not those that were written. */
    DAMAGED
  }

  private final Reason reason;
  private final @Nullable String key;

  public ObjectStoreException(Reason reason, String message) {
    super(message);
    this.reason = reason;
    this.key = null;
  }

  public ObjectStoreException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
    this.key = null;
  }

  private ObjectStoreException(
      Reason reason, String key, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
    this.key = key;
  }

  /**
   * An object is not what was written.
   *
   * @param key of the object
   * @param what differs, a sentence without its full stop
   */
  public static ObjectStoreException damaged(String key, String what) {
    return damaged(key, what, null);
  }

  /** Like {@link #damaged(String, String)}, found out by another failure. */
  public static ObjectStoreException damaged(String key, String what, @Nullable Throwable cause) {
    return new ObjectStoreException(Reason.DAMAGED, key, key + " is damaged: " + what, cause);
  }

  /**
   * There is no object under a key.
   *
   * @param where the store, for people
   */
  public static ObjectStoreException missing(String key, String where, @Nullable Throwable cause) {
    return new ObjectStoreException(
        Reason.NOT_FOUND, key, "no object " + key + " in " + where, cause);
  }

  public Reason reason() {
    return reason;
  }

  /** The object, where the failure is about one. */
  public Optional<String> key() {
    return Optional.ofNullable(key);
  }
}
