package dev.rote.cli.command;

import dev.rote.cli.stack.LocalStacks;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The stack of this machine that a command is about. */
final class StateFolder {
  @Option(
      names = "--state",
      paramLabel = "DIR",
      defaultValue = LocalStacks.DEFAULT_STATE,
      description = "State directory of the stack (default: ${DEFAULT-VALUE}).")
  private Path state = Path.of(LocalStacks.DEFAULT_STATE);

  Path path() {
    return state;
  }
}
