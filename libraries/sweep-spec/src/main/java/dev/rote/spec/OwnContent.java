package dev.rote.spec;

import dev.rote.v1.Axis;
import dev.rote.v1.AxisPoint;
import dev.rote.v1.CorruptionSpec;
import dev.rote.v1.DatasetSpec;
import dev.rote.v1.FileSet;
import dev.rote.v1.LabelFile;
import dev.rote.v1.OwnFiles;
import dev.rote.v1.SweepSpec;
import dev.rote.v1.TrialSpec;
import dev.rote.v1.VariantSpec;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a user's own files hold, as a part of what is read from them: a specification that was taken
 * in has the SHA-256 of every path, so that ids of sweep, trial and variant are those of the
 * content.
 */
public final class OwnContent {
  private static final String LABEL_FILES = "corruption.labels.file.path";

  private OwnContent() {}

  /** Paths of files that a sweep names and whose content is not written, each once. */
  public static Set<String> unwritten(SweepSpec spec) {
    Set<String> paths = new LinkedHashSet<>();
    collect(spec.getTrial(), paths);
    for (int axis = 0; axis < spec.getAxesCount(); axis++) {
      for (AxisPoint point : ValueAxis.points(spec.getAxes(axis), "spec.axes[" + axis + "]")) {
        collect(point.getSet(), paths);
      }
    }
    return paths;
  }

  /** Paths that a dataset is read from and whose content is not written. */
  public static Set<String> unwritten(DatasetSpec dataset) {
    Set<String> paths = read(dataset);
    paths.removeAll(dataset.getFiles().getContentMap().keySet());
    return paths;
  }

  /** Paths that a variant is made from and whose content is not written. */
  public static Set<String> unwritten(VariantSpec variant) {
    Set<String> paths = unwritten(variant.getDataset());
    CorruptionSpec corruption = variant.getCorruption();
    paths.addAll(unwritten(corruption.getInputs().getOther()));
    add(corruption.getLabels().getFile(), paths);
    return paths;
  }

  private static void collect(TrialSpec trial, Set<String> paths) {
    CorruptionSpec corruption = trial.getCorruption();
    collect(trial.getDataset().getFiles(), paths);
    collect(corruption.getInputs().getOther().getFiles(), paths);
    add(corruption.getLabels().getFile(), paths);
  }

  private static void collect(OwnFiles files, Set<String> paths) {
    for (FileSet set : List.of(files.getTrain(), files.getValidation(), files.getTest())) {
      add(set, paths);
    }
    paths.removeAll(files.getContentMap().keySet());
  }

  private static void add(LabelFile file, Set<String> paths) {
    if (!file.getPath().isEmpty() && !file.hasSha256()) {
      paths.add(file.getPath());
    }
  }

  /** Paths that a dataset is read from, each once. */
  static Set<String> read(DatasetSpec dataset) {
    OwnFiles files = dataset.getFiles();
    Set<String> paths = new LinkedHashSet<>();
    add(files.getTrain(), paths);
    switch (dataset.getValidationSource()) {
      case VALIDATION -> add(files.getValidation(), paths);
      case TEST -> add(files.getTest(), paths);
      case TRAIN, UNSPECIFIED, UNRECOGNIZED -> {}
    }
    return paths;
  }

  private static void add(FileSet set, Set<String> paths) {
    if (!set.getPath().isEmpty()) {
      paths.add(set.getPath());
    }
    if (!set.getLabels().isEmpty()) {
      paths.add(set.getLabels());
    }
  }

  /**
   * Writes content wherever a sweep names files.
   *
   * @param content SHA-256 by path
   */
  public static SweepSpec write(SweepSpec spec, Map<String, String> content) {
    if (content.isEmpty()) {
      return spec;
    }
    SweepSpec.Builder written = spec.toBuilder();
    write(written.getTrialBuilder(), content);
    for (int axis = 0; axis < spec.getAxesCount(); axis++) {
      write(written.getAxesBuilder(axis), content);
    }
    return written.build();
  }

  /* Values that are label files become points: beside each path its content must stand. */
  private static void write(Axis.Builder axis, Map<String, String> content) {
    if (axis.getField().equals(LABEL_FILES)) {
      List<AxisPoint> points = ValueAxis.points(axis.build(), "spec.axes");
      axis.clearField().clearValues().addAllPoints(points);
    }
    for (AxisPoint.Builder point : axis.getPointsBuilderList()) {
      if (point.hasSet()) {
        write(point.getSetBuilder(), content);
      }
    }
  }

  private static void write(TrialSpec.Builder trial, Map<String, String> content) {
    if (trial.getDataset().hasFiles()) {
      write(trial.getDatasetBuilder(), content);
    }
    if (trial.hasCorruption()) {
      write(trial.getCorruptionBuilder(), content);
    }
  }

  private static void write(CorruptionSpec.Builder corruption, Map<String, String> content) {
    if (corruption.getInputs().getOther().hasFiles()) {
      write(corruption.getInputsBuilder().getOtherBuilder(), content);
    }
    LabelFile labels = corruption.getLabels().getFile();
    String sum = content.get(labels.getPath());
    if (sum != null && !labels.hasSha256()) {
      corruption.getLabelsBuilder().getFileBuilder().setSha256(sum);
    }
  }

  /** Writes content where a variant names files. */
  public static VariantSpec write(VariantSpec variant, Map<String, String> content) {
    VariantSpec.Builder written = variant.toBuilder();
    if (variant.getDataset().hasFiles()) {
      write(written.getDatasetBuilder(), content);
    }
    if (variant.hasCorruption()) {
      write(written.getCorruptionBuilder(), content);
    }
    return written.build();
  }

  /** The content that is written in a sweep: SHA-256 by path. */
  public static Map<String, String> written(SweepSpec spec) {
    Map<String, String> content = new HashMap<>();
    collect(spec.getTrial(), content);
    for (int axis = 0; axis < spec.getAxesCount(); axis++) {
      for (AxisPoint point : spec.getAxes(axis).getPointsList()) {
        collect(point.getSet(), content);
      }
    }
    return content;
  }

  private static void collect(TrialSpec trial, Map<String, String> content) {
    CorruptionSpec corruption = trial.getCorruption();
    content.putAll(trial.getDataset().getFiles().getContentMap());
    content.putAll(corruption.getInputs().getOther().getFiles().getContentMap());
    LabelFile labels = corruption.getLabels().getFile();
    if (labels.hasSha256()) {
      content.put(labels.getPath(), labels.getSha256());
    }
  }

  /** Writes content where a dataset names files. */
  public static DatasetSpec write(DatasetSpec dataset, Map<String, String> content) {
    DatasetSpec.Builder written = dataset.toBuilder();
    if (dataset.hasFiles()) {
      write(written, content);
    }
    return written.build();
  }

  private static void write(DatasetSpec.Builder dataset, Map<String, String> content) {
    Set<String> there = new HashSet<>(dataset.getFiles().getContentMap().keySet());
    OwnFiles.Builder files = dataset.getFilesBuilder();
    content.forEach(
        (path, sum) -> {
          if (!there.contains(path)) {
            files.putContent(path, sum);
          }
        });
  }
}
