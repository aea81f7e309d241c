package dev.rote.spec;

import dev.rote.blueprint.Models;
import dev.rote.v1.TrainingSpec;
import dev.rote.v1.TrialSpec;
import java.util.Optional;

/**
 * Batch normalisation needs batches: of one example alone it makes zeros, whatever the example is,
 * and a network learns nothing from them.
 */
final class BatchNorm {
  private BatchNorm() {}

  /**
   * Refuses a trial of which every batch is one example.
   *
   * @param checks at the trial
   * @param trial all defaults filled in
   */
  static void check(Checks checks, TrialSpec trial) {
    if (!Models.normalizesBatches(trial.getModel())) {
      return;
    }
    checks.require(
        trial.getTraining().getBatchSize() != 1,
        "training.batchSize",
        "must be at least 2 with batch normalisation, was 1: it makes zeros of a batch of one");
    checks.require(
        trial.getDataset().getTrainSize() != 1,
        "dataset.trainSize",
        "must be at least 2 with batch normalisation, was 1: it makes zeros of a batch of one");
  }

  /**
   * A sentence on a last batch of one.
   *
   * @param trial valid, all defaults filled in
   */
  static Optional<String> warning(TrialSpec trial) {
    long examples = Integer.toUnsignedLong(trial.getDataset().getTrainSize());
    long batch = Integer.toUnsignedLong(trial.getTraining().getBatchSize());
    TrainingSpec training = trial.getTraining();
    boolean reached =
        training.getSampling() != TrainingSpec.Sampling.WITH_REPLACEMENT
            && (!training.hasMaxSteps()
                || Long.compareUnsigned(training.getMaxSteps(), examples / batch) > 0);
    if (!Models.normalizesBatches(trial.getModel()) || !reached || examples % batch != 1) {
      return Optional.empty();
    }
    return Optional.of(
        "the last batch of each epoch holds one example ("
            + examples
            + " examples in batches of "
            + batch
            + "), of which batch normalisation makes zeros: choose another training.batchSize or"
            + " dataset.trainSize");
  }
}
