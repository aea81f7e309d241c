package dev.rote.figures.drawing;

/**
 * Lengths of a panel in points.
 *
 * @param plotWidth of the rectangle between the axes
 * @param plotHeight of the same
 */
record PanelSize(double plotWidth, double plotHeight) {
  static final double LEFT = 42;
  static final double RIGHT = 16;
  static final double BOTTOM = 32;
  static final double TITLE = 16;

  static PanelSize forColumns(int columns) {
    return switch (columns) {
      case 1 -> new PanelSize(330, 205);
      case 2 -> new PanelSize(225, 165);
      default -> new PanelSize(185, 145);
    };
  }

  double width() {
    return LEFT + plotWidth + RIGHT;
  }
}
