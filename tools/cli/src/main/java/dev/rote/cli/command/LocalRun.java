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
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Runs sweeps on a stack of this machine: what {@code run}, {@code demo} and {@code paper} share.
 */
final class LocalRun {
  private static final int ANSWER_SECONDS = 120;

  private final Session session;
  private volatile String current = "";

  @Option(
      names = "--datasets",
      paramLabel = "DIR",
      description =
          "Directory with the files of the datasets; what is missing is downloaded into it"
              + " (environment ROTE_DATASETS). The dataset 'strokes' needs none.")
  private @Nullable Path datasets;

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

  /** What is done while the stack is up. */
  @FunctionalInterface
  interface Work {
    /** Returns the exit code. */
    int on(RunningStack stack) throws Exception;
  }

  /** A stack that is up. */
  @FunctionalInterface
  interface RunningStack {
    /** Runs a sweep, fetches its report into {@code <out>/<name>/}, and says how it ended. */
    int run(Sweep sweep, Path out) throws Exception;
  }

  /** Starts or attaches to the stack, and works on it. */
  int run(CommandLine command, Work work) throws Exception {
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
        Interruption.handledBy(() -> session.note(goodbye(current, again, attached)), stack::close);
    try (Connections connections = Connections.to(stack.addresses(), ANSWER_SECONDS)) {
      int exitCode = work.on((sweep, out) -> run(sweep, out, connections));
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

  private int run(Sweep sweep, Path out, Connections connections) throws Exception {
    current = sweep.getMetadata().getName();
    SweepStatus end = new SweepRunner(connections, progress).run(sweep);
    SweepEnd.describe(current, end, session.out());
    if (end.getPhase() == SweepStatus.Phase.COMPLETED) {
      new ReportFetcher(connections, session.out()).fetch(end.getSweepId(), current, out);
    }
    return SweepEnd.exitCode(end);
  }

  /** Where notes for people go. */
  ProgressOptions progress() {
    return progress;
  }

  private static String goodbye(String name, String again, boolean attached) {
    return attached
        ? "\nInterrupted. " + name + " runs on; 'rote watch " + name + "' shows it."
        : "\nInterrupted. What is done is kept: '" + again + "' goes on with " + name + ".";
  }

  /* The command as it was typed. */
  private static String again(CommandLine command) {
    CommandLine root = command.getCommandSpec().root().commandLine();
    return root.getParseResult().originalArgs().stream()
        .map(LocalRun::quoted)
        .collect(Collectors.joining(" ", "./" + root.getCommandName() + " ", ""));
  }

  private static String quoted(String argument) {
    return argument.matches("[\\w./:=,@%+-]+")
        ? argument
        : "\"" + argument.replaceAll("([\\\\\"$`])", "\\\\$1") + "\"";
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
