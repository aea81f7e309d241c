package dev.rote.figures.drawing;

import dev.rote.figures.drawing.Lettering.Anchor;
import dev.rote.v1.Panel;
import dev.rote.v1.Series;
import java.util.ArrayList;
import java.util.List;

/** One panel of lines with their 95 % bands. */
final class PanelDrawing {
  static final double LINE_WIDTH = 1.3;
  private static final double REFERENCE_WIDTH = 1.1;
  private static final double BAND_OPACITY = 0.16;
  private static final double TICK = 3;
  private static final double TEXT_SIZE = 8;
  private static final double TITLE_SIZE = 9;
  private static final double OVERHANG = 1.5;
  private static final double WIDTH_OF_A_TICK_LABEL = 36;
  private static final int TICKS_UP = 5;
  private static final String AXIS = "#444444";
  private static final String GRID = "#e4e4e4";

  private final Panel panel;
  private final PanelSize size;
  private final Palette palette;
  private final Typeface typeface;
  private final Range values;
  private final Range positions;
  private final List<List<LegendEntry>> key;

  PanelDrawing(Panel panel, Range values, PanelSize size, Palette palette, Typeface typeface) {
    this.panel = panel;
    this.size = size;
    this.palette = palette;
    this.typeface = typeface;
    this.values = values;
    this.positions = Range.ofPositions(panel);
    this.key = LegendEntry.rows(keyEntries(panel), size.plotWidth(), typeface);
  }

  /** Rows of the key of line styles under the title. */
  int keyRows() {
    return key.size();
  }

  double width() {
    return size.width();
  }

  double height(int keyRows) {
    return PanelSize.TITLE
        + keyRows * LegendEntry.ROW_HEIGHT
        + size.plotHeight()
        + PanelSize.BOTTOM;
  }

  void draw(Canvas canvas, double left, double top, int keyRows) {
    double plotLeft = left + PanelSize.LEFT;
    double plotTop = top + PanelSize.TITLE + keyRows * LegendEntry.ROW_HEIGHT;
    double middle = plotLeft + size.plotWidth() / 2;
    canvas.text(
        panel.getTitle(),
        middle,
        top + TITLE_SIZE,
        Lettering.of(TITLE_SIZE, FigureDrawing.INK, Anchor.MIDDLE));
    LegendEntry.draw(canvas, key, middle, top + PanelSize.TITLE - 4, palette, typeface);
    Scale x =
        new Scale(
            positions.low(),
            positions.high(),
            plotLeft,
            plotLeft + size.plotWidth(),
            panel.getLogX());
    Scale y = new Scale(values.low(), values.high(), plotTop + size.plotHeight(), plotTop, false);
    drawValueAxis(canvas, x, y, left);
    drawPositionAxis(canvas, x, y);
    if (panel.getSeriesCount() == 0) {
      canvas.text(
          "no data",
          middle,
          plotTop + size.plotHeight() / 2,
          Lettering.of(TITLE_SIZE, AXIS, Anchor.MIDDLE));
      return;
    }
    canvas.clip(
        plotLeft - OVERHANG,
        plotTop - OVERHANG,
        size.plotWidth() + 2 * OVERHANG,
        size.plotHeight() + 2 * OVERHANG);
    List<SeriesDrawing> drawings = drawings(x, y);
    drawings.forEach(series -> series.drawBand(canvas, BAND_OPACITY));
    drawings.forEach(series -> series.drawLine(canvas));
    canvas.unclip();
    drawings.forEach(series -> series.drawMarkers(canvas));
  }

  private List<SeriesDrawing> drawings(Scale x, Scale y) {
    List<SeriesDrawing> drawings = new ArrayList<>();
    int count = panel.getSeriesCount();
    for (int i = 0; i < count; i++) {
      Series series = panel.getSeries(i);
      drawings.add(new SeriesDrawing(series, stroke(series), palette, x, y, (i + 0.5) / count));
    }
    return drawings;
  }

