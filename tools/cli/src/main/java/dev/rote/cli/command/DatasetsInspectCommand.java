package dev.rote.cli.command;

import dev.rote.cli.CommandFailure;
import dev.rote.cli.ExitCodes;
import dev.rote.cli.Session;
import dev.rote.cli.output.DatasetText;
import dev.rote.cli.service.Connections;
import dev.rote.cli.service.Service;
import dev.rote.cli.stack.LocalStack;
import dev.rote.figures.drawing.FigureImages;
import dev.rote.v1.FileSet;
import dev.rote.v1.InspectFilesRequest;
import dev.rote.v1.InspectFilesResponse;
import dev.rote.v1.OwnFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rote datasets inspect}. */
@Command(
    name = "inspect",
    header = "Says what files of your own hold, and how a sweep names them.",
    description = {
      "Reads every example of a file, a folder or a pattern, in any format that a sweep can read,"
          + " and prints format, shape, type, range, classes with counts and duplicates, and the"
          + " YAML to paste into a sweep. Leaves a sheet of example pictures with their classes.",
      "",
      "Paths are relative to the datasets directory, or as they lie here: then the datasets"
          + " directory is the folder that they lie in, unless --datasets says another."
    })
public final class DatasetsInspectCommand implements Callable<Integer> {
  /** Of the fields of {@code spec.trial} in a sweep. */
  private static final String UNDER_TRIAL = "    ";

  private final Session session;

  @Parameters(paramLabel = "PATH", description = "A file, a folder, or a pattern with * and ?.")
  private String path = "";

  @Option(
      names = "--labels",
      paramLabel = "PATH",
      description = "File of labels, where they lie apart from the inputs.")
  private @Nullable String labels;

  @Option(
      names = "--label",
      paramLabel = "NAME",
      description = "Array or column of the labels (default: the one that can be).")
  private @Nullable String label;

  @Option(
      names = "--image",
      paramLabel = "NAME",
      description = "Array or column of the inputs (default: the one that can be).")
  private @Nullable String image;

  @Option(
      names = "--features",
      paramLabel = "NAME",
      split = ",",
      description = "Columns of a table that are inputs (default: those of numbers).")
  private List<String> features = List.of();

  @Option(
      names = "--shape",
      paramLabel = "N",
      split = ",",
      description = "Shape of examples that lie in rows, such as 28,28 or 3,32,32.")
  private List<Integer> shape = List.of();

  @Option(
      names = "--resize",
      paramLabel = "HEIGHT,WIDTH",
      split = ",",
      description = "Size that pictures are brought to.")
  private List<Integer> resize = List.of();

  @Option(
      names = "--channels",
      paramLabel = "N",
      description = "1 turns pictures into grey ones, 3 into colours.")
  private @Nullable Integer channels;

  @Option(
      names = "--sheet",
      paramLabel = "FILE",
      defaultValue = "examples.png",
      description = "Where the sheet of pictures goes (default: ${DEFAULT-VALUE}).")
  private Path sheet = Path.of("examples.png");

  @Option(
      names = "--corruption",
      paramLabel = "HOST:PORT",
      description =
          "Address of a corruption service that is asked instead of one of this machine (or"
              + " environment ROTE_CORRUPTION).")
  private @Nullable String corruption;

  @Mixin private final StackOptions stacks;

  DatasetsInspectCommand(Session session) {
    this.session = session;
    this.stacks = new StackOptions(session);
  }

  @Override
  public Integer call() throws Exception {
    WritablePlace.file("--sheet", sheet);
    String address =
        corruption != null ? corruption : session.environment().getOrDefault("ROTE_CORRUPTION", "");
    if (!address.isBlank()) {
      try (Connections connections =
          Connections.to(
              Map.of(Service.CORRUPTION, address), stacks.key(address), Integer.MAX_VALUE)) {
        tell(connections, path, Optional.empty());
      }
      return ExitCodes.OK;
    }
    StackOptions.Place place = stacks.place(path);
    LocalStack stack = stacks.attachOrStart(place, session::note);
    try (Connections connections =
        Connections.to(stack.addresses(), stack.token(), Integer.MAX_VALUE)) {
      tell(connections, place.path(), place.told());
    } finally {
      stack.close();
    }
    return ExitCodes.OK;
  }

  private void tell(Connections connections, String within, Optional<Path> directory)
      throws IOException {
    InspectFilesResponse told =
        connections
            .corruption()
            .inspectFiles(
                InspectFilesRequest.newBuilder().setFiles(asked(within)).setSheet(true).build());
    DatasetText.lines(told).forEach(session.out()::println);
    if (told.hasSheet()) {
      Files.write(sheet, new FigureImages().png(told.getSheet()));
      session.out().println("examples: " + sheet);
    }
    session.out().println();
    session.out().println("To paste into a sweep, under spec.trial:");
    session.out().println();
    DatasetText.yaml(told).forEach(line -> session.out().println(UNDER_TRIAL + line));
    directory.ifPresent(
        path -> {
          session.out().println();
          session.out().println("The datasets directory is " + path + ": --datasets " + path);
        });
    session.out().flush();
  }

  private OwnFiles asked(String within) {
    FileSet.Builder set = FileSet.newBuilder().setPath(within);
    OwnFiles.Builder files = OwnFiles.newBuilder();
    if (labels != null) {
      set.setLabels(labels);
    }
    if (label != null) {
      set.setLabel(label);
    }
    if (image != null) {
      set.setImage(image);
    }
    if (channels != null) {
      files.setChannels(channels);
    }
    if (!resize.isEmpty()) {
      if (resize.size() != 2) {
        throw new CommandFailure(ExitCodes.INVALID, "--resize must be HEIGHT,WIDTH, was " + resize);
      }
      files.getResizeBuilder().setHeight(resize.get(0)).setWidth(resize.get(1));
    }
    set.addAllFeatures(features);
    return files.addAllShape(shape).setTrain(set).build();
  }
}
