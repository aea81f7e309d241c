package dev.rote.cli.command;

import dev.rote.cli.ExitCodes;
import dev.rote.cli.Session;
import dev.rote.cli.stack.LocalStacks;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

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

  @Option(
      names = "--state",
      paramLabel = "DIR",
      defaultValue = LocalStacks.DEFAULT_STATE,
      description = "State directory of the stack (default: ${DEFAULT-VALUE}).")
  private Path state = Path.of(LocalStacks.DEFAULT_STATE);

  DownCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws Exception {
    boolean stopped = session.stacks().stop(state);
    session.note(
        stopped ? "The stack on " + state + " is stopped." : "No stack runs on " + state + ".");
    return stopped ? ExitCodes.OK : ExitCodes.NOT_FOUND;
  }
}
