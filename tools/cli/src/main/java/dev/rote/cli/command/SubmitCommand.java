package dev.rote.cli.command;

import dev.rote.cli.ExitCodes;
import dev.rote.cli.Session;
import dev.rote.cli.progress.ProgressOptions;
import dev.rote.cli.service.Connections;
import dev.rote.cli.service.EndpointOptions;
import dev.rote.v1.SubmitSweepRequest;
import dev.rote.v1.SubmitSweepResponse;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepStatus;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rote submit}. */
@Command(
    name = "submit",
    header = "Hands a sweep to the services.",
    description = {
      "Prints the sweep's id. The same file again is the same sweep: nothing is started twice."
    })
public final class SubmitCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(paramLabel = "FILE", description = "A sweep, YAML or JSON.")
  private Path file = Path.of("");

  @Mixin private final SweepChanges changes = new SweepChanges();

  @Option(
      names = "--dry-run",
      description = "Lets the services check the sweep, datasets included, and starts nothing.")
  private boolean dryRun;

  @Option(
      names = "--watch",
      description = "Stays until the sweep ends; exit code as for 'rote watch'.")
  private boolean watch;

  @Mixin private final ProgressOptions progress;
  @Mixin private final EndpointOptions endpoints;

  SubmitCommand(Session session) {
    this.session = session;
    this.progress = new ProgressOptions(session);
    this.endpoints = new EndpointOptions(session);
  }

  @Override
  public Integer call() throws Exception {
    Sweep sweep = changes.read(file);
    try (Connections connections = endpoints.connect()) {
      SubmitSweepRequest request =
          SubmitSweepRequest.newBuilder().setSweep(sweep).setDryRun(dryRun).build();
      SubmitSweepResponse response =
          changes.placed(file, () -> connections.sweeps().submitSweep(request));
      progress.warn(response.getWarningsList());
      SweepStatus status = response.getSweep().getStatus();
      if (dryRun) {
        session.out().println(file + ": would be admitted");
        return ExitCodes.OK;
      }
      session.out().println(status.getSweepId());
      session.out().flush();
      if (!response.getCreated()) {
        progress.note("It is there already: " + SweepColumns.phase(status) + ".");
      }
      if (!watch) {
        return ExitCodes.OK;
      }
      String name = sweep.getMetadata().getName();
      SweepStatus end = new SweepRunner(connections, progress).follow(name, status);
      SweepEnd.describe(name, end, session.out());
      return SweepEnd.exitCode(end);
    }
  }
}
