package dev.rote.metrics.storage;

import dev.rote.artifacts.ObjectStoreException;

/** Something that a measurement needs is not there. */
public final class MissingArtifactException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What is missing; another attempt does not help before it has been made again. */
  public enum Reason {
    /** The trial has no stored result. */
    TRIAL_MISSING("trial"),
    /** The result names a checkpoint that is not stored any more. */
    CHECKPOINT_MISSING("checkpoint"),
    /**
     * The trial's cadence kept no checkpoint of an epoch asked for: training again does not help.
     */
    CHECKPOINT_NOT_KEPT("checkpoint"),
    /** The trial has no trace, or not of all epochs. */
    TRACE_MISSING("trace"),
    /** The trial's variant is not stored. */
    VARIANT_MISSING("variant");

    private final String resource;

    Reason(String resource) {
      this.resource = resource;
    }

    /** Kind of the missing thing. */
    public String resource() {
      return resource;
    }
  }

  private final Reason reason;
  private final String subject;

  /**
   * Something that the trial never had.
   *
   * @param subject id or key of what is missing
   */
  public MissingArtifactException(Reason reason, String subject, String message) {
    super(message);
    this.reason = reason;
    this.subject = subject;
  }

  /**
   * An object is gone.
   *
   * @param subject id or key of what is missing
   * @param cause which object
   */
  MissingArtifactException(
      Reason reason, String subject, String message, ObjectStoreException cause) {
    super(message, cause);
    this.reason = reason;
    this.subject = subject;
  }

  public Reason reason() {
    return reason;
  }

  /** Id or key of what is missing. */
  public String subject() {
    return subject;
  }
}
