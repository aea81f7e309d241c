package dev.rote.metrics.measuring;

/** A trial is of another family of numerics than its measurement is to be made in. */
public final class OtherNumericsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String trialId;

  OtherNumericsException(String trialId, String message) {
    super(message);
    this.trialId = trialId;
  }

  public String trialId() {
    return trialId;
  }
}
