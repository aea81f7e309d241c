package dev.rote.spec;

import dev.rote.v1.AxisPoint;
import dev.rote.v1.DatasetSpec;
import dev.rote.v1.FileSet;
import dev.rote.v1.OwnFiles;
import dev.rote.v1.SweepSpec;
import dev.rote.v1.TrialSpec;
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

  private static void collect(TrialSpec trial, Set<String> paths) {
    OwnFiles files = trial.getDataset().getFiles();
    for (FileSet set : List.of(files.getTrain(), files.getValidation(), files.getTest())) {
      add(set, paths);
    }
    paths.removeAll(files.getContentMap().keySet());
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
    if (spec.getTrial().getDataset().hasFiles()) {
      write(written.getTrialBuilder().getDatasetBuilder(), content);
    }
    for (int axis = 0; axis < spec.getAxesCount(); axis++) {
      for (int point = 0; point < spec.getAxes(axis).getPointsCount(); point++) {
        if (spec.getAxes(axis).getPoints(point).getSet().getDataset().hasFiles()) {
          write(
              written
                  .getAxesBuilder(axis)
                  .getPointsBuilder(point)
                  .getSetBuilder()
                  .getDatasetBuilder(),
              content);
        }
      }
    }
    return written.build();
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
