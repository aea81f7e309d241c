package dev.rote.spec;

import dev.rote.blueprint.Models;
import dev.rote.v1.AdversarialTraining;
import dev.rote.v1.CorruptionSpec;
import dev.rote.v1.DatasetSpec;
import dev.rote.v1.InputCorruption;
import dev.rote.v1.LabelCorruption;
import dev.rote.v1.OwnFiles;
import dev.rote.v1.RegularizationSpec;
import dev.rote.v1.RepeatedExamples;
import dev.rote.v1.Shape;
import dev.rote.v1.TrainingSpec;
import dev.rote.v1.TransitionRow;
import dev.rote.v1.TrialSpec;
import java.util.List;
import java.util.Optional;

/** What must hold of a trial, defaults filled in. */
final class TrialChecks {
  private static final double ROW_SUM_TOLERANCE = 1e-6;

  private TrialChecks() {}

  static void trial(Checks checks, TrialSpec trial) {
    DatasetChecks.check(checks.in("dataset"), trial.getDataset());
    if (trial.hasCorruption()) {
      corruption(checks.in("corruption"), trial.getCorruption(), trial.getDataset());
    }
    Models.check(
        trial.getModel(),
        DatasetFacts.shapeOf(trial.getDataset()),
        DatasetFacts.classesOf(trial),
        checks.in("model")::violate);
    RecipeChecks.check(checks, trial);
    regularization(checks.in("regularization"), trial.getRegularization());
    training(checks.in("training"), trial.getTraining());
    AugmentationChecks.check(
        checks.in("augmentation"),
        trial.getAugmentation(),
        DatasetFacts.shapeOf(trial.getDataset()));
    AugmentationChecks.checkMixup(checks, trial);
    if (trial.hasStart()) {
      StartChecks.check(checks.in("start"), trial.getStart());
    }
    BatchNorm.check(checks, trial);
  }

  static void corruption(Checks checks, CorruptionSpec corruption, DatasetSpec dataset) {
    if (corruption.hasInputs()) {
      InputCorruption inputs = corruption.getInputs();
      Checks at = checks.in("inputs");
      at.require(
          inputs.getRule() != InputCorruption.Rule.UNSPECIFIED,
          "rule",
          "must be one of GAUSSIAN, UNIFORM, SHUFFLE_SHARED, SHUFFLE_EACH, OPEN_SET; it is not"
              + " written");
      at.inRange("level", inputs.getLevel(), 0, 1);
      at.require(
          !inputs.hasStatistics() || inputs.getRule() == InputCorruption.Rule.GAUSSIAN,
          "statistics",
          "is for the rule GAUSSIAN alone, not for " + inputs.getRule());
      other(at, inputs, dataset);
    }
    if (corruption.hasLabels()) {
      labels(checks.in("labels"), corruption.getLabels(), dataset);
    }
    if (corruption.hasRepeated()) {
      repeated(checks.in("repeated"), corruption.getRepeated());
    }
    if (corruption.hasThresholdClass()) {
      Checks at = checks.in("thresholdClass");
      at.inRange("part", corruption.getThresholdClass().getPart(), 1, 2);
      at.require(
          corruption.getLabels().getRule() != LabelCorruption.Rule.UNIQUE,
          "",
          "cannot stand beside the rule UNIQUE, under which each example has a class of its own"
              + " already: leave one out");
    }
  }

  /** The dataset whose images stand under labels of this one. */
  private static void other(Checks all, InputCorruption inputs, DatasetSpec dataset) {
    boolean open = inputs.getRule() == InputCorruption.Rule.OPEN_SET;
    Checks checks = all.in("other");
    checks.require(
        open || !inputs.hasOther(),
        "",
        "is for the rule OPEN_SET alone, not for " + inputs.getRule());
    if (!open) {
      return;
    }
    DatasetSpec other = inputs.getOther();
    DatasetChecks.check(checks, other);
    levels(all, "rule", dataset, "this dataset");
    levels(all, "rule", other, "the other dataset");
    Optional<DatasetKind> kind = DatasetKinds.named(other.getName());
    if (kind.isEmpty()) {
      return;
    }
    boolean own = other.getName().equals(FilesDataset.NAME);
    checks.require(
        own || kind.get().ownSizes() || kind.get().facts().trainExamples() > 0,
        "name",
        "must be a published dataset, strokes or files, was " + other.getName());
    boolean same =
        own
            ? other.getFiles().getTrain().equals(dataset.getFiles().getTrain())
            : other.getName().equals(dataset.getName());
    checks.require(
        !same,
        own ? "files.train" : "name",
        "must be another dataset than " + dataset.getName() + ", whose labels they stand under");
    Shape here = DatasetFacts.shapeOf(dataset);
    Shape there = DatasetFacts.shapeOf(other);
    checks.require(
        here.getChannels() == 0 || there.getChannels() == 0 || here.equals(there),
        "",
        "must have images of the dataset's shape, "
            + words(here)
            + ", has "
            + words(there)
            + ": choose another dataset, or the same pooling");
  }

