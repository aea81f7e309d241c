package dev.rote.figures.report;

import dev.rote.figures.CsvField;
import dev.rote.v1.Figure;
import dev.rote.v1.HeatMap;
import dev.rote.v1.ImageGrid;
import dev.rote.v1.Panel;
import dev.rote.v1.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * The numbers behind a figure as CSV (RFC 4180, UTF-8): one row per point, float64 in the shortest
 * form that reads back to the same bits.
 *
 * <p>Further columns stand in the tables of the figures that have them: {@code x_low} and {@code
 * x_high} where x is a mean itself, {@code censored} and {@code diverged} where repetitions are,
 * {@code row} and {@code column} for heat maps, one row of the table per colour. Pixels of images
 * are left out: one row says so.
 */
public final class FigureTable {
  private static final List<String> COLUMNS =
      List.of("figure", "panel", "series", "metric", "x", "mean", "low", "high", "repetitions");
  private static final double LARGEST_EXACT_WHOLE = 1L << 53;

  private final Figure figure;
  private final boolean hasPositionIntervals;
  private final boolean hasCensored;
  private final boolean hasDiverged;
  private final boolean hasHeatMaps;
  private final StringBuilder csv = new StringBuilder();

  private FigureTable(Figure figure) {
    this.figure = figure;
    this.hasPositionIntervals = hasAny(figure, Series::getXLowCount);
    this.hasCensored = hasAny(figure, Series::getCensoredCount);
    this.hasDiverged = hasAny(figure, Series::getDivergedCount);
    this.hasHeatMaps = figure.getPanelsList().stream().anyMatch(Panel::hasHeatMap);
  }

  private static boolean hasAny(Figure figure, ToIntFunction<Series> count) {
    return figure.getPanelsList().stream()
        .flatMap(panel -> panel.getSeriesList().stream())
        .anyMatch(series -> count.applyAsInt(series) > 0);
  }

  /** The table; {@code panel} is the panel's title, or its position from 1 when it has none. */
  public static String csv(Figure figure) {
    FigureTable table = new FigureTable(figure);
    table.row(
        COLUMNS, List.of("x_low", "x_high"), "censored", "diverged", List.of("row", "column"));
    for (int p = 0; p < figure.getPanelsCount(); p++) {
      Panel panel = figure.getPanels(p);
      String title = panel.getTitle().isEmpty() ? Integer.toString(p + 1) : panel.getTitle();
      panel.getSeriesList().forEach(series -> table.rows(title, panel, series));
      table.rows(title, panel, panel.getHeatMap());
      if (panel.hasImages()) {
        table.row(title, panel.getImages());
      }
    }
    return table.csv.toString();
  }

  private void rows(String title, Panel panel, Series series) {
    String label = series.getLabel().isEmpty() ? series.getName() : series.getLabel();
    String metric =
        series.getStyle() < panel.getMetricsCount()
            ? panel.getMetrics(series.getStyle())
            : panel.getYLabel();
    for (int i = 0; i < series.getXCount(); i++) {
      boolean hasInterval = i < series.getXLowCount();
      row(
          List.of(
              figure.getName(),
              title,
              label,
              metric,
              number(series.getX(i)),
              number(series.getY(i)),
              number(series.getLow(i)),
              number(series.getHigh(i)),
              Integer.toString(series.getRepetitions(i))),
          hasInterval
              ? List.of(number(series.getXLow(i)), number(series.getXHigh(i)))
              : List.of("", ""),
          Integer.toString(i < series.getCensoredCount() ? series.getCensored(i) : 0),
          Integer.toString(i < series.getDivergedCount() ? series.getDiverged(i) : 0),
          List.of("", ""));
    }
  }

  private void rows(String title, Panel panel, HeatMap map) {
    String metric = panel.getMetricsCount() == 0 ? "" : panel.getMetrics(0);
    for (int i = 0; i < map.getValuesCount(); i++) {
      row(
          List.of(
              figure.getName(),
              title,
              "",
              metric,
              "",
              number(map.getValues(i)),
              "",
              "",
              Integer.toString(map.getRepetitions())),
          List.of("", ""),
          "",
          "",
          List.of(
              map.getRows(i / map.getColumnsCount()), map.getColumns(i % map.getColumnsCount())));
    }
  }

  private void row(String title, ImageGrid images) {
    int size = images.getHeight() * images.getWidth() * images.getChannels();
    String what =
        size == 0
            ? "no images"
            : images.getPixels().size() / size
                + " images of "
                + images.getHeight()
                + " x "
                + images.getWidth()
                + " x "
                + images.getChannels()
                + "; their pixels are in report.pb";
    row(
        List.of(figure.getName(), title, "", what, "", "", "", "", ""),
        List.of("", ""),
        "",
        "",
        List.of("", ""));
  }

  private void row(
      List<String> fields,
      List<String> positions,
      String censored,
      String diverged,
      List<String> cell) {
    List<String> all = new ArrayList<>(fields);
    if (hasPositionIntervals) {
      all.addAll(positions);
    }
    if (hasCensored) {
      all.add(censored);
    }
    if (hasDiverged) {
      all.add(diverged);
    }
    if (hasHeatMaps) {
      all.addAll(cell);
    }
    for (int i = 0; i < all.size(); i++) {
      csv.append(i == 0 ? "" : ",").append(CsvField.text(all.get(i)));
    }
    csv.append("\r\n");
  }

  private static String number(double value) {
    if (Double.isNaN(value)) {
      return "";
    }
    return value == Math.rint(value) && Math.abs(value) < LARGEST_EXACT_WHOLE
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
