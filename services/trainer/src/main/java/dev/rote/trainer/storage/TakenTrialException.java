package dev.rote.trainer.storage;

import dev.rote.spec.Numerics;

/** The objects under the id of a trial are of another family of numerics than this process. */
public final class TakenTrialException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String holder;

  TakenTrialException(String trialId, Numerics holder, Numerics here) {
    super(
        "trial %s is of the numerics %s in this bucket, this worker computes %s"
            .formatted(trialId, holder, here));
    this.holder = holder.name();
  }

  /** Name of the family that has the id. */
  public String holder() {
    return holder;
  }
}
