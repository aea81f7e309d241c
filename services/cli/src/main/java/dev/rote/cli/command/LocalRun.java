package dev.rote.cli.command;

import dev.rote.cli.Session;
import dev.rote.cli.progress.ProgressOptions;
import dev.rote.cli.service.Connections;
import dev.rote.cli.stack.LocalStack;
import dev.rote.cli.stack.LocalStacks;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepStatus;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs a sweep file on a stack of this machine: what {@code run} and {@code demo} share. */
final class LocalRun {
  private static final int ANSWER_SECONDS = 120;

  private final Session session;

  @Option(
      names = "--datasets",
      paramLabel = "DIR",
      description =
          "Directory with the files of the datasets; what is missing is downloaded into it"
              + " (environment ROTE_DATASETS). The dataset 'strokes' needs none.")
  private @Nullable Path datasets;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "out",
      description = "Where the report goes: DIR/<sweep name>/ (default: ${DEFAULT-VALUE}).")
  private Path out = Path.of("out");

  @Option(
      names = "--state",
      paramLabel = "DIR",
      defaultValue = LocalStacks.DEFAULT_STATE,
      description =
          "Where the stack keeps its state, and with it every result (default: ${DEFAULT-VALUE}).")
  private Path state = Path.of(LocalStacks.DEFAULT_STATE);

  @Option(
      names = "--keep-up",
      description = "Leaves the stack running at the end, as if by 'rote up', until 'rote down'.")
  private boolean keepUp;

  @Mixin private final ProgressOptions progress;

  LocalRun(Session session) {
    this.session = session;
    this.progress = new ProgressOptions(session);
  }

  /** Validates, starts or attaches to the stack, runs the sweep, fetches its report. */
  int run(Path file, CommandLine command) throws Exception {
    Sweep sweep = SweepFile.read(file);
    String name = sweep.getMetadata().getName();
    LocalStack stack =
        session.stacks().attachOrStart(state, datasetsDirectory(session, datasets), progress::note);
    boolean attached = stack.attached();
    if (attached) {
      progress.note(
          "using the stack that runs on "
              + state
              + (datasets == null ? "" : "; --datasets is left to the one who started it"));
    }
    String again = again(command);
    Interruption interruption =
        Interruption.handledBy(() -> session.note(goodbye(name, again, attached)), stack::close);
    try (Connections connections = Connections.to(stack.addresses(), ANSWER_SECONDS)) {
      int exitCode = run(sweep, connections);
      interruption.over();
      if (keepUp && !attached) {
        session.note("The stack stays up; 'rote down' or Ctrl-C stops it.");
        stack.awaitEnd();
      }
      return exitCode;
    } finally {
      interruption.over();
      stack.close();
    }
  }

  private int run(Sweep sweep, Connections connections) throws Exception {
    String name = sweep.getMetadata().getName();
    SweepStatus end = new SweepRunner(connections, progress).run(sweep);
    SweepEnd.describe(name, end, session.out());
    if (end.getPhase() == SweepStatus.Phase.COMPLETED) {
      new ReportFetcher(connections, session.out()).fetch(end.getSweepId(), name, out);
    }
    return SweepEnd.exitCode(end);
  }

  private static String goodbye(String name, String again, boolean attached) {
    return attached
        ? "\nInterrupted. " + name + " runs on; 'rote watch " + name + "' shows it."
        : "\nInterrupted. What is done is kept: '" + again + "' goes on with " + name + ".";
  }

  /* The command as it was typed. */
  private static String again(CommandLine command) {
    CommandLine root = command.getCommandSpec().root().commandLine();
    return "./"
        + root.getCommandName()
        + " "
        + String.join(" ", root.getParseResult().originalArgs());
  }

  /** The option, else the environment, else none. */
  static Optional<Path> datasetsDirectory(Session session, @Nullable Path option) {
    if (option != null) {
      return Optional.of(option);
    }
    return Optional.ofNullable(session.environment().get("ROTE_DATASETS"))
        .filter(value -> !value.isBlank())
        .map(Path::of);
  }
}
