package dev.rote.cli.command;

import dev.rote.cli.ExitCodes;
import dev.rote.cli.Session;
import dev.rote.cli.progress.ProgressOptions;
import dev.rote.cli.service.Service;
import dev.rote.cli.service.UserKey;
import dev.rote.cli.stack.LocalStack;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code rote up}. */
@Command(
    name = "up",
    header = "Starts the services on this machine and keeps them up.",
    description = {
      "Starts a Kafka broker, object storage and all services, prints where they listen as lines that a"
          + " shell takes in, and stays in the foreground until Ctrl-C or 'rote down'. Other commands"
          + " with the same --state find this stack by themselves; it stays up until the last of them"
          + " has ended."
    })
public final class UpCommand implements Callable<Integer> {
  private static final String SECRET = "SECRET";
  private static final String SHOWN = " -H \"authorization: Bearer $" + UserKey.VARIABLE + "\" ";

  private static final String SASL =
      " -X security.protocol=SASL_PLAINTEXT -X sasl.mechanism=PLAIN -X sasl.username=rote -X"
          + " sasl.password=$"
          + UserKey.VARIABLE
          + " ";

  private final Session session;

  @Mixin private final StackOptions stacks;
  @Mixin private final ProgressOptions progress;

  UpCommand(Session session) {
    this.session = session;
    this.stacks = new StackOptions(session);
    this.progress = new ProgressOptions(session);
  }

  @Override
  public Integer call() throws Exception {
    LocalStack stack = stacks.attachOrStart(List.of(), progress::note);
    Interruption interruption =
        Interruption.handledBy(
            () -> {
              if (stack.leave()) {
                session.note("\nThe stack stays up for other commands.");
              }
            },
            stack::close);
    try {
      describe(stack);
      stack.awaitEnd();
      return ExitCodes.OK;
    } finally {
      interruption.over();
      stack.close();
    }
  }

  /* Lines that a shell takes in; the rest as comments. Secrets have no place on a screen or in a log. */
  private void describe(LocalStack stack) {
    PrintWriter out = session.out();
    Map<String, String> shown = new LinkedHashMap<>(stack.variables());
    shown.keySet().removeIf(name -> name.contains(SECRET) || name.equals(UserKey.VARIABLE));
    EnvCommand.print(shown, out);
    String sweeps = stack.addresses().get(Service.SWEEPS);
    out.println("# From another shell:");
    out.println("#   eval \"$(" + stacks.command("env") + ")\"");
    out.println("#     sets all of these, the key of gRPC and the secret key of the object store");
    out.println("#   " + stacks.command("submit FILE"));
    out.println("#   grpcurl -plaintext" + SHOWN + sweeps + " list");
    out.println("#   grpcurl -plaintext" + SHOWN + sweeps + " rote.v1.SweepsService/ListSweeps");
    out.println(
        "#   kcat -b " + stack.variables().get("ROTE_KAFKA") + SASL + "-t rote.configs -P FILE");
    out.println("# In a browser: " + stack.door());
    out.println("# Health: " + stack.page() + "/q/health");
    out.println("# Ctrl-C or '" + stacks.command("down") + "' stops the stack.");
    out.flush();
  }
}
