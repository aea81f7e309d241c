package dev.rote.figures.drawing;

import java.util.ArrayList;
import java.util.List;

/**
 * A sample of a line or of a marker and what it stands for.
 *
 * @param text beside the sample
 * @param stroke of the sample
 * @param label whose marker is on the sample; empty: none
 * @param censored whether the sample is the marker of a censored point, without a line
 */
record LegendEntry(String text, Stroke stroke, String label, boolean censored) {
  static final double TEXT_SIZE = 8;
  static final double ROW_HEIGHT = 12;
  private static final double SAMPLE = 22;
  private static final double MARKER_SAMPLE = 7;
  private static final double GAP = 4;
  private static final double SPACE = 14;
  private static final double MARKER = 2.3;

  /** A line. */
  static LegendEntry line(String text, Stroke stroke) {
    return new LegendEntry(text, stroke, "", false);
  }

  /** A line with the marker of a label. */
  static LegendEntry of(String label, Stroke stroke) {
    return new LegendEntry(label, stroke, label, false);
  }

  /** A censored point. */
  static LegendEntry censored(String text, String colour) {
    return new LegendEntry(text, Stroke.solid(colour, 1), "", true);
  }

  double width(Typeface typeface) {
    return sample() + GAP + typeface.width(text, TEXT_SIZE);
  }

  private double sample() {
    return censored ? MARKER_SAMPLE : SAMPLE;
  }

  /**
   * Splits entries into rows that fit a width; an entry wider than that has a row of its own. More
   * than one row has columns.
   */
  static List<List<LegendEntry>> rows(
      List<LegendEntry> entries, double available, Typeface typeface) {
    int columns = entries.size();
    while (columns > 1 && width(entries, columns, typeface) > available) {
      columns--;
    }
    List<List<LegendEntry>> rows = new ArrayList<>();
    for (int first = 0; first < entries.size(); first += columns) {
      rows.add(List.copyOf(entries.subList(first, Math.min(entries.size(), first + columns))));
    }
    return rows;
  }

  private static double width(List<LegendEntry> entries, int columns, Typeface typeface) {
    double width = -SPACE;
    for (double column : columnWidths(entries, columns, typeface)) {
      width += column + SPACE;
    }
    return width;
  }

  private static double[] columnWidths(List<LegendEntry> entries, int columns, Typeface typeface) {
    double[] widths = new double[columns];
    for (int i = 0; i < entries.size(); i++) {
      widths[i % columns] = Math.max(widths[i % columns], entries.get(i).width(typeface));
    }
    return widths;
  }

  /**
   * Draws rows of entries in columns, centred on {@code middle}; {@code top} is the first row's
   * top.
   */
  static void draw(
      Canvas canvas,
      List<List<LegendEntry>> rows,
      double middle,
      double top,
      Palette palette,
      Typeface typeface) {
    if (rows.isEmpty()) {
      return;
    }
    List<LegendEntry> entries = rows.stream().flatMap(List::stream).toList();
    int columns = rows.get(0).size();
    double[] widths = columnWidths(entries, columns, typeface);
    double centre = top + ROW_HEIGHT / 2;
    for (List<LegendEntry> row : rows) {
      double x = middle - width(entries, columns, typeface) / 2;
      for (int column = 0; column < row.size(); column++) {
        row.get(column).draw(canvas, x, centre, palette);
        x += widths[column] + SPACE;
      }
      centre += ROW_HEIGHT;
    }
  }

  private void draw(Canvas canvas, double x, double centre, Palette palette) {
    double middle = x + sample() / 2;
    if (censored) {
      Marker.CIRCLE.drawCensored(canvas, middle, centre + 2, MARKER, stroke.colour());
    } else {
      canvas.line(new double[] {x, x + SAMPLE}, new double[] {centre, centre}, stroke);
    }
    if (!label.isEmpty()) {
      palette.marker(label).draw(canvas, middle, centre, MARKER, stroke.colour(), false);
    }
    canvas.text(
        text,
        x + sample() + GAP,
        centre + TEXT_SIZE * 0.36,
        Lettering.of(TEXT_SIZE, FigureDrawing.INK, Lettering.Anchor.START));
  }
}
