package dev.rote.cli.command;

import dev.rote.cli.Session;
import dev.rote.v1.CancelSweepRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code rote cancel}. */
@Command(
    name = "cancel",
    header = "Ends a sweep for good.",
    description = "Results so far stay; 'rote retry' starts the cancelled trials after all.")
public final class CancelCommand implements Callable<Integer> {
  @Mixin private final SteeredSweep sweep;

  CancelCommand(Session session) {
    this.sweep = new SteeredSweep(session);
  }

  @Override
  public Integer call() {
    return sweep.steer(
        (sweeps, name) ->
            sweeps.cancelSweep(CancelSweepRequest.newBuilder().setSweep(name).build()).getStatus());
  }
}
