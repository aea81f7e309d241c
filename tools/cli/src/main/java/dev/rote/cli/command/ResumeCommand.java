package dev.rote.cli.command;

import dev.rote.cli.ExitCodes;
import dev.rote.cli.Session;
import dev.rote.cli.service.Connections;
import dev.rote.cli.service.EndpointOptions;
import dev.rote.v1.ResumeSweepRequest;
import dev.rote.v1.SweepStatus;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code rote resume}. */
@Command(
    name = "resume",
    header = "Goes on with a paused sweep.",
    description = "Trials go on from their newest checkpoints.")
public final class ResumeCommand implements Callable<Integer> {
  private final Session session;

  @Mixin private final SweepArgument sweep = new SweepArgument();
  @Mixin private final EndpointOptions endpoints;

  ResumeCommand(Session session) {
    this.session = session;
    this.endpoints = new EndpointOptions(session);
  }

  @Override
  public Integer call() {
    try (Connections connections = endpoints.connect()) {
      SweepStatus status =
          connections
              .sweeps()
              .resumeSweep(ResumeSweepRequest.newBuilder().setSweep(sweep.name()).build())
              .getStatus();
      SweepEnd.describe(status.getSweepId(), status, session.out());
      return ExitCodes.OK;
    }
  }
}
