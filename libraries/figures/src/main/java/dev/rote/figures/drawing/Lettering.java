package dev.rote.figures.drawing;

/**
 * How text is set.
 *
 * @param size in points
 * @param colour {@code #rrggbb}
 * @param anchor which part of the text stands at its position
 * @param upwards whether it runs upwards, turned by 90 degrees
 */
record Lettering(double size, String colour, Anchor anchor, boolean upwards) {

  /** The part of a text that stands at its position. */
  enum Anchor {
    START,
    MIDDLE,
    END
  }

  static Lettering of(double size, String colour, Anchor anchor) {
    return new Lettering(size, colour, anchor, false);
  }
}
