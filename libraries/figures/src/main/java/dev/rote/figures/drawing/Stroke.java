package dev.rote.figures.drawing;

import java.util.List;

/**
 * How a line is drawn.
 *
 * @param colour {@code #rrggbb}
 * @param width in points
 * @param dash lengths of ink and gap in points, alternating; empty: solid
 */
record Stroke(String colour, double width, List<Double> dash) {

  Stroke {
    dash = List.copyOf(dash);
  }

  static Stroke solid(String colour, double width) {
    return new Stroke(colour, width, List.of());
  }
}
