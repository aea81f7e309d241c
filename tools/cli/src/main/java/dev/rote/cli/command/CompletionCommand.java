package dev.rote.cli.command;

import dev.rote.cli.ExitCodes;
import dev.rote.cli.Session;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rote completion}. */
@Command(
    name = "completion",
    header = "Prints a script that completes commands and options in a shell.",
    description = {
      "For this shell alone:  source <(rote completion bash)",
      "For every new one:     put that line into ~/.bashrc or ~/.zshrc (the script serves both)."
    })
public final class CompletionCommand implements Callable<Integer> {
  /** Shells with completion. */
  enum Shell {
    BASH,
    ZSH
  }

  private final Session session;

  @Parameters(
      paramLabel = "SHELL",
      arity = "0..1",
      defaultValue = "bash",
      description = "bash or zsh (default: ${DEFAULT-VALUE}).")
  private Shell shell = Shell.BASH;

  @Spec private CommandSpec spec = CommandSpec.create();

  CompletionCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    CommandLine root = spec.root().commandLine();
    if (shell == Shell.ZSH) {
      session.out().println("autoload -U +X bashcompinit && bashcompinit");
    }
    session.out().print(AutoComplete.bash("rote", root));
    session.out().flush();
    return ExitCodes.OK;
  }
}
