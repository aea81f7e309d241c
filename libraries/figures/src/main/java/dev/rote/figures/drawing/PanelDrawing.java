package dev.rote.figures.drawing;

import dev.rote.figures.drawing.Lettering.Anchor;

/** One panel, laid out: panels of a row are equally high. */
sealed interface PanelDrawing permits LinePanel, HeatMapPanel, ImagePanel {
  double TEXT_SIZE = 8;
  double TITLE_SIZE = 9;
  String AXIS = "#444444";

  /** Lengths of the panel. */
  PanelSize size();

  /** Rows of the key under the title. */
  default int keyRows() {
    return 0;
  }

  /** Draws the panel; its content starts under as many rows of key as the row of panels needs. */
  void draw(Canvas canvas, double left, double top, int keyRows);

  default double height(int keyRows) {
    return PanelSize.TITLE
        + keyRows * LegendEntry.ROW_HEIGHT
        + size().plotHeight()
        + PanelSize.BOTTOM;
  }

  /** The title above the middle of a panel's content. */
  static void drawTitle(
      Canvas canvas, String title, double middle, double top, PanelSize size, Typeface typeface) {
    FittedText fitted = FittedText.of(title, TITLE_SIZE, size.width() - PanelSize.RIGHT, typeface);
    canvas.text(
        fitted.text(),
        middle,
        top + TITLE_SIZE,
        Lettering.of(fitted.size(), FigureDrawing.INK, Anchor.MIDDLE));
  }

  static void drawNoData(Canvas canvas, double middle, double centre) {
    canvas.text("no data", middle, centre, Lettering.of(TITLE_SIZE, AXIS, Anchor.MIDDLE));
  }
}
