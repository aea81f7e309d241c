package dev.rote.cli.command;

import dev.rote.cli.Session;
import dev.rote.v1.Sweep;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rote run}. */
@Command(
    name = "run",
    header = "Runs a sweep on this machine, from the file to judged figures.",
    description = {
      "Checks the file, starts broker, object storage and services on this machine (or uses those"
          + " that 'rote up' has started), runs the sweep, writes its report and prints one line a"
          + " claim.",
      "",
      "A sweep that was run before is not run again: trials that are there are reused, failed ones"
          + " are retried, and after Ctrl-C the same command goes on. Claims that come out false do"
          + " not change the exit code: they are results."
    })
public final class RunCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "A sweep, YAML or JSON.")
  private Path file = Path.of("");

  @Mixin private final SweepChanges changes = new SweepChanges();
  @Mixin private final ReportOption report = new ReportOption();
  @Mixin private final LocalRun local;
  @Spec private CommandSpec spec = CommandSpec.create();

  RunCommand(Session session) {
    this.local = new LocalRun(session);
  }

  @Override
  public Integer call() throws Exception {
    Sweep sweep = changes.read(file);
    return changes.placed(
        file,
        () ->
            local.run(
                spec.commandLine(), List.of(sweep), report.folder(), stack -> stack.run(sweep)));
  }
}
