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
