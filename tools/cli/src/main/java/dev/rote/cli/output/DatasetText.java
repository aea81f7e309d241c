package dev.rote.cli.output;

import dev.rote.spec.SweepFiles;
import dev.rote.spec.VisibleText;
import dev.rote.v1.DatasetSpec;
import dev.rote.v1.InspectFilesResponse;
import dev.rote.v1.OwnFiles;
import dev.rote.v1.SetFacts;
import dev.rote.v1.Shape;
import dev.rote.v1.TrialSpec;
import dev.rote.v1.VariantManifest.Encoding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What files of a user's own hold, for people to read and to paste. */
public final class DatasetText {
  private static final int CLASSES_SHOWN = 40;
  private static final int LARGEST_VALIDATION = 10_000;

  private DatasetText() {}

  /** Facts of each set, the classes with their counts, and notes. */
  public static List<String> lines(InspectFilesResponse told) {
    List<String> lines = new ArrayList<>();
    Shape shape = told.getShape();
    lines.add(
        String.format(
            Locale.ROOT,
            "shape: %d x %d x %d (channels, rows, columns), %d classes",
            shape.getChannels(),
            shape.getHeight(),
            shape.getWidth(),
            told.getClassesCount()));
    told.getSetsList().forEach(set -> lines.add(facts(set)));
    int shown = Math.min(CLASSES_SHOWN, told.getClassesCount());
    for (int c = 0; c < shown; c++) {
      StringBuilder line = new StringBuilder();
      for (SetFacts set : told.getSetsList()) {
        line.append(line.isEmpty() ? "" : ", ")
            .append(set.getClassExamples(c))
            .append(' ')
            .append(set.getName());
      }
      lines.add(
          String.format(
              Locale.ROOT, "class %d: %s (%s)", c, VisibleText.line(told.getClasses(c)), line));
    }
    if (shown < told.getClassesCount()) {
      lines.add("and " + (told.getClassesCount() - shown) + " more classes");
    }
    told.getNotesList().forEach(note -> lines.add("note: " + VisibleText.line(note)));
    return lines;
  }

  private static String facts(SetFacts set) {
    return String.format(
        Locale.ROOT,
        "%s: %d examples in %d %s of %s (%d bytes), %s from %s to %s, %d duplicates",
        set.getName(),
        set.getExamples(),
        set.getFiles(),
        set.getFiles() == 1 ? "file" : "files",
        set.getFormat().name().toLowerCase(Locale.ROOT),
        set.getSizeBytes(),
        set.getEncoding() == Encoding.UINT8 ? "levels" : "numbers",
        number(set.getLeast()),
        number(set.getGreatest()),
        set.getDuplicates());
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Float.toString((float) value);
  }

  /** The dataset as a sweep has it under {@code spec.trial}. */
  public static List<String> yaml(InspectFilesResponse told) {
    OwnFiles files = told.getFiles().toBuilder().clearContent().build();
    long train = told.getSets(0).getExamples();
    long apart = told.getSetsCount() == 1 ? 0 : told.getSets(1).getExamples();
    long validation =
        apart > 0
            ? Math.min(apart, LARGEST_VALIDATION)
            : Math.max(1, Math.min(train / 10, LARGEST_VALIDATION));
    DatasetSpec.Builder dataset =
        DatasetSpec.newBuilder()
            .setName("files")
            .setTrainSize((int) (apart > 0 ? train : train - validation))
            .setValidationSize((int) validation)
            .setFiles(files);
    if (apart > 0 && !files.hasValidation()) {
      dataset.setValidationSource(DatasetSpec.ValidationSource.TEST);
    }
    String text = SweepFiles.toYaml(TrialSpec.newBuilder().setDataset(dataset).build());
    return text.lines().toList();
  }
}
