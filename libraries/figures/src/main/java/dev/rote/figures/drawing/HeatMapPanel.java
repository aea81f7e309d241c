package dev.rote.figures.drawing;

import dev.rote.figures.drawing.Lettering.Anchor;
import dev.rote.v1.HeatMap;
import dev.rote.v1.Panel;
import java.util.List;
import java.util.Locale;

/** A panel that shows a matrix as colours, with the scale of the colours beside it. */
final class HeatMapPanel implements PanelDrawing {
  private static final double BAR_GAP = 8;
  private static final double BAR_WIDTH = 8;
  private static final double ROOM_RIGHT_OF_BAR = 36;
  private static final double TICK = 3;
  private static final double ROOM_OF_A_LABEL = 9;
  private static final int BAR_STEPS = 256;
  private static final double LEAST_CELL_OF_A_NUMBER = 12;
  private static final double NUMBER_SHARE = 0.36;
  private static final double DARK = 0.75;
  private static final String PAPER = "#ffffff";
  private static final int TICKS_OF_CORRELATIONS = 4;

  private final Panel panel;
  private final HeatMap map;
  private final ColourScale scale;
  private final PanelSize size;
  private final Typeface typeface;

  HeatMapPanel(Panel panel, ColourScale scale, PanelSize size, Typeface typeface) {
    this.panel = panel;
    this.map = panel.getHeatMap();
    this.scale = scale;
    this.size = size;
    this.typeface = typeface;
  }

  @Override
  public PanelSize size() {
    return size;
  }

  @Override
  public void draw(Canvas canvas, double left, double top, int keyRows) {
    double plotTop = top + PanelSize.TITLE + keyRows * LegendEntry.ROW_HEIGHT;
    int rows = map.getRowsCount();
    int columns = map.getColumnsCount();
    double names = upright() ? longest(map.getRowsList()) + 2 * TICK : 0;
    double aside = Math.max(0, names - PanelSize.LEFT);
    double below = Math.max(0, names - PanelSize.BOTTOM);
    double room =
        size.plotWidth() + PanelSize.RIGHT - BAR_GAP - BAR_WIDTH - ROOM_RIGHT_OF_BAR - aside;
    double cell =
        Math.min(room / Math.max(1, columns), (size.plotHeight() - below) / Math.max(1, rows));
    double width = cell * Math.max(1, columns);
    double height = cell * Math.max(1, rows);
    double plotLeft = left + PanelSize.LEFT + aside + (room - width) / 2;
    double middle = plotLeft + width / 2;
    PanelDrawing.drawTitle(canvas, panel.getTitle(), middle, top, size, typeface);
    if (map.getValuesCount() == 0) {
      PanelDrawing.drawNoData(canvas, middle, plotTop + size.plotHeight() / 2);
      return;
    }
    canvas.image(pixels(), plotLeft, plotTop, width, height);
    frame(canvas, plotLeft, plotTop, width, height);
    drawRows(canvas, plotLeft, plotTop, cell);
    if (upright()) {
      drawUprightColumns(canvas, plotLeft, plotTop + height, cell);
      drawNumbers(canvas, plotLeft, plotTop, cell);
    } else {
      drawColumns(canvas, plotLeft, plotTop + height, cell);
    }
    drawBar(canvas, plotLeft + width + BAR_GAP, plotTop, height);
  }

  /** Whether columns have names that are words, and cells the room for their numbers. */
  private boolean upright() {
    return !scale.isLogarithmic();
  }

  private double longest(List<String> names) {
    return names.stream().mapToDouble(name -> typeface.width(name, TEXT_SIZE)).max().orElse(0);
  }

  private void drawUprightColumns(Canvas canvas, double left, double bottom, double cell) {
    for (int i = 0; i < map.getColumnsCount(); i++) {
      String name = map.getColumns(i);
      canvas.text(
          name,
          left + (i + 0.5) * cell + TEXT_SIZE * 0.36,
          bottom + TICK + typeface.width(name, TEXT_SIZE) / 2,
          new Lettering(TEXT_SIZE, FigureDrawing.INK, Anchor.MIDDLE, true));
    }
  }

  private void drawNumbers(Canvas canvas, double left, double top, double cell) {
    if (cell < LEAST_CELL_OF_A_NUMBER) {
      return;
    }
    double textSize = Math.min(TEXT_SIZE, cell * NUMBER_SHARE);
    for (int i = 0; i < map.getValuesCount(); i++) {
      double value = map.getValues(i);
      int row = i / map.getColumnsCount();
      if (Double.isFinite(value)) {
        String colour = Math.abs(value) > DARK ? PAPER : FigureDrawing.INK;
        canvas.text(
            String.format(Locale.ROOT, "%.2f", value),
            left + (i - row * map.getColumnsCount() + 0.5) * cell,
            top + (row + 0.5) * cell + textSize * 0.36,
            Lettering.of(textSize, colour, Anchor.MIDDLE));
      }
    }
  }

