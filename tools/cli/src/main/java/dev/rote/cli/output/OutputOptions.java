package dev.rote.cli.output;

import dev.rote.cli.Session;
import picocli.CommandLine.Option;

/** The option that chooses the format of a listing. */
public final class OutputOptions {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "Format: table, json, yaml or csv (default: ${DEFAULT-VALUE}).")
  private OutputFormat format = OutputFormat.TABLE;

  public OutputFormat format() {
    return format;
  }

  /** What writes to the session's output in this format. */
  public Printer printer(Session session) {
    return new Printer(session.out(), format, session.output().columns().getAsInt());
  }
}
