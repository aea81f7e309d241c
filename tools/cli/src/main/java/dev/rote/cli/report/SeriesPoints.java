package dev.rote.cli.report;

import dev.rote.cli.output.Column;
import dev.rote.v1.Figure;
import dev.rote.v1.Panel;
import dev.rote.v1.Report;
import dev.rote.v1.Series;
import java.util.ArrayList;
import java.util.List;

/** The points of all lines of a report, as rows. */
public final class SeriesPoints {
  private SeriesPoints() {}

  /** Point {@code index} of a line. */
  public record Point(Figure figure, int panel, Series series, int index) {}

  /** All points, in the order of figures, panels and lines. */
  public static List<Point> of(Report report) {
    List<Point> points = new ArrayList<>();
    for (Figure figure : report.getFiguresList()) {
      for (int panel = 0; panel < figure.getPanelsCount(); panel++) {
        addPanel(points, figure, panel);
      }
    }
    return points;
  }

  private static void addPanel(List<Point> points, Figure figure, int panel) {
    for (Series series : figure.getPanels(panel).getSeriesList()) {
      for (int i = 0; i < series.getXCount(); i++) {
        points.add(new Point(figure, panel, series, i));
      }
    }
  }

  public static List<Column<Point>> columns() {
    return List.of(
        Column.text("figure", point -> point.figure().getName()),
        Column.number("panel", point -> point.panel() + 1),
        Column.text("y_label", point -> panel(point).getYLabel()),
        Column.text("series", point -> point.series().getName()),
        Column.number("x", point -> at(point.series().getXList(), point)),
        Column.number("y", point -> at(point.series().getYList(), point)),
        Column.number("low", point -> at(point.series().getLowList(), point)),
        Column.number("high", point -> at(point.series().getHighList(), point)),
        Column.number("repetitions", point -> repetitions(point)));
  }

  private static Panel panel(Point point) {
    return point.figure().getPanels(point.panel());
  }

  /* Lists without intervals are shorter. */
  private static double at(List<Double> values, Point point) {
    return point.index() < values.size() ? values.get(point.index()) : Double.NaN;
  }

  private static int repetitions(Point point) {
    List<Integer> repetitions = point.series().getRepetitionsList();
    return point.index() < repetitions.size() ? repetitions.get(point.index()) : 0;
  }
}
