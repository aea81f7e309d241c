package dev.rote.cli.command;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that says where the report of a sweep goes. */
final class ReportOption {
  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "out",
      description = {
        "Where the report goes: DIR/<sweep id>/, and as the newest of its name DIR/<sweep name>/"
            + " (default: ${DEFAULT-VALUE})."
      })
  private Path out = Path.of("out");

  Path folder() {
    return out;
  }
}