  private PixelImage pixels() {
    return new PixelImage(
        map.getColumnsCount(),
        map.getRowsCount(),
        map.getValuesList().stream().mapToInt(scale::colour).toArray());
  }

  private static void frame(Canvas canvas, double x, double y, double width, double height) {
    canvas.line(
        new double[] {x, x + width, x + width, x, x},
        new double[] {y, y, y + height, y + height, y},
        Stroke.solid(AXIS, 0.7));
  }

  private void drawRows(Canvas canvas, double left, double top, double cell) {
    List<String> names = map.getRowsList();
    int every = everyLabel(ROOM_OF_A_LABEL / cell);
    double widest = 0;
    for (int i = 0; i < names.size(); i += every) {
      widest = Math.max(widest, typeface.width(names.get(i), TEXT_SIZE));
      canvas.text(
          names.get(i),
          left - TICK,
          top + (i + 0.5) * cell + TEXT_SIZE * 0.36,
          Lettering.of(TEXT_SIZE, FigureDrawing.INK, Anchor.END));
    }
    double height = cell * names.size();
    FittedText name = FittedText.of(panel.getYLabel(), TEXT_SIZE, height, typeface);
    canvas.text(
        name.text(),
        left - TICK - widest - TEXT_SIZE * 0.6,
        top + height / 2,
        new Lettering(name.size(), FigureDrawing.INK, Anchor.MIDDLE, true));
  }

  private void drawColumns(Canvas canvas, double left, double bottom, double cell) {
    List<String> names = map.getColumnsList();
    double widest =
        names.stream().mapToDouble(name -> typeface.width(name, TEXT_SIZE)).max().orElse(0);
    int every = everyLabel((widest + TICK) / cell);
    for (int i = 0; i < names.size(); i += every) {
      canvas.text(
          names.get(i),
          left + (i + 0.5) * cell,
          bottom + TICK + TEXT_SIZE,
          Lettering.of(TEXT_SIZE, FigureDrawing.INK, Anchor.MIDDLE));
    }
    double width = cell * names.size();
    FittedText name = FittedText.of(panel.getXLabel(), TEXT_SIZE, width, typeface);
    canvas.text(
        name.text(),
        left + width / 2,
        bottom + TICK + 5 + 2 * TEXT_SIZE,
        Lettering.of(name.size(), FigureDrawing.INK, Anchor.MIDDLE));
  }

  /** The round distance between labels that leaves room for them. */
  private static int everyLabel(double least) {
    return least <= 1 ? 1 : (int) Ticks.step(0, least, 1, true);
  }

  private void drawBar(Canvas canvas, double left, double top, double height) {
    int[] colours = new int[BAR_STEPS];
    for (int i = 0; i < BAR_STEPS; i++) {
      colours[i] = scale.at(1 - i / (BAR_STEPS - 1.0));
    }
    canvas.image(new PixelImage(1, BAR_STEPS, colours), left, top, BAR_WIDTH, height);
    frame(canvas, left, top, BAR_WIDTH, height);
    Range range = scale.range();
    Scale toY = new Scale(range.low(), range.high(), top + height, top, scale.isLogarithmic());
    double right = left + BAR_WIDTH;
    double widest = 0;
    List<Ticks.Tick> ticks =
        scale.isLogarithmic()
            ? Ticks.logarithmic(range.low(), range.high())
            : Ticks.linear(range.low(), range.high(), TICKS_OF_CORRELATIONS, false);
    for (Ticks.Tick tick : ticks) {
      double at = toY.position(tick.value());
      double length = tick.label().isEmpty() ? TICK * 0.6 : TICK;
      canvas.line(
          new double[] {right, right + length}, new double[] {at, at}, Stroke.solid(AXIS, 0.7));
      canvas.text(
          tick.label(),
          right + TICK + 2,
          at + TEXT_SIZE * 0.36,
          Lettering.of(TEXT_SIZE, FigureDrawing.INK, Anchor.START));
      widest = Math.max(widest, typeface.width(tick.label(), TEXT_SIZE));
    }
    String quantity = panel.getMetricsCount() == 0 ? "" : panel.getMetrics(0);
    FittedText name = FittedText.of(quantity, TEXT_SIZE, height, typeface);
    canvas.text(
        name.text(),
        right + TICK + 2 + widest + TEXT_SIZE,
        top + height / 2,
        new Lettering(name.size(), FigureDrawing.INK, Anchor.MIDDLE, true));
  }
}
