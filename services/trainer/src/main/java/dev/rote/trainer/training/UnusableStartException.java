package dev.rote.trainer.training;

/** What a trial starts from is gone or does not fit: no other attempt helps. */
public final class UnusableStartException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public UnusableStartException(String message) {
    super(message);
  }

  public UnusableStartException(String message, Throwable cause) {
    super(message, cause);
  }
}
