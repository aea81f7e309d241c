package dev.rote.cli.command;

import dev.rote.cli.ExitCodes;
import dev.rote.cli.Session;
import dev.rote.cli.service.Connections;
import dev.rote.cli.service.EndpointOptions;
import dev.rote.v1.SweepStatus;
import dev.rote.v1.SweepsServiceGrpc.SweepsServiceBlockingStub;
import java.util.function.BiFunction;
import picocli.CommandLine.Mixin;

/** A sweep that is told something, and then shown. */
final class SteeredSweep {
  private final Session session;

  @Mixin private final SweepArgument sweep = new SweepArgument();
  @Mixin private final EndpointOptions endpoints;

  SteeredSweep(Session session) {
    this.session = session;
    this.endpoints = new EndpointOptions(session);
  }

  /**
   * Tells it.
   *
   * @param order what a service is asked for about the sweep of a name or id
   */
  int steer(BiFunction<SweepsServiceBlockingStub, String, SweepStatus> order) {
    try (Connections connections = endpoints.connect()) {
      SweepStatus status = order.apply(connections.sweeps(), sweep.name());
      SweepEnd.describe(status.getSweepId(), status, session.out());
      return ExitCodes.OK;
    }
  }
}
