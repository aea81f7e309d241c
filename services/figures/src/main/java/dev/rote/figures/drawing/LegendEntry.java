package dev.rote.figures.drawing;

import java.util.ArrayList;
import java.util.List;

/**
 * A sample of a line and what it stands for.
 *
 * @param text beside the sample
 * @param stroke of the sample
 * @param label whose marker is on the sample; empty: none
 */
record LegendEntry(String text, Stroke stroke, String label) {
  static final double TEXT_SIZE = 8;
  static final double ROW_HEIGHT = 12;
  private static final double SAMPLE = 22;
  private static final double GAP = 4;
  private static final double SPACE = 14;
  private static final double MARKER = 2.3;

  double width(Typeface typeface) {
    return SAMPLE + GAP + typeface.width(text, TEXT_SIZE);
  }

  /** Splits entries into rows that fit a width; an entry wider than that has a row of its own. */
  static List<List<LegendEntry>> rows(
      List<LegendEntry> entries, double available, Typeface typeface) {
    List<List<LegendEntry>> rows = new ArrayList<>();
    List<LegendEntry> row = new ArrayList<>();
    double used = 0;
    for (LegendEntry entry : entries) {
      double width = entry.width(typeface) + SPACE;
      if (!row.isEmpty() && used + width > available + SPACE) {
        rows.add(row);
        row = new ArrayList<>();
        used = 0;
      }
      row.add(entry);
      used += width;
    }
    if (!row.isEmpty()) {
      rows.add(row);
    }
    return rows;
  }

  /**
   * Draws rows of entries, each row centred on {@code middle}; {@code top} is the first row's top.
   */
  static void draw(
      Canvas canvas,
      List<List<LegendEntry>> rows,
      double middle,
      double top,
      Palette palette,
      Typeface typeface) {
    double centre = top + ROW_HEIGHT / 2;
    for (List<LegendEntry> row : rows) {
      double width = row.stream().mapToDouble(entry -> entry.width(typeface) + SPACE).sum() - SPACE;
      double x = middle - width / 2;
      for (LegendEntry entry : row) {
        entry.draw(canvas, x, centre, palette);
        x += entry.width(typeface) + SPACE;
      }
      centre += ROW_HEIGHT;
    }
  }

  private void draw(Canvas canvas, double x, double centre, Palette palette) {
    canvas.line(new double[] {x, x + SAMPLE}, new double[] {centre, centre}, stroke);
    if (!label.isEmpty()) {
      palette.marker(label).draw(canvas, x + SAMPLE / 2, centre, MARKER, stroke.colour(), false);
    }
    canvas.text(
        text,
        x + SAMPLE + GAP,
        centre + TEXT_SIZE * 0.36,
        Lettering.of(TEXT_SIZE, FigureDrawing.INK, Lettering.Anchor.START));
  }
}
