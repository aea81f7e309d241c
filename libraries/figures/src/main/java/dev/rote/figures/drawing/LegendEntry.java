package dev.rote.figures.drawing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A sample of a line or of a marker and what it stands for.
 *
 * @param text beside the sample
 * @param stroke of the sample
 * @param sample what is shown
 * @param marker on the sample, if any
 */
record LegendEntry(String text, Stroke stroke, Sample sample, Optional<Marker> marker) {
  static final double TEXT_SIZE = 8;
  static final double ROW_HEIGHT = 12;
  private static final double LINE = 22;
  private static final double POINT = 7;
  private static final double GAP = 4;
  private static final double SPACE = 14;
  private static final double MARKER = 2.3;

  /** What stands beside the text. */
  enum Sample {
    LINE,
    /** A marker alone. */
    POINT,
    /** The marker of a point that is a lower bound. */
    CENSORED,
    /** The cross of a point with repetitions that diverged. */
    DIVERGED
  }

  /** A line. */
  static LegendEntry line(String text, Stroke stroke) {
    return new LegendEntry(text, stroke, Sample.LINE, Optional.empty());
  }

  /** A label with its marker, on a line where lines of it are drawn. */
  static LegendEntry label(String label, Stroke stroke, Marker marker, boolean hasLine) {
    return new LegendEntry(
        label, stroke, hasLine ? Sample.LINE : Sample.POINT, Optional.of(marker));
  }

  /** A sign that points may bear. */
  static LegendEntry sign(String text, String colour, Sample sample) {
    return new LegendEntry(text, Stroke.solid(colour, 1), sample, Optional.empty());
  }

  double width(Typeface typeface) {
    return sampleWidth() + GAP + typeface.width(text, TEXT_SIZE);
  }

  private double sampleWidth() {
    return sample == Sample.LINE ? LINE : POINT;
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

  /** Width of rows in columns. */
  static double width(List<List<LegendEntry>> rows, Typeface typeface) {
    return rows.isEmpty()
        ? 0
        : width(rows.stream().flatMap(List::stream).toList(), rows.get(0).size(), typeface);
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

  /** Draws rows of entries in columns; {@code left} and {@code top} are the first one's corner. */
  static void draw(
      Canvas canvas, List<List<LegendEntry>> rows, double left, double top, Typeface typeface) {
    if (rows.isEmpty()) {
      return;
    }
    List<LegendEntry> entries = rows.stream().flatMap(List::stream).toList();
    double[] widths = columnWidths(entries, rows.get(0).size(), typeface);
    double centre = top + ROW_HEIGHT / 2;
    for (List<LegendEntry> row : rows) {
      double x = left;
      for (int column = 0; column < row.size(); column++) {
        row.get(column).draw(canvas, x, centre);
        x += widths[column] + SPACE;
      }
      centre += ROW_HEIGHT;
    }
  }

  private void draw(Canvas canvas, double x, double centre) {
    double middle = x + sampleWidth() / 2;
    switch (sample) {
      case LINE -> canvas.line(new double[] {x, x + LINE}, new double[] {centre, centre}, stroke);
      case CENSORED ->
          Marker.CIRCLE.drawCensored(canvas, middle, centre + 2, MARKER, stroke.colour());
      case DIVERGED -> Marker.drawDiverged(canvas, middle, centre, MARKER, stroke.colour());
      case POINT -> {
        /* The marker is drawn below. */
      }
    }
    marker.ifPresent(m -> m.draw(canvas, middle, centre, MARKER, stroke.colour(), false));
    canvas.text(
        text,
        x + sampleWidth() + GAP,
        centre + TEXT_SIZE * 0.36,
        Lettering.of(TEXT_SIZE, FigureDrawing.INK, Lettering.Anchor.START));
  }
}
