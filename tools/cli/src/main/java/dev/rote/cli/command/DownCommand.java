package dev.rote.cli.command;

import dev.rote.cli.ExitCodes;
import dev.rote.cli.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code rote down}. */
@Command(
    name = "down",
    header = "Stops the services that run on this machine.",
    description = {
      "Stops the stack on a state directory; its state stays, and sweeps go on where they were when"
          + " it is started again. Exit code 4 when none runs."
    })
public final class DownCommand implements Callable<Integer> {
  private final Session session;

  @Mixin private final StateFolder state = new StateFolder();

  DownCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws Exception {
    boolean stopped = session.stacks().stop(state.path());
    session.note(
        stopped
            ? "The stack on " + state.path() + " is stopped."
            : "No stack runs on " + state.path() + ".");
    return stopped ? ExitCodes.OK : ExitCodes.NOT_FOUND;
  }
}
