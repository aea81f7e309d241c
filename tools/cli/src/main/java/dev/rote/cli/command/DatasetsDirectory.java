package dev.rote.cli.command;

import dev.rote.cli.CommandFailure;
import dev.rote.cli.ExitCodes;
import dev.rote.cli.stack.LocalStack;
import dev.rote.spec.Grid;
import dev.rote.spec.SweepDefaults;
import dev.rote.v1.DatasetSpec;
import dev.rote.v1.IdxFiles;
import dev.rote.v1.OwnFiles;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The user's directory of dataset files, looked at before a stack is started for a sweep.
 *
 * @param path empty where none is named
 * @param origin the option or variable that names it
 */
record DatasetsDirectory(Optional<Path> path, String origin) {
  private static final String OPTION = "--datasets";
  private static final String VARIABLE = "ROTE_DATASETS";

  /** Points of the grid whose files are looked for; the services look for all of them. */
  private static final long POINTS_LOOKED_AT = 2_000;

  /**
   * What the option says, else the environment.
   *
   * @throws CommandFailure when there is no such directory
   */
  static DatasetsDirectory of(Map<String, String> environment, @Nullable Path option) {
    String variable = environment.getOrDefault(VARIABLE, "");
    DatasetsDirectory directory =
        option != null || variable.isBlank()
            ? new DatasetsDirectory(Optional.ofNullable(option), OPTION)
            : new DatasetsDirectory(Optional.of(Path.of(variable)), VARIABLE);
    directory.path.filter(path -> !Files.isDirectory(path)).ifPresent(directory::refuse);
    return directory;
  }

  private void refuse(Path path) {
    throw Files.exists(path)
        ? new CommandFailure(
            ExitCodes.INVALID, origin + " must be a directory, " + path + " is a file")
        : new CommandFailure(
            ExitCodes.NOT_FOUND,
            String.format(
                "%s: there is no directory %s (%s)", origin, path, path.toAbsolutePath()));
  }

  /**
   * Whether a stack that runs reads this directory.
   *
   * @param down the command that stops the stack
   * @throws CommandFailure when one is named and the stack reads another, or none
   */
  void requireThatOf(LocalStack stack, String down) {
    if (!isThatOf(stack)) {
      throw new CommandFailure(
          ExitCodes.INVALID,
          String.format(
              "%s names %s, and the stack that runs was started %s: leave %s out, or stop the stack"
                  + " first ('%s')",
              origin, path.orElseThrow(), directoryOf(stack), origin, down));
    }
  }

  /** Whether a stack that runs reads this directory, as far as either is known. */
  boolean isThatOf(LocalStack stack) {
    return path.isEmpty()
        || stack.datasets().isEmpty()
        || stack.datasets().filter(there -> !there.isEmpty() && isSame(Path.of(there))).isPresent();
  }

  /** What a stack that runs was started with, in words. */
  static String directoryOf(LocalStack stack) {
    String there = stack.datasets().orElse("");
    return there.isEmpty() ? "without a directory of datasets" : "with " + there;
  }

  private boolean isSame(Path there) {
    try {
      return Files.isSameFile(path.orElseThrow(), there);
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Looks for the user's own files that a sweep names.
   *
   * @param sweep valid
   * @throws CommandFailure when one is not there
   */
  void requireOwnFiles(Sweep sweep) {
    SweepSpec spec = SweepDefaults.fill(sweep.getSpec());
    Grid grid = Grid.of(spec);
    long points = Math.min(grid.points(), POINTS_LOOKED_AT);
    for (long point = 0; point < points; point++) {
      DatasetSpec dataset = grid.cell(grid.first(point)).trial().getDataset();
      if (dataset.hasIdx()) {
        require(dataset.getIdx());
      }
      if (dataset.hasFiles()) {
        require(dataset.getFiles());
      }
    }
  }

  private void require(OwnFiles files) {
    Map<String, String> named = new LinkedHashMap<>();
    named.put("files.train.path", files.getTrain().getPath());
    named.put("files.train.labels", files.getTrain().getLabels());
    named.put("files.validation.path", files.getValidation().getPath());
    named.put("files.validation.labels", files.getValidation().getLabels());
    named.put("files.test.path", files.getTest().getPath());
    named.put("files.test.labels", files.getTest().getLabels());
    /* Others are looked for by the service that reads them. */
    named.values().removeIf(path -> !path.matches("[^:*?]+"));
    if (!named.isEmpty()) {
      require(named);
    }
  }

  private void require(IdxFiles files) {
    Map<String, String> named = new LinkedHashMap<>();
    named.put("idx.trainImages", files.getTrainImages());
    named.put("idx.trainLabels", files.getTrainLabels());
    named.put("idx.testImages", files.getTestImages());
    named.put("idx.testLabels", files.getTestLabels());
    named.values().removeIf(String::isEmpty);
    require(named);
  }

  private void require(Map<String, String> named) {
    Path directory =
        path.orElseThrow(
            () ->
                new CommandFailure(
                    ExitCodes.NOT_FOUND,
                    "the sweep reads files of your own ("
                        + String.join(", ", named.values())
                        + "): say in which directory they lie with "
                        + OPTION
                        + " DIR or the variable "
                        + VARIABLE));
    named.forEach(
        (field, file) -> {
          if (!Files.exists(directory.resolve(file))) {
            throw new CommandFailure(
                ExitCodes.NOT_FOUND,
                String.format(
                    "dataset.%s: there is no file %s in %s (%s)", field, file, directory, origin));
          }
        });
  }
}
