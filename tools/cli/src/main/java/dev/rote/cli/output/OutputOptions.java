package dev.rote.cli.output;

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
}
