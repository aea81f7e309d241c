package dev.rote.figures.report;

import dev.rote.figures.CsvField;
import dev.rote.v1.Figure;
import dev.rote.v1.HeatMap;
import dev.rote.v1.ImageGrid;
import dev.rote.v1.NumberRow;
import dev.rote.v1.NumberTable;
import dev.rote.v1.Panel;
import dev.rote.v1.PictureOf;
import dev.rote.v1.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/**
 * The numbers behind figures as a table of one row per point, float64 in the shortest form that
 * reads back to the same bits.
 *
 * <p>Further columns stand in the tables of the figures that have them: {@code x_low} and {@code
 * x_high} where x is a mean itself, {@code censored} and {@code diverged} where repetitions are,
 * {@code row} and {@code column} for heat maps, one row of the table per colour, {@code label},
 * {@code source_label}, {@code replaced_input} and {@code prediction} for pictures of examples, one
 * row each, whose x is the index in the source and whose mean is the score. Pixels of images are
 * left out: one row says so.
 */
public final class FigureTable {
  private static final List<String> COLUMNS =
      List.of("figure", "panel", "series", "metric", "x", "mean", "low", "high", "repetitions");
  private static final List<String> WORDS =
      List.of("figure", "panel", "series", "metric", "row", "column");
  private static final List<String> NO_PICTURE = List.of("", "", "", "");
  private static final double LARGEST_EXACT_WHOLE = 1L << 53;

  private final boolean hasPositionIntervals;
  private final boolean hasCensored;
  private final boolean hasDiverged;
  private final boolean hasHeatMaps;
  private final boolean hasPictures;
  private final List<String> header;
  private final List<List<String>> rows = new ArrayList<>();
  private String figure = "";

  private FigureTable(List<Figure> figures) {
    this.hasPositionIntervals = hasAny(figures, Series::getXLowCount);
    this.hasCensored =
        hasAny(figures, Series::getCensoredCount)
            || panels(figures)
                .flatMap(panel -> panel.getImages().getPicturesList().stream())
                .anyMatch(PictureOf::getCensored);
    this.hasDiverged = hasAny(figures, Series::getDivergedCount);
    this.hasHeatMaps = panels(figures).anyMatch(Panel::hasHeatMap);
    this.hasPictures = panels(figures).anyMatch(panel -> panel.getImages().getPicturesCount() > 0);
    row(
        COLUMNS,
        List.of("x_low", "x_high"),
        "censored",
        "diverged",
        List.of("row", "column"),
        List.of("label", "source_label", "replaced_input", "prediction"));
    header = rows.remove(0);
    figures.forEach(this::rows);
  }

  private static Stream<Panel> panels(List<Figure> figures) {
    return figures.stream().flatMap(figure -> figure.getPanelsList().stream());
  }

  private static boolean hasAny(List<Figure> figures, ToIntFunction<Series> count) {
    return panels(figures)
        .flatMap(panel -> panel.getSeriesList().stream())
        .anyMatch(series -> count.applyAsInt(series) > 0);
  }

  /** One table for several figures. */
  public static FigureTable of(List<Figure> figures) {
    return new FigureTable(figures);
  }

  /**
   * A figure's table as CSV (RFC 4180, UTF-8); {@code panel} is the panel's title, or its position
   * from 1 when it has none.
   */
  public static String csv(Figure figure) {
    FigureTable table = of(List.of(figure));
    StringBuilder csv = new StringBuilder();
    append(csv, table.header);
    table.rows.forEach(row -> append(csv, row));
    return csv.toString();
  }

  private static void append(StringBuilder csv, List<String> row) {
    csv.append(String.join(",", row.stream().map(CsvField::text).toList())).append("\r\n");
  }

  /** Names of the columns. */
  public List<String> header() {
    return header;
  }

  /** Whether a column holds numbers: each field of it is one, or empty. */
  public static boolean isNumeric(String column) {
    return !WORDS.contains(column);
  }

  /** Rows as wide as the header. */
  public List<List<String>> rows() {
    return List.copyOf(rows);
  }

  private void rows(Figure of) {
    figure = of.getName();
    for (int p = 0; p < of.getPanelsCount(); p++) {
      Panel panel = of.getPanels(p);
      String title = panel.getTitle().isEmpty() ? Integer.toString(p + 1) : panel.getTitle();
      panel.getSeriesList().forEach(series -> rows(title, panel, series));
      rows(title, panel, panel.getHeatMap());
      panel.getTable().getRowsList().forEach(row -> rows(title, panel.getTable(), row));
      panel.getImages().getPicturesList().forEach(picture -> row(title, panel, picture));
      if (panel.hasImages()) {
        row(title, panel.getImages());
      }
    }
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
              figure,
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
          List.of("", ""),
          NO_PICTURE);
    }
  }

  private void rows(String title, Panel panel, HeatMap map) {
    String metric = panel.getMetricsCount() == 0 ? "" : panel.getMetrics(0);
    for (int i = 0; i < map.getValuesCount(); i++) {
      row(
          List.of(
              figure,
              title,
              "",
              metric,
              "",
              number(map.getValues(i)),
              i < map.getLowCount() ? number(map.getLow(i)) : "",
              i < map.getHighCount() ? number(map.getHigh(i)) : "",
              Integer.toString(map.getRepetitions())),
          List.of("", ""),
          "",
          "",
          List.of(
              map.getRows(i / map.getColumnsCount()), map.getColumns(i % map.getColumnsCount())),
          NO_PICTURE);
    }
  }

  /** A row for each number of a table beside what is drawn. */
  private void rows(String title, NumberTable table, NumberRow row) {
    for (int i = 0; i < row.getMeansCount(); i++) {
      row(
          List.of(
              figure,
              title,
              row.getName(),
              table.getQuantities(i),
              "",
              number(row.getMeans(i)),
              number(row.getLow(i)),
              number(row.getHigh(i)),
              Integer.toString(row.getRepetitions())),
          List.of("", ""),
          "",
          "",
          List.of("", ""),
          NO_PICTURE);
    }
  }

  /** An example: x is its index in the source, its score stands as the mean. */
  private void row(String title, Panel panel, PictureOf picture) {
    row(
        List.of(
            figure,
            title,
            "example",
            panel.getYLabel(),
            Integer.toUnsignedString(picture.getSourceIndex()),
            number(picture.getScore()),
            "",
            "",
            ""),
        List.of("", ""),
        picture.getCensored() ? "1" : "0",
        "",
        List.of("", ""),
        List.of(
            Integer.toUnsignedString(picture.getLabel()),
            Integer.toUnsignedString(picture.getSourceLabel()),
            picture.getReplacedInput() ? "1" : "0",
            picture.hasPrediction() ? Integer.toUnsignedString(picture.getPrediction()) : ""));
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
        List.of(figure, title, "", what, "", "", "", "", ""),
        List.of("", ""),
        "",
        "",
        List.of("", ""),
        NO_PICTURE);
  }

  private void row(
      List<String> fields,
      List<String> positions,
      String censored,
      String diverged,
      List<String> cell,
      List<String> picture) {
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
    if (hasPictures) {
      all.addAll(picture);
    }
    rows.add(List.copyOf(all));
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
