package dev.rote.cli.command;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that says where the page of all figures and the reports behind it lie. */
final class GalleryOption {
  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "out/paper",
      description =
          "Where the reports lie, DIR/<sweep name>/, and the page of all figures,"
              + " DIR/report.html (default: ${DEFAULT-VALUE}).")
  private Path folder = Path.of("out", "paper");

  Path folder() {
    return folder;
  }
}
