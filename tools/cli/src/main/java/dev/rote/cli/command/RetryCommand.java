package dev.rote.cli.command;

import dev.rote.cli.ExitCodes;
import dev.rote.cli.Session;
import dev.rote.cli.service.Connections;
import dev.rote.cli.service.EndpointOptions;
import dev.rote.v1.RetryFailedRequest;
import dev.rote.v1.RetryFailedResponse;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code rote retry}. */
@Command(
    name = "retry",
    header = "Runs the failed and cancelled trials of an ended sweep again.",
    description = "Trials that are done are left as they are.")
public final class RetryCommand implements Callable<Integer> {
  private final Session session;

  @Mixin private final SweepArgument sweep = new SweepArgument();
  @Mixin private final EndpointOptions endpoints;

  RetryCommand(Session session) {
    this.session = session;
    this.endpoints = new EndpointOptions(session);
  }

  @Override
  public Integer call() {
    try (Connections connections = endpoints.connect()) {
      RetryFailedResponse response =
          connections
              .sweeps()
              .retryFailed(RetryFailedRequest.newBuilder().setSweep(sweep.name()).build());
      session.out().println(Long.toUnsignedString(response.getRetried()) + " trials run again");
      SweepEnd.describe(response.getStatus().getSweepId(), response.getStatus(), session.out());
      return ExitCodes.OK;
    }
  }
}
