package dev.rote.cli.command;

import dev.rote.cli.Session;
import dev.rote.cli.progress.ProgressOptions;
import dev.rote.cli.report.ReportFolder;
import dev.rote.cli.service.Connections;
import dev.rote.cli.stack.LocalStack;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

  @Mixin private final StackOptions stacks;

  @Option(
      names = "--keep-up",
      description = "Leaves the stack running, as if by 'rote up', until 'rote down'.")
  private boolean keepUp;

  @Mixin private final ProgressOptions progress;

  LocalRun(Session session) {
    this.session = session;
    this.stacks = new StackOptions(session);
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
    int run(Sweep sweep) throws Exception;
  }

  /**
   * Starts the stack or joins its users, and works on it.
   *
   * @param sweeps that the work runs
   * @param out where their reports go
   */
  int run(CommandLine command, List<Sweep> sweeps, Path out, Work work) throws Exception {
    checkReports(sweeps, out);
    LocalStack stack = stacks.attachOrStart(sweeps, progress::note);
    String again = again(command);
    Interruption interruption =
        Interruption.handledBy(() -> session.note(goodbye(again, stack.leave())), stack::close);
    try (Connections connections =
        Connections.to(stack.addresses(), stack.token(), ANSWER_SECONDS)) {
      progress.note("In a browser, while it runs: " + stack.door());
      if (keepUp) {
        stack.keepUp();
      }
      int exitCode = work.on(sweep -> run(sweep, out, connections));
      if (keepUp) {
        session.note("The stack stays up; '" + stacks.command("down") + "' stops it.");
      }
      return exitCode;
    } finally {
      interruption.over();
      stack.close();
    }
  }

  private static void checkReports(List<Sweep> sweeps, Path out) throws IOException {
    WritablePlace.folder("--out", out);
    for (Sweep sweep : sweeps) {
      new ReportFolder(out, sweep.getMetadata().getName()).check();
    }
  }

  private int run(Sweep sweep, Path out, Connections connections) throws Exception {
    current = sweep.getMetadata().getName();
    SweepStatus end = new SweepRunner(connections, progress).run(sweep);
    SweepEnd.describe(current, end, session.out());
    if (end.getPhase() == SweepStatus.Phase.COMPLETED || end.getCounts().getDone() > 0) {
      new ReportFetcher(connections, session.out()).fetch(end.getSweepId(), current, out);
    }
    return SweepEnd.exitCode(end);
  }

  /** Where notes for people go. */
  ProgressOptions progress() {
    return progress;
  }

  private String goodbye(String again, boolean goesOn) {
    String name = current;
    if (name.isEmpty()) {
      return "\nInterrupted.";
    }
    return goesOn
        ? "\nInterrupted. "
            + name
            + " runs on as long as the stack is up for others or by 'up': '"
            + stacks.command("watch " + Typed.word(name))
            + "' shows it, and '"
            + again
            + "' goes on with it in any case."
        : "\nInterrupted. What is done is kept: '" + again + "' goes on with " + name + ".";
  }

  /* The command as it was typed. */
  private String again(CommandLine command) {
    List<String> words = new ArrayList<>(List.of(session.command()));
    words.addAll(command.getCommandSpec().root().commandLine().getParseResult().originalArgs());
    return Typed.words(words);
  }
}
