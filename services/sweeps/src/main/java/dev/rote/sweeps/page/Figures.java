package dev.rote.sweeps.page;

import dev.rote.v1.Figure;
import dev.rote.v1.Report;

/** The figures of a report by their names. */
final class Figures {
  private Figures() {}

  /**
   * The figure of a name.
   *
   * @throws PageException with status 404 if the report has none
   */
  static Figure named(Report report, String name) {
    return report.getFiguresList().stream()
        .filter(figure -> figure.getName().equals(name))
        .findFirst()
        .orElseThrow(() -> new PageException(404, "The sweep has no figure of this name."));
  }
}
