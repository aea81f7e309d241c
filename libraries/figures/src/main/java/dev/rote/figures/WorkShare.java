package dev.rote.figures;

import dev.rote.v1.Progress;
import dev.rote.v1.SweepStatus;
import dev.rote.v1.TrialCounts;

/** How much of a sweep's work is done. */
public final class WorkShare {
  private static final double UNFINISHED = 0.99;

  private WorkShare() {}

  /**
   * Share of the work done, in [0, 1]: of trials ended, or of training and measuring together,
   * whichever is further; of a sweep from before measurements were counted, of epochs. One only
   * when the sweep has completed.
   */
  public static double of(SweepStatus status) {
    if (status.getPhase() == SweepStatus.Phase.COMPLETED) {
      return 1;
    }
    TrialCounts counts = status.getCounts();
    Progress progress = status.getProgress();
    double trials =
        share(counts.getDone() + counts.getFailed() + counts.getCancelled(), counts.getTotal());
    double work =
        progress.getMeasurementsTotal() > 0
            ? progress.getShare()
            : share(progress.getEpochsDone(), progress.getEpochsTotal());
    return Math.min(Math.max(trials, work) * ofExpected(status), UNFINISHED);
  }

  /**
   * How much of the trials that are expected is decided on, of a sweep that repeats until judged.
   */
  private static double ofExpected(SweepStatus status) {
    double expected = status.getRepeating().getExpectedTrials();
    long total = status.getCounts().getTotal();
    return expected > total ? total / expected : 1;
  }

  private static double share(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
