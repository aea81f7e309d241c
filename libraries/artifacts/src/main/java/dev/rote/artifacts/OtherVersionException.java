package dev.rote.artifacts;

/**
 * An object is sound, and of a version that this process does not know: written by a newer worker,
 * or one too old. Another worker may know it, so work that meets it is given back, not failed.
 */
public final class OtherVersionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** For programs. */
  public static final String REASON = "OTHER_VERSION";

  public OtherVersionException(String message) {
    super(message);
  }
}
