package dev.rote.embedded;

/** A stack could not be started, attached to, or brought back. */
public final class StackException extends RuntimeException {

  /** Why. */
  public enum Reason {
    /** Something that a part needs is not built. */
    NOT_BUILT,
    /** Another supervisor has the state directory, and its stack does not answer. */
    IN_USE,
    /** A part did not become ready in time, or keeps ending. */
    NOT_READY,
    /** The state directory cannot be read or written. */
    STATE
  }

  private static final long serialVersionUID = 1;

  private final Reason reason;

  public StackException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public StackException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
