package dev.rote.cli.command;

import dev.rote.cli.CommandFailure;
import dev.rote.cli.ExitCodes;
import dev.rote.cli.Session;
import dev.rote.cli.service.UserKey;
import dev.rote.cli.stack.LocalStack;
import dev.rote.cli.stack.LocalStacks;
import dev.rote.v1.Sweep;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of commands that start the stack of this machine where it does not run. */
final class StackOptions {
  private final Session session;

  @Option(
      names = "--datasets",
      paramLabel = "DIR",
      description =
          "Directory with the files of the datasets (environment ROTE_DATASETS). Published ones"
              + " that are missing there are downloaded and kept in the state directory; the"
              + " dataset 'strokes' needs none. A stack that runs already keeps the directory that"
              + " it was started with.")
  private @Nullable Path datasets;

  @Option(
      names = "--state",
      paramLabel = "DIR",
      defaultValue = LocalStacks.DEFAULT_STATE,
      description =
          "Where the stack keeps its state, and with it every result (default: ${DEFAULT-VALUE}).")
  private Path state = Path.of(LocalStacks.DEFAULT_STATE);

  StackOptions(Session session) {
    this.session = session;
  }

  /**
   * Uses the stack that runs, or starts one and waits until it is ready. What the sweeps read and
   * where the state goes is looked at first. A stack that runs must read the datasets that are
   * asked for.
   *
   * @throws dev.rote.cli.CommandFailure when something of it is not there; then nothing is started
   */
  LocalStack attachOrStart(List<Sweep> sweeps, Consumer<String> notes) throws Exception {
    DatasetsDirectory directory = DatasetsDirectory.of(session.environment(), datasets);
    WritablePlace.folder("--state", state);
    Optional<LocalStack> running = session.stacks().running(state);
    if (running.isPresent()) {
      directory.requireThatOf(running.get(), command("down"));
    } else {
      sweeps.forEach(directory::requireOwnFiles);
    }
    LocalStack stack = session.stacks().attachOrStart(state, directory.path(), notes);
    if (stack.attached()) {
      try {
        directory.requireThatOf(stack, command("down"));
      } catch (CommandFailure e) {
        stack.close();
        throw e;
      }
      notes.accept("using the stack that runs on " + state);
    }
    return stack;
  }

  /** The key to show to a service of another stack or of the local one. */
  Optional<String> key(String address) {
    return UserKey.at(address, session, state);
  }

  /**
   * A path as the services know it.
   *
   * @param directory that it is relative to
   * @param told the directory, where no option or variable says it
   */
  record Place(DatasetsDirectory directory, String path, Optional<Path> told) {}

  /**
   * Where a path lies: in the datasets directory that is named, in that of the stack that runs, or
   * else as it lies here.
   *
   * @throws CommandFailure when it is in none
   */
  Place place(String path) throws Exception {
    Path here = Path.of(path).toAbsolutePath().normalize();
    DatasetsDirectory directory = DatasetsDirectory.of(session.environment(), datasets);
    if (directory.path().isEmpty()) {
      directory = ofRunning(path, here).orElse(directory);
    }
    if (directory.path().isPresent()) {
      Path base = directory.path().get().toAbsolutePath().normalize();
      boolean inside = here.startsWith(base) && !here.equals(base);
      String within =
          inside ? base.relativize(here).toString().replace(File.separatorChar, '/') : path;
      return new Place(directory, within, Optional.empty());
    }
    Path parent = here.getParent();
    while (parent != null && (parent.toString().contains("*") || parent.toString().contains("?"))) {
      parent = parent.getParent();
    }
    boolean pattern = path.contains("*") || path.contains("?");
    if (parent == null || !Files.isDirectory(parent) || (!pattern && !Files.exists(here))) {
      throw new CommandFailure(
          ExitCodes.NOT_FOUND,
          "there is no "
              + path
              + " here: files are looked for here, or in the directory that --datasets or"
              + " ROTE_DATASETS names");
    }
    return new Place(
        DatasetsDirectory.of(session.environment(), parent),
        parent.relativize(here).toString().replace(File.separatorChar, '/'),
        Optional.of(parent));
  }

  /** The directory of the stack that runs, where it has the path. */
  private Optional<DatasetsDirectory> ofRunning(String path, Path here) throws Exception {
    String fixed = path.replaceFirst("[^/]*[*?].*", "");
    return session
        .stacks()
        .running(state)
        .flatMap(LocalStack::datasets)
        .filter(there -> !there.isEmpty())
        .map(there -> Path.of(there).toAbsolutePath().normalize())
        .filter(
            there ->
                here.startsWith(there)
                    || (!Path.of(path).isAbsolute() && Files.exists(there.resolve(fixed))))
        .map(there -> new DatasetsDirectory(Optional.of(there), "the stack that runs"));
  }

  /** Uses the stack that runs, which must read that directory, or starts one. */
  LocalStack attachOrStart(Place place, Consumer<String> notes) throws Exception {
    WritablePlace.folder("--state", state);
    LocalStack stack = session.stacks().attachOrStart(state, place.directory.path(), notes);
    if (stack.attached()) {
      try {
        requireThatOf(place, stack);
      } catch (CommandFailure e) {
        stack.close();
        throw e;
      }
    }
    return stack;
  }

  private void requireThatOf(Place place, LocalStack stack) {
    if (place.told.isEmpty()) {
      place.directory.requireThatOf(stack, command("down"));
    } else if (!place.directory.isThatOf(stack)) {
      throw new CommandFailure(
          ExitCodes.INVALID,
          String.format(
              "%s lies in %s, and the stack that runs was started %s: stop it first ('%s'), or put"
                  + " the file into its directory",
              place.path, place.told.get(), DatasetsDirectory.directoryOf(stack), command("down")));
    }
  }

  /** A command about the stack as it can be typed, such as {@code ./rote down}. */
  String command(String words) {
    boolean usual = state.equals(Path.of(LocalStacks.DEFAULT_STATE));
    String place = usual ? "" : " --state " + Typed.word(state.toString());
    return Typed.word(session.command()) + " " + words + place;
  }
}
