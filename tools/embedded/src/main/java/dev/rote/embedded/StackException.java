package dev.rote.embedded;

import java.io.IOException;
import java.nio.file.Path;

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

  static StackException inUse(Path state) {
    return new StackException(Reason.IN_USE, state + " is in use by another supervisor");
  }

  /** What the file system said of a state directory. */
  static StackException state(Path state, String what, IOException cause) {
    return new StackException(
        Reason.STATE,
        "state directory %s %s: %s".formatted(state, what, FileTrouble.words(cause)),
        cause);
  }

  public Reason reason() {
    return reason;
  }
}
