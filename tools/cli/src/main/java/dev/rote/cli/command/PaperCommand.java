package dev.rote.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code rote paper}. */
@Command(
    name = "paper",
    header = "Makes the paper's figures, each with a verdict.",
    description = {
      "The sweeps of 'A Closer Look at Memorization in Deep Networks' lie in k8s/sweeps/paper: each"
          + " at the size of the paper, which takes days, and at a small one, which takes minutes."
    },
    subcommands = {PaperListCommand.class, PaperRunCommand.class, PaperGalleryCommand.class})
public final class PaperCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "give a command: list, run or gallery");
  }
}
