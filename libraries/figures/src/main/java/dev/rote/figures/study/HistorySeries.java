package dev.rote.figures.study;

import dev.rote.v1.EpochRecord;
import dev.rote.v1.Metric;
import dev.rote.v1.TrialResult;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The quantities of a trial's own history, epoch by epoch: accuracies and losses in nats. */
public final class HistorySeries {

  private HistorySeries() {}

  /**
   * A quantity over the epochs.
   *
   * @param kind one that histories have, such as {@code TRAIN_ACCURACY}
   * @param trial its history so far; of one that diverged the series ends before it did
   * @throws IllegalArgumentException when histories have no such quantity
   */
  public static EpochSeries of(Metric.Kind kind, TrialResult trial) {
    ToDoubleFunction<EpochRecord> value = value(kind);
    List<EpochRecord> history = reached(trial);
    return EpochSeries.of(
        history.stream().mapToInt(EpochRecord::getEpoch).toArray(),
        history.stream().mapToDouble(value).toArray());
  }

  /** The epochs that count: of a trial that diverged those before it did. */
  public static List<EpochRecord> reached(TrialResult trial) {
    Fate fate = Fate.of(trial);
    return trial.getHistoryList().stream()
        .filter(record -> fate.reached(record.getEpoch()))
        .toList();
  }

  private static ToDoubleFunction<EpochRecord> value(Metric.Kind kind) {
    return switch (kind) {
      case TRAIN_ACCURACY -> record -> record.getTrain().getAccuracy();
      case VALIDATION_ACCURACY -> record -> record.getValidation().getAccuracy();
      case CORRUPTED_ACCURACY -> record -> record.getCorrupted().getAccuracy();
      case CLEAN_ACCURACY -> record -> record.getClean().getAccuracy();
      case TRAIN_LOSS -> record -> record.getTrain().getLoss();
      case VALIDATION_LOSS -> record -> record.getValidation().getLoss();
      default -> throw new IllegalArgumentException("histories have no " + kind);
    };
  }
}
