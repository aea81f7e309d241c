package dev.rote.cli.command;

import dev.rote.cli.ExitCodes;
import dev.rote.cli.Session;
import dev.rote.cli.service.Connections;
import dev.rote.cli.service.EndpointOptions;
import dev.rote.v1.CancelSweepRequest;
import dev.rote.v1.SweepStatus;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code rote cancel}. */
@Command(
    name = "cancel",
    header = "Ends a sweep for good.",
    description = "Results so far stay; 'rote retry' starts the cancelled trials after all.")
public final class CancelCommand implements Callable<Integer> {
  private final Session session;

  @Mixin private final SweepArgument sweep = new SweepArgument();
  @Mixin private final EndpointOptions endpoints;

  CancelCommand(Session session) {
    this.session = session;
    this.endpoints = new EndpointOptions(session);
  }

  @Override
  public Integer call() {
    try (Connections connections = endpoints.connect()) {
      SweepStatus status =
          connections
              .sweeps()
              .cancelSweep(CancelSweepRequest.newBuilder().setSweep(sweep.name()).build())
              .getStatus();
      SweepEnd.describe(status.getSweepId(), status, session.out());
      return ExitCodes.OK;
    }
  }
}
