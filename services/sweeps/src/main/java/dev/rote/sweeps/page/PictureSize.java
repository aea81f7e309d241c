package dev.rote.sweeps.page;

import dev.rote.figures.drawing.FigureImages;
import dev.rote.v1.Figure;

/**
 * The room that a picture takes before it is loaded, so that nothing below it jumps.
 *
 * @param width in pixels of a page, 1/96 inch, {@code height} likewise
 */
public record PictureSize(long width, long height) {
  private static final double PIXELS_PER_POINT = 96 / 72.0;

  static PictureSize of(Figure figure) {
    FigureImages.Size points = new FigureImages().size(figure);
    return new PictureSize(
        Math.round(PIXELS_PER_POINT * points.width()),
        Math.round(PIXELS_PER_POINT * points.height()));
  }
}
