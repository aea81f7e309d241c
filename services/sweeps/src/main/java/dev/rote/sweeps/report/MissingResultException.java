package dev.rote.sweeps.report;

/** The result of a trial that is done is not in object storage any more. */
public final class MissingResultException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MissingResultException(String message) {
    super(message);
  }
}
