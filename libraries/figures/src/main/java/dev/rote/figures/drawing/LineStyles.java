package dev.rote.figures.drawing;

import java.util.List;

/** Dash patterns of the metrics of a panel, the first one solid. */
final class LineStyles {
  private static final List<List<Double>> DASHES =
      List.of(List.of(), List.of(4.0, 2.0), List.of(1.2, 1.6), List.of(6.0, 1.8, 1.2, 1.8));

  private LineStyles() {}

  static List<Double> dash(int style) {
    return DASHES.get(style % DASHES.size());
  }
}
