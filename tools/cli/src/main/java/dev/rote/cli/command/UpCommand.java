package dev.rote.cli.command;

import dev.rote.cli.CommandFailure;
import dev.rote.cli.ExitCodes;
import dev.rote.cli.Session;
import dev.rote.cli.progress.ProgressOptions;
import dev.rote.cli.service.Service;
import dev.rote.cli.stack.LocalStack;
import dev.rote.cli.stack.LocalStacks;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rote up}. */
@Command(
    name = "up",
    header = "Starts the services on this machine and keeps them up.",
    description = {
      "Starts a Kafka broker, object storage and all services, prints where they listen as lines that a"
          + " shell takes in, and stays in the foreground until Ctrl-C or 'rote down'. Other commands"
          + " with the same --state find this stack by themselves."
    })
public final class UpCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = "--datasets",
      paramLabel = "DIR",
      description =
          "Directory with the files of the datasets; what is missing is downloaded into it"
              + " (environment ROTE_DATASETS).")
  private @Nullable Path datasets;

  @Option(
      names = "--state",
      paramLabel = "DIR",
      defaultValue = LocalStacks.DEFAULT_STATE,
      description =
          "Where the stack keeps its state, and with it every result (default: ${DEFAULT-VALUE}).")
  private Path state = Path.of(LocalStacks.DEFAULT_STATE);

  @Mixin private final ProgressOptions progress;

  UpCommand(Session session) {
    this.session = session;
    this.progress = new ProgressOptions(session);
  }

  @Override
  public Integer call() throws Exception {
    if (session.stacks().running(state).isPresent()) {
      throw new CommandFailure(
          ExitCodes.FAILED, "a stack runs on " + state + " already; 'rote down' stops it");
    }
    LocalStack stack =
        session
            .stacks()
            .attachOrStart(state, LocalRun.datasetsDirectory(session, datasets), progress::note);
    Interruption interruption = Interruption.handledBy(() -> {}, stack::close);
    try {
      describe(stack);
      stack.awaitEnd();
      return ExitCodes.OK;
    } finally {
      interruption.over();
      stack.close();
    }
  }

  /* Lines that a shell takes in; the rest as comments. */
  private void describe(LocalStack stack) {
    PrintWriter out = session.out();
    EnvCommand.print(stack, out);
    String sweeps = stack.addresses().get(Service.SWEEPS);
    out.println();
    out.println("# From another shell:");
    out.println("#   rote submit FILE");
    out.println("#   grpcurl -plaintext " + sweeps + " list");
    out.println("#   grpcurl -plaintext " + sweeps + " rote.v1.SweepsService/ListSweeps");
    out.println("#   kcat -b " + stack.variables().get("ROTE_KAFKA") + " -t rote.configs -P FILE");
    out.println("# Health: " + stack.page() + "/q/health");
    out.println("# Ctrl-C or 'rote down' stops the stack.");
    out.flush();
  }
}
