package dev.rote.figures.report;

/** Where the files of a report go: a directory, object storage. */
@FunctionalInterface
public interface ReportSink {

  /**
   * Takes one file.
   *
   * @param path relative, with {@code /} between its parts, such as {@code figures/fig1.svg}
   */
  void write(String path, byte[] bytes);
}
