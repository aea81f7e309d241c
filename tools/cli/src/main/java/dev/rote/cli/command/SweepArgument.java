package dev.rote.cli.command;

import picocli.CommandLine.Parameters;

/** The sweep that a command is about. */
final class SweepArgument {
  @Parameters(
      paramLabel = "NAME",
      description = "Name of a sweep (the newest one of that name), or its id.")
  private String name = "";

  String name() {
    return name;
  }
}
