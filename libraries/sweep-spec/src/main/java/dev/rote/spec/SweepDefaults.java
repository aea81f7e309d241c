package dev.rote.spec;

import dev.rote.v1.AugmentationSpec;
import dev.rote.v1.CheckpointSpec;
import dev.rote.v1.ClaimSpec;
import dev.rote.v1.CorruptionSpec;
import dev.rote.v1.DatasetSpec;
import dev.rote.v1.FailureBudget;
import dev.rote.v1.InputCorruption;
import dev.rote.v1.LabelCorruption;
import dev.rote.v1.MeasurementSpec;
import dev.rote.v1.RepeatedExamples;
import dev.rote.v1.Retention;
import dev.rote.v1.SweepSpec;
import dev.rote.v1.ThresholdClass;
import dev.rote.v1.TrainingSpec;
import dev.rote.v1.TrialSpec;
import dev.rote.v1.VariantSpec;

/**
 * The one place of the defaults that {@code spec.proto} states. Filling is idempotent, accepts
 * specifications that are not valid yet, and gives equal studies equal messages: a corruption of
 * level 0 is none.
 */
public final class SweepDefaults {
  /** Examples that a validation split has at most unless its size is written. */
  public static final int LARGEST_DEFAULT_VALIDATION = 10_000;

  private SweepDefaults() {}

  /**
   * Fills a sweep. Its base trial and axes stay as written, since what a point of an axis changes
   * may change defaults too: {@link Grid} fills the trial of each cell.
   */
  public static SweepSpec fill(SweepSpec spec) {
    SweepSpec.Builder filled = spec.toBuilder();
    if (spec.hasRepeat()) {
      filled.setRepeat(RepeatDefaults.fill(spec.getRepeat()));
    }
    int unwritten = spec.hasRepeat() ? filled.getRepeat().getAtMost() : 1;
    filled.setRepetitions(spec.hasRepetitions() ? spec.getRepetitions() : unwritten);
    filled.setRedrawCorruption(spec.getRedrawCorruption());
    filled.setParallelism(spec.hasParallelism() ? spec.getParallelism() : 16);
    FailureBudget budget = spec.getFailureBudget();
    filled.setFailureBudget(
        FailureBudget.newBuilder()
            .setFailedTrials(budget.getFailedTrials())
            .setAttempts(budget.hasAttempts() ? budget.getAttempts() : 5));
    if (!spec.getRetention().hasCheckpoints()) {
      filled.setRetention(Retention.newBuilder().setCheckpoints(Retention.Checkpoints.ALL));
    }
    if (!spec.getRedrawSubset()) {
      filled.clearRedrawSubset();
    }
    if (spec.getNumerics().isEmpty()) {
      filled.clearNumerics();
    }
    for (int i = 0; i < spec.getMeasurementsCount(); i++) {
      filled.setMeasurements(i, fill(spec.getMeasurements(i)));
    }
    ClaimExpansion.fill(filled);
    filled.getFiguresBuilderList().stream()
        .flatMap(figure -> figure.getClaimsBuilderList().stream())
        .filter(claim -> claim.getDiverged() == ClaimSpec.Diverged.UNDECIDED)
        .forEach(ClaimSpec.Builder::clearDiverged);
    return filled.build();
  }

  /** Fills a trial. */
  public static TrialSpec fill(TrialSpec trial) {
    TrialSpec.Builder filled = trial.toBuilder();
    filled.setDataset(fill(trial.getDataset()));
    CorruptionSpec corruption = fill(trial.getCorruption());
    if (isNone(corruption)) {
      filled.clearCorruption();
    } else {
      filled.setCorruption(corruption);
    }
    filled.setModel(ModelDefaults.fill(trial.getModel(), trial.getDataset()));
    filled.setOptimizer(RecipeDefaults.fill(trial.getOptimizer()));
    RecipeDefaults.fill(trial.getLoss()).ifPresentOrElse(filled::setLoss, filled::clearLoss);
    filled.setRegularization(ModelDefaults.fill(trial.getRegularization()));
    filled.setTraining(fill(trial.getTraining()));
    filled.setSeed(trial.hasSeed() ? trial.getSeed() : 1);
    AugmentationSpec augmentation = AugmentationChecks.fill(trial.getAugmentation());
    if (AugmentationChecks.isNone(augmentation)) {
      filled.clearAugmentation();
    } else {
      filled.setAugmentation(augmentation);
    }
    return filled.build();
  }

  /** Fills a variant. */
  public static VariantSpec fill(VariantSpec variant) {
    VariantSpec.Builder filled = variant.toBuilder().setDataset(fill(variant.getDataset()));
    CorruptionSpec corruption = fill(variant.getCorruption());
    return isNone(corruption)
        ? filled.clearCorruption().build()
        : filled.setCorruption(corruption).build();
  }

  /** Fills a measurement. */
  public static MeasurementSpec fill(MeasurementSpec measurement) {
    MeasurementSpec.Builder filled = measurement.toBuilder();
    filled.setFinalOnly(measurement.getFinalOnly());
    if (measurement.getKindCase() != MeasurementSpec.KindCase.KIND_NOT_SET) {
      MeasurementKind kind = MeasurementKinds.of(measurement.getKindCase());
      kind.fill(filled);
      filled.setFinalOnly(measurement.getFinalOnly() || kind.ofWholeRun());
    }
    return filled.build();
  }

