package dev.rote.figures.report;

import dev.rote.v1.Figure;
import dev.rote.v1.Panel;
import dev.rote.v1.Series;
import java.util.List;

/**
 * The numbers behind a figure as CSV (RFC 4180, UTF-8): one row per point, float64 in the shortest
 * form that reads back to the same bits.
 */
public final class FigureTable {
  private static final List<String> COLUMNS =
      List.of("figure", "panel", "series", "metric", "x", "mean", "low", "high", "repetitions");
  private static final double LARGEST_EXACT_WHOLE = 1L << 53;

  private FigureTable() {}

  /** The table; {@code panel} is the panel's title, or its position from 1 when it has none. */
  public static String csv(Figure figure) {
    StringBuilder csv = new StringBuilder();
    row(csv, COLUMNS);
    for (int p = 0; p < figure.getPanelsCount(); p++) {
      Panel panel = figure.getPanels(p);
      String title = panel.getTitle().isEmpty() ? Integer.toString(p + 1) : panel.getTitle();
      for (Series series : panel.getSeriesList()) {
        rows(csv, figure.getName(), title, panel, series);
      }
    }
    return csv.toString();
  }

  private static void rows(
      StringBuilder csv, String figure, String title, Panel panel, Series series) {
    String label = series.getLabel().isEmpty() ? series.getName() : series.getLabel();
    String metric =
        series.getStyle() < panel.getMetricsCount()
            ? panel.getMetrics(series.getStyle())
            : panel.getYLabel();
    for (int i = 0; i < series.getXCount(); i++) {
      row(
          csv,
          List.of(
              figure,
              title,
              label,
              metric,
              number(series.getX(i)),
              number(series.getY(i)),
              number(series.getLow(i)),
              number(series.getHigh(i)),
              Integer.toString(series.getRepetitions(i))));
    }
  }

  private static void row(StringBuilder csv, List<String> fields) {
    for (int i = 0; i < fields.size(); i++) {
      csv.append(i == 0 ? "" : ",").append(quoted(fields.get(i)));
    }
    csv.append("\r\n");
  }

  private static String quoted(String field) {
    boolean needsQuotes =
        field.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
    return needsQuotes ? '"' + field.replace("\"", "\"\"") + '"' : field;
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < LARGEST_EXACT_WHOLE
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
