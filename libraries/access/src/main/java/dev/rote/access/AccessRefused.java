package dev.rote.access;

/** A call that is not let in; the message says what to do about it. */
public final class AccessRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Reason {
    /** The call shows no key. */
    KEY_MISSING,
    /** The call shows a key that is nobody's. */
    KEY_UNKNOWN,
    /** The caller is known, and has none of the roles that the method asks for. */
    ROLE_MISSING,
    /** The caller may not call in the name of another. */
    NAME_FOREIGN,
    /** The call shows a token that is not sound: expired, forged, or for others. */
    TOKEN_INVALID,
    /** Whoever signs tokens has not told its keys yet. */
    ISSUER_SILENT
  }

  private final Reason reason;

  /**
   * @param message what is wrong, and what to do about it; nothing of a key or token
   */
  public AccessRefused(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