  private static DatasetSpec fill(DatasetSpec dataset) {
    DatasetSpec.Builder filled = dataset.toBuilder();
    DatasetSpec.ValidationSource from =
        dataset.hasValidationSource()
            ? dataset.getValidationSource()
            : DatasetKinds.named(dataset.getName())
                .map(kind -> kind.validationSource(dataset))
                .orElse(DatasetSpec.ValidationSource.TRAIN);
    filled.setValidationSource(from);
    filled.setPooling(dataset.hasPooling() ? dataset.getPooling() : 1);
    filled.setSeed(dataset.hasSeed() ? dataset.getSeed() : 1);
    DatasetKinds.named(dataset.getName()).ifPresent(kind -> fill(filled, kind));
    return filled.build();
  }

  private static void fill(DatasetSpec.Builder dataset, DatasetKind kind) {
    kind.fill(dataset);
    DatasetSelection.fill(dataset);
    DatasetSpec known = dataset.build();
    if (DatasetSelection.changesSource(known)) {
      /* How many examples there are only the files tell. */
      return;
    }
    boolean apart = known.getValidationSource() != DatasetSpec.ValidationSource.TRAIN;
    if (!known.hasValidationSize()) {
      long source = kind.validationExamples(known, apart);
      dataset.setValidationSize((int) Math.min(source / 10, LARGEST_DEFAULT_VALIDATION));
    }
    if (!known.hasTrainSize()) {
      long taken = apart ? 0 : Integer.toUnsignedLong(dataset.getValidationSize());
      dataset.setTrainSize((int) kind.trainSize(known, taken));
    }
  }

  private static CorruptionSpec fill(CorruptionSpec corruption) {
    CorruptionSpec.Builder filled = corruption.toBuilder();
    if (corruption.hasInputs()) {
      InputCorruption inputs = corruption.getInputs();
      if (inputs.hasLevel() && inputs.getLevel() == 0) {
        filled.clearInputs();
      } else {
        InputCorruption.Builder in =
            inputs.toBuilder().setLevel(inputs.hasLevel() ? inputs.getLevel() : 1);
        if (inputs.hasOther()) {
          in.setOther(fill(inputs.getOther()));
        }
        if (inputs.getRule() == InputCorruption.Rule.GAUSSIAN && !inputs.hasStatistics()) {
          in.setStatistics(InputCorruption.Statistics.SCALAR);
        }
        filled.setInputs(in);
      }
    }
    if (corruption.hasLabels()) {
      LabelCorruption labels = corruption.getLabels();
      if (labels.hasLevel()
          && labels.getLevel() == 0
          && labels.getRule() != LabelCorruption.Rule.UNIQUE) {
        filled.clearLabels();
      } else {
        LabelCorruption.Builder to =
            labels.toBuilder().setLevel(labels.hasLevel() ? labels.getLevel() : 1);
        if (labels.getRule() == LabelCorruption.Rule.HUMAN && !labels.hasHumanLabels()) {
          to.setHumanLabels(LabelCorruption.HumanLabels.WORSE);
        }
        filled.setLabels(to);
      }
    }
    if (corruption.hasThresholdClass()) {
      ThresholdClass threshold = corruption.getThresholdClass();
      filled.setThresholdClass(
          ThresholdClass.newBuilder().setPart(threshold.hasPart() ? threshold.getPart() : 1));
    }
    if (corruption.hasRepeated()) {
      filled.setRepeated(fill(corruption.getRepeated()));
    }
    filled.setSeed(corruption.hasSeed() ? corruption.getSeed() : 1);
    filled.setCorruptValidation(corruption.getCorruptValidation());
    return filled.build();
  }

  private static RepeatedExamples fill(RepeatedExamples repeated) {
    RepeatedExamples.Builder filled =
        repeated.toBuilder().setTimes(repeated.hasTimes() ? repeated.getTimes() : 2);
    if (repeated.getSourceIndicesCount() == 0) {
      filled.setShare(repeated.hasShare() ? repeated.getShare() : 1);
      filled.setOf(repeated.hasOf() ? repeated.getOf() : RepeatedExamples.Of.ANY);
    }
    return filled.build();
  }

  private static boolean isNone(CorruptionSpec corruption) {
    return !corruption.hasInputs()
        && !corruption.hasLabels()
        && !corruption.hasThresholdClass()
        && !corruption.hasRepeated();
  }

  private static TrainingSpec fill(TrainingSpec training) {
    CheckpointSpec checkpoints = training.getCheckpoints();
    TrainingSpec.Builder filled = training.toBuilder();
    if (training.getSampling() == TrainingSpec.Sampling.EPOCHS) {
      /* Written or not, it is the same trial. */
      filled.clearSampling();
    }
    return filled
        .setEpochs(training.hasEpochs() ? training.getEpochs() : 10)
        .setBatchSize(training.hasBatchSize() ? training.getBatchSize() : 128)
        .setThreads(training.hasThreads() ? training.getThreads() : 1)
        .setCheckpoints(
            checkpoints.toBuilder()
                .setEveryEpochs(checkpoints.hasEveryEpochs() ? checkpoints.getEveryEpochs() : 1))
        .build();
  }
}