  /* What values are without being written only the files tell. */
  private static void levels(Checks checks, String field, DatasetSpec dataset, String name) {
    OwnFiles files = dataset.getFiles();
    checks.require(
        files.getValues() != OwnFiles.Values.NUMBERS && !files.getStandardize(),
        field,
        "OPEN_SET is for inputs that are grey levels, and those of "
            + name
            + " are numbers ("
            + (files.getStandardize() ? "standardize: true" : "values: NUMBERS")
            + "): write values: LEVELS for files whose numbers are levels from 0 to 255, or another"
            + " rule, such as UNIFORM");
  }

  private static String words(Shape shape) {
    return shape.getChannels() + "x" + shape.getHeight() + "x" + shape.getWidth();
  }

  private static void repeated(Checks checks, RepeatedExamples repeated) {
    checks.inRange("times", repeated.getTimes(), 2, 10_000);
    boolean listed = repeated.getSourceIndicesCount() > 0;
    checks.require(
        !listed || !repeated.hasShare(),
        "share",
        "cannot stand beside sourceIndices: leave it out");
    checks.require(
        !listed || !repeated.hasOf(), "of", "cannot stand beside sourceIndices: leave it out");
    double share = repeated.getShare();
    checks.require(
        listed || (share > 0 && share <= 1),
        "share",
        "must be in (0, 1], was " + TreeReader.number(share));
    DatasetSelection.checkIndices(checks, repeated.getSourceIndicesList());
  }

  private static void labels(Checks checks, LabelCorruption labels, DatasetSpec dataset) {
    LabelCorruption.Rule rule = labels.getRule();
    Optional<DatasetKind> kind = DatasetKinds.named(dataset.getName());
    checks.require(
        rule != LabelCorruption.Rule.UNSPECIFIED,
        "rule",
        "must be one of RANDOM, RANDOM_OTHER, UNIQUE, SYMMETRIC, PAIR_FLIP, TRANSITION_MATRIX,"
            + " HUMAN, INSTANCE_DEPENDENT, ASYMMETRIC, FILE; it is not written");
    checks.inRange("level", labels.getLevel(), 0, 1);
    checks.require(
        rule != LabelCorruption.Rule.UNIQUE || labels.getLevel() == 1,
        "level",
        "must be 1 for the rule UNIQUE, was " + TreeReader.number(labels.getLevel()));
    checks.require(
        rule != LabelCorruption.Rule.HUMAN || kind.filter(DatasetKind::hasHumanLabels).isPresent(),
        "rule",
        "HUMAN has labels for "
            + DatasetKinds.withHumanLabels()
            + " alone, not for "
            + dataset.getName());
    checks.require(
        rule != LabelCorruption.Rule.ASYMMETRIC
            || ConfusedClasses.of(dataset.getName()).isPresent(),
        "rule",
        "ASYMMETRIC knows what classes are taken for in "
            + String.join(", ", ConfusedClasses.datasets())
            + " alone, not in "
            + dataset.getName()
            + ": write a TRANSITION_MATRIX");
    checks.require(
        !labels.hasFile() || rule == LabelCorruption.Rule.FILE,
        "file",
        "is for the rule FILE alone, not for " + rule);
    if (rule == LabelCorruption.Rule.FILE) {
      OwnPath.check(checks, "file.path", labels.getFile().getPath(), true);
      checks.require(
          labels.getFile().getFileColumn().isEmpty() || labels.getFile().getIndexColumn().isEmpty(),
          "file.fileColumn",
          "cannot stand beside indexColumn: one of them says whose label each one is");
      if (labels.getFile().hasSha256()) {
        StartChecks.digits(
            checks, "file.sha256", labels.getFile().getSha256(), 64, "sha256sum prints them");
      }
    }
    checks.require(
        !labels.hasHumanLabels() || rule == LabelCorruption.Rule.HUMAN,
        "humanLabels",
        "is for the rule HUMAN alone, not for " + rule);
    boolean matrix = rule == LabelCorruption.Rule.TRANSITION_MATRIX;
    checks.require(
        matrix || labels.getTransitionMatrixCount() == 0,
        "transitionMatrix",
        "is for the rule TRANSITION_MATRIX alone, not for " + rule);
    if (matrix) {
      int classes = DatasetSelection.classes(dataset, kind.map(k -> k.classes(dataset)).orElse(0));
      matrix(checks.in("transitionMatrix"), labels.getTransitionMatrixList(), classes);
    }
  }

