package dev.rote.spec;

import dev.rote.v1.DatasetSpec;
import java.util.List;
import java.util.Optional;

/** What must hold of a dataset, defaults filled in. */
final class DatasetChecks {
  private static final long LARGEST_SPLIT = 100_000_000;

  private DatasetChecks() {}

  static void check(Checks checks, DatasetSpec dataset) {
    Optional<DatasetKind> kind = DatasetKinds.named(dataset.getName());
    if (kind.isEmpty()) {
      List<String> names = DatasetFacts.all().stream().map(DatasetFacts::name).toList();
      checks.violate(
          "name",
          "must be one of "
              + String.join(", ", names)
              + (dataset.getName().isEmpty()
                  ? "; it is not written"
                  : ", was \"" + dataset.getName() + "\""));
      return;
    }
    for (DatasetKind other : DatasetKinds.ALL) {
      checks.require(
          other.equals(kind.get()) || !DatasetKinds.isSet(dataset, other),
          DatasetKinds.ownField(other),
          "is for the dataset " + other.name() + " alone, not for " + dataset.getName());
    }
    checks.require(
        dataset.getValidationSource() != DatasetSpec.ValidationSource.VALIDATION
            || kind.get().ownField() == DatasetSpec.FILES_FIELD_NUMBER,
        "validationSource",
        "VALIDATION is for the dataset files alone, not for " + dataset.getName());
    kind.get().check(checks, dataset);
    DatasetSelection.check(checks, dataset, kind.get());
    boolean counted = DatasetSelection.changesSource(dataset);
    if (!counted || dataset.hasTrainSize()) {
      checks.inRange("trainSize", dataset.getTrainSize(), 1, LARGEST_SPLIT);
    }
    if (!counted || dataset.hasValidationSize()) {
      checks.inRange("validationSize", dataset.getValidationSize(), 1, LARGEST_SPLIT);
    }
    checks.require(
        dataset.getPooling() == 1 || dataset.getPooling() == 2,
        "pooling",
        "must be 1 or 2, was " + Integer.toUnsignedString(dataset.getPooling()));
    splits(checks, dataset, kind.get());
  }

  private static void splits(Checks checks, DatasetSpec dataset, DatasetKind kind) {
    DatasetFacts facts = kind.facts();
    if (facts.trainExamples() == 0) {
      return;
    }
    long train = Integer.toUnsignedLong(dataset.getTrainSize());
    long validation = Integer.toUnsignedLong(dataset.getValidationSize());
    long source = kind.trainExamples(dataset);
    if (dataset.getValidationSource() == DatasetSpec.ValidationSource.TEST) {
      checks.require(
          train <= source,
          "trainSize",
          "must be at most the " + source + " training examples, was " + train);
      checks.require(
          validation <= facts.testExamples(),
          "validationSize",
          "must be at most the " + facts.testExamples() + " test examples, was " + validation);
    } else {
      checks.require(
          train + validation <= source,
          "trainSize",
          "and validationSize together must be at most the "
              + source
              + " training examples, were "
              + train
              + " + "
              + validation);
    }
  }
}