  private Stroke stroke(Series series) {
    double width = series.getLabel().isEmpty() ? REFERENCE_WIDTH : LINE_WIDTH;
    return new Stroke(palette.colour(series.getLabel()), width, LineStyles.dash(series.getStyle()));
  }

  private void drawValueAxis(Canvas canvas, Scale x, Scale y, double left) {
    for (Ticks.Tick tick : Ticks.linear(values.low(), values.high(), TICKS_UP, false)) {
      double at = y.position(tick.value());
      canvas.line(pair(x.from(), x.to()), pair(at, at), Stroke.solid(GRID, 0.5));
      canvas.line(pair(x.from() - TICK, x.from()), pair(at, at), Stroke.solid(AXIS, 0.7));
      canvas.text(
          tick.label(),
          x.from() - TICK - 2,
          at + TEXT_SIZE * 0.36,
          Lettering.of(TEXT_SIZE, FigureDrawing.INK, Anchor.END));
    }
    canvas.line(pair(x.from(), x.from()), pair(y.from(), y.to()), Stroke.solid(AXIS, 0.7));
    canvas.text(
        panel.getYLabel(),
        left + TEXT_SIZE,
        (y.from() + y.to()) / 2,
        new Lettering(TEXT_SIZE, FigureDrawing.INK, Anchor.MIDDLE, true));
  }

  private void drawPositionAxis(Canvas canvas, Scale x, Scale y) {
    int wanted = (int) (size.plotWidth() / WIDTH_OF_A_TICK_LABEL);
    List<Ticks.Tick> ticks =
        panel.getLogX()
            ? Ticks.logarithmic(positions.low(), positions.high())
            : Ticks.linear(positions.low(), positions.high(), wanted, isWhole());
    for (Ticks.Tick tick : ticks) {
      double at = x.position(tick.value());
      double length = tick.label().isEmpty() ? TICK * 0.6 : TICK;
      canvas.line(pair(at, at), pair(y.from(), y.from() + length), Stroke.solid(AXIS, 0.7));
      canvas.text(
          tick.label(),
          at,
          y.from() + TICK + 1 + TEXT_SIZE,
          Lettering.of(TEXT_SIZE, FigureDrawing.INK, Anchor.MIDDLE));
    }
    canvas.line(pair(x.from(), x.to()), pair(y.from(), y.from()), Stroke.solid(AXIS, 0.7));
    canvas.text(
        panel.getXLabel(),
        (x.from() + x.to()) / 2,
        y.from() + TICK + 5 + 2 * TEXT_SIZE,
        Lettering.of(TEXT_SIZE, FigureDrawing.INK, Anchor.MIDDLE));
  }

  private boolean isWhole() {
    return panel.getSeriesList().stream()
        .flatMap(series -> series.getXList().stream())
        .allMatch(x -> x == Math.rint(x));
  }

  private static List<LegendEntry> keyEntries(Panel panel) {
    List<LegendEntry> entries = new ArrayList<>();
    for (int style = 0; style < panel.getMetricsCount(); style++) {
      int wanted = style;
      boolean isReference =
          panel.getSeriesList().stream()
              .filter(series -> series.getStyle() == wanted)
              .allMatch(series -> series.getLabel().isEmpty());
      boolean isPlain = panel.getMetricsCount() == 1 && !isReference;
      boolean isOnlyBesideReferences =
          style == 0 && panel.getMetricsCount() == 2 && hasReference(panel) && !isReference;
      if (!isPlain && !isOnlyBesideReferences) {
        String colour = isReference ? Palette.REFERENCE : "#555555";
        entries.add(
            new LegendEntry(
                panel.getMetrics(style),
                new Stroke(colour, LINE_WIDTH, LineStyles.dash(style)),
                ""));
      }
    }
    return entries;
  }

  private static boolean hasReference(Panel panel) {
    return panel.getSeriesList().stream().anyMatch(series -> series.getLabel().isEmpty());
  }

  private static double[] pair(double a, double b) {
    return new double[] {a, b};
  }
}
