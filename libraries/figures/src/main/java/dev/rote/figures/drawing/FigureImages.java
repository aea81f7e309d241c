package dev.rote.figures.drawing;

import dev.rote.figures.FigureException;
import dev.rote.v1.Figure;

/** Pictures of figures. Equal figures give equal bytes. Not safe to share between threads. */
public final class FigureImages {
  private final Typeface typeface;

  /**
   * Reads the typeface.
   *
   * @throws FigureException with {@link FigureException.Reason#CANNOT_DRAW} when it is missing
   */
  public FigureImages() {
    this.typeface = Typeface.load();
  }

  /**
   * How large a figure is drawn.
   *
   * @param width in points, 1/72 inch, {@code height} likewise
   */
  public record Size(double width, double height) {}

  /** How large {@link #svg} and {@link #png} are. */
  public Size size(Figure figure) {
    FigureDrawing drawing = new FigureDrawing(figure, typeface);
    return new Size(drawing.width(), drawing.height());
  }

  /** The figure as an SVG element, without an XML declaration: it may stand inside an HTML page. */
  public String svg(Figure figure) {
    FigureDrawing drawing = new FigureDrawing(figure, typeface);
    SvgCanvas canvas =
        new SvgCanvas(drawing.width(), drawing.height(), figure.getName(), figure.getTitle());
    drawing.draw(canvas);
    return canvas.document();
  }

  /** The figure as a PNG file of 216 dots per inch. */
  public byte[] png(Figure figure) {
    FigureDrawing drawing = new FigureDrawing(figure, typeface);
    PngCanvas canvas = new PngCanvas(drawing.width(), drawing.height(), typeface);
    drawing.draw(canvas);
    return canvas.encode();
  }
}
