package dev.rote.cli.command;

import dev.rote.cli.CommandFailure;
import dev.rote.cli.ExitCodes;
import dev.rote.cli.Session;
import dev.rote.cli.stack.LocalStack;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code rote env}. */
@Command(
    name = "env",
    header = "Prints where the services of this machine listen, for a shell.",
    description = {
      "As export lines: eval \"$(rote env)\" sets ROTE_SWEEPS, ROTE_KAFKA and the like in this shell,"
          + " the key of gRPC and those of the object store included: they are for a shell, not for a log."
          + " Exit code 4 when no stack runs."
    })
public final class EnvCommand implements Callable<Integer> {
  private final Session session;

  @Mixin private final StateFolder state = new StateFolder();

  EnvCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws Exception {
    LocalStack stack =
        session
            .stacks()
            .running(state.path())
            .orElseThrow(
                () -> new CommandFailure(ExitCodes.NOT_FOUND, "no stack runs on " + state.path()));
    print(stack.variables(), session.out());
    return ExitCodes.OK;
  }

  static void print(Map<String, String> variables, PrintWriter out) {
    variables.forEach((name, value) -> out.println("export " + name + "=" + value));
    out.flush();
  }
}
