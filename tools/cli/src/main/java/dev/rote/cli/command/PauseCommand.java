package dev.rote.cli.command;

import dev.rote.cli.ExitCodes;
import dev.rote.cli.Session;
import dev.rote.cli.service.Connections;
import dev.rote.cli.service.EndpointOptions;
import dev.rote.v1.PauseSweepRequest;
import dev.rote.v1.SweepStatus;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code rote pause}. */
@Command(
    name = "pause",
    header = "Pauses a sweep.",
    description =
        "No further trial starts; those in flight stop at a checkpoint, from which 'rote resume' goes on.")
public final class PauseCommand implements Callable<Integer> {
  private final Session session;

  @Mixin private final SweepArgument sweep = new SweepArgument();
  @Mixin private final EndpointOptions endpoints;

  PauseCommand(Session session) {
    this.session = session;
    this.endpoints = new EndpointOptions(session);
  }

  @Override
  public Integer call() {
    try (Connections connections = endpoints.connect()) {
      SweepStatus status =
          connections
              .sweeps()
              .pauseSweep(PauseSweepRequest.newBuilder().setSweep(sweep.name()).build())
              .getStatus();
      SweepEnd.describe(status.getSweepId(), status, session.out());
      return ExitCodes.OK;
    }
  }
}
