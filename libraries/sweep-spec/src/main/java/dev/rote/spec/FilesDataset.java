package dev.rote.spec;

import dev.rote.v1.DatasetSpec;
import dev.rote.v1.FileSet;
import dev.rote.v1.OwnFiles;
import dev.rote.v1.Resize;
import dev.rote.v1.Shape;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code files}: files of a user's own in any format, which alone tell what they hold. */
final class FilesDataset implements DatasetKind {
  static final String NAME = "files";

  private static final int MOST_VALUES = 1 << 18;
  private static final int LONGEST_SIDE = 4_096;
  private static final String SHA256 = "[0-9a-f]{64}";
  private static final DatasetFacts FACTS =
      new DatasetFacts(
          NAME,
          "NumPy, Parquet, tables, folders of pictures, IDX and CIFAR's files of your own",
          0,
          Shape.getDefaultInstance(),
          0,
          0);

  @Override
  public DatasetFacts facts() {
    return FACTS;
  }

  @Override
  public int ownField() {
    return DatasetSpec.FILES_FIELD_NUMBER;
  }

  @Override
  public DatasetSpec.ValidationSource validationSource(DatasetSpec dataset) {
    return dataset.getFiles().hasValidation()
        ? DatasetSpec.ValidationSource.VALIDATION
        : DatasetSpec.ValidationSource.TRAIN;
  }

  /* What files at paths that are not read hold is no part of the dataset. */
  @Override
  public void fill(DatasetSpec.Builder dataset) {
    OwnFiles files = dataset.getFiles();
    Set<String> read = OwnContent.read(dataset.build());
    Map<String, String> content =
        files.getContentMap().entrySet().stream()
            .filter(entry -> read.contains(entry.getKey()))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    if (content.size() < files.getContentCount()) {
      dataset.getFilesBuilder().clearContent().putAllContent(content);
    }
  }

  @Override
  public int classes(DatasetSpec dataset) {
    return dataset.getFiles().getClassesCount();
  }

  @Override
  public void check(Checks all, DatasetSpec dataset) {
    Checks checks = all.in("files");
    OwnFiles files = dataset.getFiles();
    set(checks, "train", files.getTrain(), true, files);
    boolean validation = dataset.getValidationSource() == DatasetSpec.ValidationSource.VALIDATION;
    set(checks, "validation", files.getValidation(), validation || files.hasValidation(), files);
    boolean test = dataset.getValidationSource() == DatasetSpec.ValidationSource.TEST;
    set(checks, "test", files.getTest(), test || files.hasTest(), files);
    classes(checks, files.getClassesList());
    shape(checks, files);
    resize(checks, files.getResize());
    if (files.hasChannels()) {
      checks.require(
          files.getChannels() == 1 || files.getChannels() == 3,
          "channels",
          "must be 1 (grey) or 3 (colour), was " + Integer.toUnsignedString(files.getChannels()));
    }
    checks.require(
        !files.getStandardize() || files.getValues() != OwnFiles.Values.LEVELS,
        "standardize",
        "is for values: NUMBERS alone");
    files
        .getContentMap()
        .forEach(
            (path, sum) ->
                checks.require(
                    sum.matches(SHA256),
                    "content[" + VisibleText.line(path) + "]",
                    "must be 64 hexadecimal digits of lower case, sha256sum prints them, was \""
                        + VisibleText.line(sum)
                        + "\""));
  }

  private static void set(Checks all, String name, FileSet set, boolean required, OwnFiles files) {
    Checks checks = all.in(name);
    OwnPath.checkSource(checks, "path", set.getPath(), required, files.getContentMap());
    OwnPath.checkSource(checks, "labels", set.getLabels(), false, files.getContentMap());
  }

  private static void classes(Checks checks, List<String> classes) {
    if (classes.isEmpty()) {
      return;
    }
    checks.require(classes.size() >= 2, "classes", "must be at least two, was " + classes.size());
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < classes.size(); i++) {
      String name = classes.get(i);
      checks.require(!name.isEmpty(), "classes[" + i + "]", "must not be empty");
      checks.require(
          seen.add(name), "classes[" + i + "]", "is a second \"" + VisibleText.line(name) + "\"");
    }
  }

  private static void shape(Checks checks, OwnFiles files) {
    long values = 1;
    for (int i = 0; i < files.getShapeCount(); i++) {
      checks.inRange("shape[" + i + "]", files.getShape(i), 1, MOST_VALUES);
      values *= Integer.toUnsignedLong(files.getShape(i));
      if (values > MOST_VALUES) {
        checks.violate("shape", "must have at most " + MOST_VALUES + " values in all");
        return;
      }
    }
  }

  private static void resize(Checks checks, Resize resize) {
    if (resize.equals(Resize.getDefaultInstance())) {
      return;
    }
    checks.inRange("resize.height", resize.getHeight(), 1, LONGEST_SIDE);
    checks.inRange("resize.width", resize.getWidth(), 1, LONGEST_SIDE);
    checks.require(
        (long) resize.getHeight() * resize.getWidth() <= MOST_VALUES,
        "resize",
        "must have at most " + MOST_VALUES + " pixels");
  }
}
