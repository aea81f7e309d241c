package dev.rote.figures.drawing;

import dev.rote.figures.FigureException;
import dev.rote.figures.FigureException.Reason;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.io.IOException;
import java.io.InputStream;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;

/**
 * The typeface of all figures, Liberation Sans, from the class path: figures look the same on a
 * machine without any font. Its widths are those of Arial and Helvetica.
 */
final class Typeface {
  /* PDFBox's jar carries the font (SIL Open Font License 1.1). */
  private static final String RESOURCE =
      "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

  /** Families that an SVG viewer looks for, in order; all of the same widths. */
  static final String FAMILIES = "Liberation Sans, Arial, Helvetica, sans-serif";

  private final TrueTypeFont font;
  private final CmapLookup characters;
  private final double unitsPerEm;

  private Typeface(TrueTypeFont font) throws IOException {
    this.font = font;
    this.characters = font.getUnicodeCmapLookup();
    this.unitsPerEm = font.getUnitsPerEm();
  }

  /**
   * Reads the font.
   *
   * @throws FigureException with {@link Reason#CANNOT_DRAW} when it is not on the class path
   */
  static Typeface load() {
    try (InputStream stream = TTFParser.class.getResourceAsStream(RESOURCE)) {
      if (stream == null) {
        throw new FigureException(
            Reason.CANNOT_DRAW, "the font " + RESOURCE + " is not on the class path");
      }
      return new Typeface(new TTFParser().parse(new RandomAccessReadBuffer(stream)));
    } catch (IOException e) {
      throw new FigureException(Reason.CANNOT_DRAW, "the font " + RESOURCE + " is damaged", e);
    }
  }

  /** Advance of a text in points. */
  double width(String text, double size) {
    try {
      double units = 0;
      for (int character : text.codePoints().toArray()) {
        units += font.getAdvanceWidth(characters.getGlyphId(character));
      }
      return units * size / unitsPerEm;
    } catch (IOException e) {
      throw new FigureException(Reason.CANNOT_DRAW, "the font " + RESOURCE + " is damaged", e);
    }
  }

  /** Outline of a text that starts at the origin, in points, y down. */
  Path2D outline(String text, double size) {
    try {
      double scale = size / unitsPerEm;
      Path2D outline = new Path2D.Double(Path2D.WIND_NON_ZERO);
      double x = 0;
      for (int character : text.codePoints().toArray()) {
        int glyph = characters.getGlyphId(character);
        var data = font.getGlyph().getGlyph(glyph);
        if (data != null) {
          outline.append(
              data.getPath()
                  .getPathIterator(new AffineTransform(scale, 0, 0, -scale, x * scale, 0)),
              false);
        }
        x += font.getAdvanceWidth(glyph);
      }
      return outline;
    } catch (IOException e) {
      throw new FigureException(Reason.CANNOT_DRAW, "the font " + RESOURCE + " is damaged", e);
    }
  }
}
