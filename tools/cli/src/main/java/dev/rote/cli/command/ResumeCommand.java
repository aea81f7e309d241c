package dev.rote.cli.command;

import dev.rote.cli.Session;
import dev.rote.v1.ResumeSweepRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code rote resume}. */
@Command(
    name = "resume",
    header = "Goes on with a paused sweep.",
    description = "Trials go on from their newest checkpoints.")
public final class ResumeCommand implements Callable<Integer> {
  @Mixin private final SteeredSweep sweep;

  ResumeCommand(Session session) {
    this.sweep = new SteeredSweep(session);
  }

  @Override
  public Integer call() {
    return sweep.steer(
        (sweeps, name) ->
            sweeps.resumeSweep(ResumeSweepRequest.newBuilder().setSweep(name).build()).getStatus());
  }
}
