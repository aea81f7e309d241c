package dev.rote.spec;

import dev.rote.v1.DatasetSpec;
import dev.rote.v1.IdxFiles;
import java.util.List;
import java.util.Optional;

/** What must hold of a dataset, defaults filled in. */
final class DatasetChecks {
  private static final int MOST_CLASSES = 65_536;
  private static final long LARGEST_SPLIT = 100_000_000;

  private DatasetChecks() {}

  static void check(Checks checks, DatasetSpec dataset) {
    Optional<DatasetFacts> facts = DatasetFacts.named(dataset.getName());
    if (facts.isEmpty()) {
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
    boolean idx = dataset.getName().equals("idx");
    checks.require(
        idx || !dataset.hasIdx(),
        "idx",
        "is for the dataset idx alone, not for " + dataset.getName());
    if (idx) {
      idxFiles(checks.in("idx"), dataset);
    }
    boolean cifar10 = dataset.getName().equals("cifar10");
    checks.require(
        cifar10 || dataset.getBatchesCount() == 0,
        "batches",
        "is for cifar10 alone, not for " + dataset.getName());
    for (int i = 0; i < dataset.getBatchesCount(); i++) {
      checks.inRange("batches[" + i + "]", dataset.getBatches(i), 1, 5);
      checks.require(
          dataset.getBatchesList().indexOf(dataset.getBatches(i)) == i,
          "batches[" + i + "]",
          "must name each training file once, names " + dataset.getBatches(i) + " again");
    }
    checks.inRange("trainSize", dataset.getTrainSize(), 1, LARGEST_SPLIT);
    checks.inRange("validationSize", dataset.getValidationSize(), 1, LARGEST_SPLIT);
    checks.require(
        dataset.getPooling() == 1 || dataset.getPooling() == 2,
        "pooling",
        "must be 1 or 2, was " + Integer.toUnsignedString(dataset.getPooling()));
    splits(checks, dataset, facts.get());
  }

  private static void splits(Checks checks, DatasetSpec dataset, DatasetFacts facts) {
    if (facts.trainExamples() == 0) {
      return;
    }
    long train = Integer.toUnsignedLong(dataset.getTrainSize());
    long validation = Integer.toUnsignedLong(dataset.getValidationSize());
    long source = SweepDefaults.trainExamples(dataset);
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

  private static void idxFiles(Checks checks, DatasetSpec dataset) {
    IdxFiles files = dataset.getIdx();
    path(checks, "trainImages", files.getTrainImages(), true);
    path(checks, "trainLabels", files.getTrainLabels(), true);
    boolean test = dataset.getValidationSource() == DatasetSpec.ValidationSource.TEST;
    path(checks, "testImages", files.getTestImages(), test);
    path(checks, "testLabels", files.getTestLabels(), test);
    if (!test && files.getTestImages().isEmpty() != files.getTestLabels().isEmpty()) {
      boolean labels = files.getTestLabels().isEmpty();
      checks.violate(
          labels ? "testLabels" : "testImages",
          labels
              ? "must be written beside testImages, or testImages left out"
              : "must be written beside testLabels, or testLabels left out");
    }
    if (files.hasClasses()) {
      checks.inRange("classes", files.getClasses(), 1, MOST_CLASSES);
    }
  }

  private static void path(Checks checks, String field, String path, boolean required) {
    if (path.isEmpty()) {
      checks.require(
          !required,
          field,
          "must be the path of a file, relative to the datasets directory; it is not written");
    } else {
      checks.require(
          isRelative(path),
          field,
          "must be a path inside the datasets directory, without .., was \"" + path + "\"");
    }
  }

  /**
   * Names joined by slashes, none of them hidden: of letters, digits, dots, hyphens and the like.
   */
  private static boolean isRelative(String path) {
    boolean first = true;
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      boolean inside = !first && (c == '.' || c == '/');
      if (!letter && !inside && c != '_' && c != '-') {
        return false;
      }
      first = c == '/';
    }
    return !first;
  }
}
