package dev.rote.figures.drawing;

/** A surface that figures are drawn on. Coordinates are in points, y down. */
interface Canvas {

  /** A line through points. */
  void line(double[] x, double[] y, Stroke stroke);

  /** A filled polygon without an edge. */
  void area(double[] x, double[] y, String colour, double opacity);

  /** A filled circle. */
  void disc(double x, double y, double radius, String colour);

  /** One line of text; {@code y} is its base line. */
  void text(String text, double x, double y, Lettering lettering);

  /** An image stretched over a rectangle, each pixel of one colour, without smoothing. */
  void image(PixelImage pixels, double x, double y, double width, double height);

  /** Restricts what follows to a rectangle, until {@link #unclip}. Does not nest. */
  void clip(double x, double y, double width, double height);

  void unclip();
}