  private static void matrix(Checks checks, List<TransitionRow> rows, int classes) {
    int size = classes == 0 ? rows.size() : classes;
    checks.require(
        rows.size() == size && size > 0,
        "",
        "must have a row per class, " + size + ", had " + rows.size());
    for (int i = 0; i < rows.size(); i++) {
      TransitionRow row = rows.get(i);
      int values = row.getProbabilitiesCount();
      Checks at = checks.in("[" + i + "].probabilities");
      at.require(values == size, "", "must have a value per class, " + size + ", had " + values);
      double sum = 0;
      for (int j = 0; j < values; j++) {
        double value = row.getProbabilities(j);
        sum += value;
        if (!(value >= 0 && value <= 1)) {
          at.inRange("[" + j + "]", value, 0, 1);
        }
      }
      at.require(
          Math.abs(sum - 1) <= ROW_SUM_TOLERANCE,
          "",
          "must sum to 1, summed to " + TreeReader.number(sum));
    }
  }

  private static void regularization(Checks checks, RegularizationSpec regularization) {
    checks.probabilityBelowOne("dropout", regularization.getDropout());
    checks.probabilityBelowOne("inputDropout", regularization.getInputDropout());
    checks.notNegative("inputNoise", regularization.getInputNoise());
    checks.notNegative("hiddenNoise", regularization.getHiddenNoise());
    checks.notNegative("weightDecay", regularization.getWeightDecay());
    if (regularization.hasAdversarial()) {
      AdversarialTraining adversarial = regularization.getAdversarial();
      Checks at = checks.in("adversarial");
      double weight = adversarial.getWeight();
      at.require(
          weight > 0 && weight <= 1,
          "weight",
          adversarial.hasWeight()
              ? "must be in (0, 1], was " + TreeReader.number(weight)
              : "must be in (0, 1]; it is not written");
      CriticalSamplesKind.checkRadius(at, adversarial.getRadius(), adversarial.getUnit());
      CriticalSamplesKind.check(at, adversarial.getLass());
      at.require(
          adversarial.getLass().getStopBelow() == 0,
          "lass.stopBelow",
          "is for measurements alone: leave it out");
    }
  }

  private static void training(Checks checks, TrainingSpec training) {
    checks.inRange("epochs", training.getEpochs(), 1, 1_000_000);
    checks.require(
        !training.hasMaxSteps() || training.getMaxSteps() != 0,
        "maxSteps",
        "must be at least 1, was 0");
    checks.inRange("batchSize", training.getBatchSize(), 1, 1_000_000);
    checks.inRange("threads", training.getThreads(), 1, 256);
    if (training.hasStopAtAccuracy()) {
      double stop = training.getStopAtAccuracy();
      checks.require(
          stop > 0 && stop <= 1,
          "stopAtAccuracy",
          "must be in (0, 1], was " + TreeReader.number(stop));
    }
    List<Integer> epochs = training.getCheckpoints().getEpochsList();
    checks.inRange(
        "checkpoints.everyEpochs", training.getCheckpoints().getEveryEpochs(), 0, 1_000_000);
    for (int i = 0; i < epochs.size(); i++) {
      checks.inRange(
          "checkpoints.epochs[" + i + "]",
          epochs.get(i),
          0,
          Integer.toUnsignedLong(training.getEpochs()));
    }
  }
}
