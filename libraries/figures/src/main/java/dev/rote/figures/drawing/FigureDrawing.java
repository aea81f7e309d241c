package dev.rote.figures.drawing;

import dev.rote.v1.Figure;
import dev.rote.v1.Panel;
import java.util.ArrayList;
import java.util.List;

/**
 * Lays a figure out: title, panels side by side (three in a row at most), and under them one legend
 * of the labels for all panels, so that nothing covers data. Panels of the same quantity share
 * their vertical axis.
 */
final class FigureDrawing {
  static final String INK = "#222222";
  private static final int PANELS_PER_ROW = 3;
  private static final double MARGIN = 8;
  private static final double TITLE_SIZE = 10.5;
  private static final double TITLE_HEIGHT = 20;
  private static final double TITLE_LINE = 13;
  private static final int TITLE_LINES = 3;
  private static final double LEGEND_GAP = 6;
  private static final double ROW_GAP = 10;

  private final Figure figure;
  private final Typeface typeface;
  private final Palette palette;
  private final List<List<PanelDrawing>> rows = new ArrayList<>();
  private final List<String> title;
  private final Legend legend;
  private final double width;
  private final double height;

  FigureDrawing(Figure figure, Typeface typeface) {
    this.figure = figure;
    this.typeface = typeface;
    this.palette = Palette.of(figure);
    int perRow = Math.min(PANELS_PER_ROW, Math.max(1, figure.getPanelsCount()));
    if (figure.getPanelsCount() == 4) {
      perRow = 2;
    }
    PanelSize size = PanelSize.forColumns(perRow);
    List<PanelDrawing> panels =
        figure.getPanelsList().stream().map(panel -> panel(panel, size)).toList();
    for (int first = 0; first < panels.size(); first += perRow) {
      rows.add(panels.subList(first, Math.min(panels.size(), first + perRow)));
    }
    this.width = 2 * MARGIN + perRow * size.width();
    this.title =
        WrappedText.of(figure.getTitle(), TITLE_SIZE, width - 2 * MARGIN, TITLE_LINES, typeface);
    this.legend = new Legend(figure, palette, width - 2 * MARGIN, typeface);
    double panelsHeight = rows.stream().mapToDouble(FigureDrawing::rowHeight).sum();
    this.height =
        MARGIN
            + titleHeight()
            + panelsHeight
            + ROW_GAP * Math.max(0, rows.size() - 1)
            + (legend.isEmpty() ? 0 : LEGEND_GAP + legend.height())
            + MARGIN;
  }

  private PanelDrawing panel(Panel panel, PanelSize size) {
    if (panel.hasHeatMap()) {
      return new HeatMapPanel(panel, ColourScale.of(figure, panel.getHeatMap()), size, typeface);
    }
    if (panel.hasImages()) {
      return new ImagePanel(panel, size, typeface);
    }
    List<Panel> alike =
        figure.getPanelsList().stream()
            .filter(
                other ->
                    other.getYLabel().equals(panel.getYLabel())
                        && other.getLogY() == panel.getLogY()
                        && Range.isScatter(other) == Range.isScatter(panel))
            .toList();
    return new LinePanel(panel, Range.ofValues(alike), size, palette, typeface);
  }

  double width() {
    return width;
  }

  double height() {
    return height;
  }

  void draw(Canvas canvas) {
    for (int line = 0; line < title.size(); line++) {
      canvas.text(
          title.get(line),
          width / 2,
          MARGIN + TITLE_SIZE + line * TITLE_LINE,
          Lettering.of(TITLE_SIZE, INK, Lettering.Anchor.MIDDLE));
    }
    double y = MARGIN + titleHeight();
    for (List<PanelDrawing> row : rows) {
      int keyRows = row.stream().mapToInt(PanelDrawing::keyRows).max().orElse(0);
      double x = MARGIN;
      for (PanelDrawing panel : row) {
        panel.draw(canvas, x, y, keyRows);
        x += panel.size().width();
      }
      y += rowHeight(row) + ROW_GAP;
    }
    legend.draw(canvas, width / 2, y - ROW_GAP + LEGEND_GAP);
  }

  private double titleHeight() {
    return TITLE_HEIGHT + (title.size() - 1) * TITLE_LINE;
  }

  private static double rowHeight(List<PanelDrawing> row) {
    int keyRows = row.stream().mapToInt(PanelDrawing::keyRows).max().orElse(0);
    return row.stream().mapToDouble(panel -> panel.height(keyRows)).max().orElse(0);
  }
}
