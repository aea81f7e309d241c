package dev.rote.artifacts;

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

  public ObjectStoreException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public ObjectStoreException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /**
   * An object is not what was written.
   *
   * @param key of the object
   * @param what differs, a sentence without its full stop
   */
  public static ObjectStoreException damaged(String key, String what) {
    return new ObjectStoreException(Reason.DAMAGED, key + " is damaged: " + what);
  }

  public Reason reason() {
    return reason;
  }
}
