package dev.rote.cli.command;

import dev.rote.cli.Session;
import dev.rote.cli.progress.ProgressOptions;
import dev.rote.cli.service.Connections;
import dev.rote.cli.service.EndpointOptions;
import dev.rote.v1.GetSweepRequest;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepStatus;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code rote watch}. */
@Command(
    name = "watch",
    header = "Shows how a sweep goes on until it ends.",
    description = {
      "Exit code 0 when the sweep completes without a failed trial, 1 otherwise. Ctrl-C ends the"
          + " watching and leaves the sweep alone."
    })
public final class WatchCommand implements Callable<Integer> {
  private final Session session;

  @Mixin private final SweepArgument sweep = new SweepArgument();
  @Mixin private final ProgressOptions progress;
  @Mixin private final EndpointOptions endpoints;

  WatchCommand(Session session) {
    this.session = session;
    this.progress = new ProgressOptions(session);
    this.endpoints = new EndpointOptions(session);
  }

  @Override
  public Integer call() throws Exception {
    try (Connections connections = endpoints.connect()) {
      Sweep found =
          connections
              .sweeps()
              .getSweep(GetSweepRequest.newBuilder().setSweep(sweep.name()).build())
              .getSweep();
      String name = found.getMetadata().getName();
      SweepStatus end = new SweepRunner(connections, progress).follow(name, found.getStatus());
      SweepEnd.describe(name, end, session.out());
      return SweepEnd.exitCode(end);
    }
  }
}
