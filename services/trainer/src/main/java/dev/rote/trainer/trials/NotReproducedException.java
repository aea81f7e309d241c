package dev.rote.trainer.trials;

import dev.rote.v1.EpochRecord;
import dev.rote.v1.TrialResult;
import java.util.List;

/** A trial was trained again, for its trace, and did not come out as it is stored. */
public final class NotReproducedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** For programs. */
  public static final String REASON = "NOT_REPRODUCED";

  private final String trialId;

  private NotReproducedException(String trialId, String message) {
    super(message);
    this.trialId = trialId;
  }

  public String trialId() {
    return trialId;
  }

  /**
   * Requires that two results of a trial are of the same bits: outcome, and every epoch's losses
   * and accuracies.
   *
   * @throws NotReproducedException saying where they part
   */
  static void requireSame(TrialResult stored, TrialResult made) {
    if (stored.getOutcome() != made.getOutcome()
        || !stored.getHistoryList().equals(made.getHistoryList())) {
      throw new NotReproducedException(
          stored.getTrialId(),
          "trial %s was trained again for its trace and is not what is stored from epoch %d on: it was trained by %s, this time by %s. Have it measured where it was trained, or train it under another seed"
              .formatted(
                  stored.getTrialId(),
                  firstDifference(stored.getHistoryList(), made.getHistoryList()),
                  stored.getBackend(),
                  made.getBackend()));
    }
  }

  private static int firstDifference(List<EpochRecord> one, List<EpochRecord> other) {
    int epoch = 0;
    while (epoch < Math.min(one.size(), other.size()) && one.get(epoch).equals(other.get(epoch))) {
      epoch++;
    }
    return epoch;
  }
}
