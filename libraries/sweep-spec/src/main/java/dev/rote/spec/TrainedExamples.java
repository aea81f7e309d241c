package dev.rote.spec;

import dev.rote.v1.CorruptionSpec;
import dev.rote.v1.DatasetSpec;
import dev.rote.v1.RepeatedExamples;
import dev.rote.v1.TrialSpec;

/** How many examples a trial has at most, as far as a specification tells; 0 when only files do. */
public final class TrainedExamples {
  private TrainedExamples() {}

  /**
   * Examples that are trained on in an epoch, copies included.
   *
   * @param trial valid, all defaults filled in
   */
  public static long most(TrialSpec trial) {
    DatasetSpec dataset = trial.getDataset();
    long examples = mostOfSplit(dataset);
    long left =
        dataset.hasSubset() ? Math.round(dataset.getSubset().getShare() * examples) : examples;
    CorruptionSpec corruption = trial.getCorruption();
    return left + (corruption.hasRepeated() ? copies(corruption, left) : 0);
  }

  /** Examples of the training split before any of them are left out or repeated. */
  public static long mostOfSplit(DatasetSpec dataset) {
    return dataset.hasTrainSize()
        ? Integer.toUnsignedLong(dataset.getTrainSize())
        : DatasetKinds.named(dataset.getName()).map(kind -> kind.trainExamples(dataset)).orElse(0L);
  }

  /** Examples of the validation split. */
  public static long mostOfValidation(DatasetSpec dataset) {
    return dataset.hasValidationSize()
        ? Integer.toUnsignedLong(dataset.getValidationSize())
        : Math.min(SweepDefaults.LARGEST_DEFAULT_VALIDATION, mostOfSplit(dataset));
  }

  private static long copies(CorruptionSpec corruption, long examples) {
    RepeatedExamples repeated = corruption.getRepeated();
    long times = repeated.getTimes() - 1L;
    if (repeated.getSourceIndicesCount() > 0) {
      return times * repeated.getSourceIndicesCount();
    }
    double of =
        repeated.getOf() == RepeatedExamples.Of.CORRUPTED
            ? corruption.getInputs().getLevel()
                + corruption.getLabels().getLevel()
                + (corruption.hasThresholdClass() ? 0.5 : 0)
            : 1;
    return times * (long) Math.ceil(repeated.getShare() * Math.min(1, of) * examples);
  }
}
