package dev.rote.figures.drawing;

import dev.rote.figures.drawing.Lettering.Anchor;
import dev.rote.v1.Panel;
import java.util.List;
import java.util.TreeSet;

/** The two axes of a panel of lines. */
final class PlotAxes {
  private static final double TICK = 3;
  private static final double TEXT_SIZE = PanelDrawing.TEXT_SIZE;
  private static final double WIDTH_OF_A_TICK_LABEL = 36;
  private static final double GAP_OF_LABELS = 4;
  private static final int TICKS_UP = 5;
  private static final int MOST_POSITIONS_AS_TICKS = 10;
  private static final String GRID = "#e4e4e4";

  private final Panel panel;
  private final Scale x;
  private final Scale y;
  private final Typeface typeface;

  /**
   * Axes around a rectangle.
   *
   * @param plotLeft left end of the horizontal axis
   * @param plotTop upper end of the vertical axis
   */
  PlotAxes(
      Panel panel,
      Range values,
      PanelSize size,
      double plotLeft,
      double plotTop,
      Typeface typeface) {
    this.panel = panel;
    this.typeface = typeface;
    Range positions = Range.ofPositions(panel);
    this.x =
        new Scale(
            positions.low(),
            positions.high(),
            plotLeft,
            plotLeft + size.plotWidth(),
            panel.getLogX());
    this.y =
        new Scale(
            values.low(), values.high(), plotTop + size.plotHeight(), plotTop, panel.getLogY());
  }

  Scale x() {
    return x;
  }

  Scale y() {
    return y;
  }

  /**
   * Draws both axes.
   *
   * @param left edge of the panel, where the name of the vertical axis stands
   */
  void draw(Canvas canvas, double left) {
    drawValueAxis(canvas, left);
    drawPositionAxis(canvas);
  }

  private void drawValueAxis(Canvas canvas, double left) {
    List<Ticks.Tick> ticks =
        y.logarithmic()
            ? Ticks.logarithmic(y.low(), y.high())
            : Ticks.linear(y.low(), y.high(), TICKS_UP, false);
    for (Ticks.Tick tick : ticks) {
      double at = y.position(tick.value());
      if (!tick.label().isEmpty()) {
        canvas.line(pair(x.from(), x.to()), pair(at, at), Stroke.solid(GRID, 0.5));
      }
      canvas.line(
          pair(x.from() - length(tick), x.from()),
          pair(at, at),
          Stroke.solid(PanelDrawing.AXIS, 0.7));
      canvas.text(
          tick.label(),
          x.from() - TICK - 2,
          at + TEXT_SIZE * 0.36,
          Lettering.of(TEXT_SIZE, FigureDrawing.INK, Anchor.END));
    }
    canvas.line(
        pair(x.from(), x.from()), pair(y.from(), y.to()), Stroke.solid(PanelDrawing.AXIS, 0.7));
    FittedText name =
        FittedText.of(panel.getYLabel(), TEXT_SIZE, y.from() - y.to() + PanelSize.BOTTOM, typeface);
    canvas.text(
        name.text(),
        left + TEXT_SIZE,
        (y.from() + y.to()) / 2,
        new Lettering(name.size(), FigureDrawing.INK, Anchor.MIDDLE, true));
  }

  private void drawPositionAxis(Canvas canvas) {
    double freeFrom = Double.NEGATIVE_INFINITY;
    for (Ticks.Tick tick : positionTicks()) {
      double at = x.position(tick.value());
      double half = typeface.width(tick.label(), TEXT_SIZE) / 2;
      boolean fits = at - half >= freeFrom;
      canvas.line(
          pair(at, at),
          pair(y.from(), y.from() + (fits ? length(tick) : TICK * 0.6)),
          Stroke.solid(PanelDrawing.AXIS, 0.7));
      if (fits && !tick.label().isEmpty()) {
        canvas.text(
            tick.label(),
            at,
            y.from() + TICK + 1 + TEXT_SIZE,
            Lettering.of(TEXT_SIZE, FigureDrawing.INK, Anchor.MIDDLE));
        freeFrom = at + half + GAP_OF_LABELS;
      }
    }
    canvas.line(
        pair(x.from(), x.to()), pair(y.from(), y.from()), Stroke.solid(PanelDrawing.AXIS, 0.7));
    FittedText name =
        FittedText.of(panel.getXLabel(), TEXT_SIZE, x.to() - x.from() + PanelSize.RIGHT, typeface);
    canvas.text(
        name.text(),
        (x.from() + x.to()) / 2,
        y.from() + TICK + 5 + 2 * TEXT_SIZE,
        Lettering.of(name.size(), FigureDrawing.INK, Anchor.MIDDLE));
  }

  /** On a logarithmic axis a few positions, such as widths, are ticks themselves. */
  private List<Ticks.Tick> positionTicks() {
    if (!x.logarithmic()) {
      int wanted = (int) ((x.to() - x.from()) / WIDTH_OF_A_TICK_LABEL);
      return Ticks.linear(x.low(), x.high(), wanted, isWhole());
    }
    TreeSet<Double> positions = new TreeSet<>();
    panel.getSeriesList().forEach(series -> positions.addAll(series.getXList()));
    positions.removeIf(position -> position <= 0);
    return positions.isEmpty() || positions.size() > MOST_POSITIONS_AS_TICKS
        ? Ticks.logarithmic(x.low(), x.high())
        : Ticks.at(positions);
  }

  private boolean isWhole() {
    return panel.getSeriesList().stream()
        .flatMap(series -> series.getXList().stream())
        .allMatch(position -> position == Math.rint(position));
  }

  private static double length(Ticks.Tick tick) {
    return tick.label().isEmpty() ? TICK * 0.6 : TICK;
  }

  private static double[] pair(double a, double b) {
    return new double[] {a, b};
  }
}
