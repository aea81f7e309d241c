package dev.rote.spec;

import dev.rote.v1.DatasetSpec;
import dev.rote.v1.IdxFiles;
import dev.rote.v1.Shape;

/** {@code idx}: files of a user's own, which alone tell what they hold. */
final class IdxDataset implements DatasetKind {
  private static final int MOST_CLASSES = 65_536;
  private static final DatasetFacts FACTS =
      new DatasetFacts("idx", "IDX files of your own", 0, Shape.getDefaultInstance(), 0, 0);

  @Override
  public DatasetFacts facts() {
    return FACTS;
  }

  @Override
  public int ownField() {
    return DatasetSpec.IDX_FIELD_NUMBER;
  }

  @Override
  public int classes(DatasetSpec dataset) {
    return dataset.getIdx().getClasses();
  }

  @Override
  public void check(Checks all, DatasetSpec dataset) {
    Checks checks = all.in("idx");
    IdxFiles files = dataset.getIdx();
    OwnPath.check(checks, "trainImages", files.getTrainImages(), true);
    OwnPath.check(checks, "trainLabels", files.getTrainLabels(), true);
    boolean test = dataset.getValidationSource() == DatasetSpec.ValidationSource.TEST;
    OwnPath.check(checks, "testImages", files.getTestImages(), test);
    OwnPath.check(checks, "testLabels", files.getTestLabels(), test);
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
}
