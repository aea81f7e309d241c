package dev.rote.cli.command;

import dev.rote.cli.Session;
import dev.rote.v1.PauseSweepRequest;
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
  @Mixin private final SteeredSweep sweep;

  PauseCommand(Session session) {
    this.sweep = new SteeredSweep(session);
  }

  @Override
  public Integer call() {
    return sweep.steer(
        (sweeps, name) ->
            sweeps.pauseSweep(PauseSweepRequest.newBuilder().setSweep(name).build()).getStatus());
  }
}
