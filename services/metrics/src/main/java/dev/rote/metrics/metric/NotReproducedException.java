package dev.rote.metrics.metric;

/**
 * A trial was replayed from its first checkpoint and did not end at its last one: it was trained by
 * another backend, or one of the checkpoints is not what it should be.
 */
public final class NotReproducedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** For programs. */
  public static final String REASON = "NOT_REPRODUCED";

  private final String trialId;

  public NotReproducedException(String trialId, String message) {
    super(message);
    this.trialId = trialId;
  }

  public String trialId() {
    return trialId;
  }
}
