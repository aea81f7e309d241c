package dev.rote.figures.study;

import dev.rote.v1.EpochRecord;
import dev.rote.v1.Metric;
import dev.rote.v1.TrialResult;
import java.util.List;
import java.util.Optional;

/**
 * How long a trial took to fit its training split (Fig 6 of Arpit et al. 2017): the first epoch
 * from 1 on whose training accuracy is at least {@code Metric.accuracy}, by default 1. A trial that
 * ended before that, diverged ones included, is censored at its last epoch.
 */
final class EpochsToAccuracy {
  private static final double CONVERGENCE = 1;

  private EpochsToAccuracy() {}

  /** Empty when the trial is missing or has no history. */
  static Optional<Observation> of(Metric metric, CellResults cell) {
    double accuracy = metric.hasAccuracy() ? metric.getAccuracy() : CONVERGENCE;
    return cell.trial()
        .map(TrialResult::getHistoryList)
        .filter(history -> !history.isEmpty())
        .map(history -> of(history, accuracy));
  }

  /* The record at which a trial diverged is of a network that is none: its loss is no number. */
  private static Observation of(List<EpochRecord> history, double accuracy) {
    for (EpochRecord record : history) {
      if (record.getEpoch() >= 1
          && Double.isFinite(record.getTrain().getLoss())
          && record.getTrain().getAccuracy() >= accuracy) {
        return Observation.of(record.getEpoch());
      }
    }
    return new Observation(history.get(history.size() - 1).getEpoch(), true);
  }
}
