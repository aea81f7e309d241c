package dev.rote.figures.drawing;

import dev.rote.spec.VisibleText;
import java.awt.image.BufferedImage;
import java.util.Base64;
import java.util.stream.Collectors;

/** Writes what is drawn as an SVG document; text stays text. */
final class SvgCanvas implements Canvas {
  private static final int LEAST_IMAGE_SIDE = 120;

  private final StringBuilder body = new StringBuilder();
  private final double width;
  private final double height;
  private final String name;
  private final String title;
  private int clips;

  /**
   * An empty drawing.
   *
   * @param name prefix of the ids inside, so that several drawings fit into one page
   * @param title read out in place of the drawing
   */
  SvgCanvas(double width, double height, String name, String title) {
    this.width = width;
    this.height = height;
    this.name = name;
    this.title = title;
  }

  @Override
  public void line(double[] x, double[] y, Stroke stroke) {
    body.append("<polyline fill=\"none\" stroke=\"")
        .append(stroke.colour())
        .append("\" stroke-width=\"")
        .append(number(stroke.width()));
    if (!stroke.dash().isEmpty()) {
      body.append("\" stroke-dasharray=\"")
          .append(stroke.dash().stream().map(SvgCanvas::number).collect(Collectors.joining(" ")));
    }
    body.append("\" stroke-linejoin=\"round\" points=\"");
    points(x, y);
    body.append("\"/>\n");
  }

  @Override
  public void area(double[] x, double[] y, String colour, double opacity) {
    body.append("<polygon fill=\"").append(colour);
    if (opacity < 1) {
      body.append("\" fill-opacity=\"").append(number(opacity));
    }
    body.append("\" points=\"");
    points(x, y);
    body.append("\"/>\n");
  }

  @Override
  public void disc(double x, double y, double radius, String colour) {
    body.append("<circle cx=\"")
        .append(number(x))
        .append("\" cy=\"")
        .append(number(y))
        .append("\" r=\"")
        .append(number(radius))
        .append("\" fill=\"")
        .append(colour)
        .append("\"/>\n");
  }

  @Override
  public void text(String text, double x, double y, Lettering lettering) {
    body.append("<text x=\"")
        .append(number(x))
        .append("\" y=\"")
        .append(number(y))
        .append("\" font-size=\"")
        .append(number(lettering.size()))
        .append("\" fill=\"")
        .append(lettering.colour())
        .append("\" text-anchor=\"")
        .append(
            switch (lettering.anchor()) {
              case START -> "start";
              case MIDDLE -> "middle";
              case END -> "end";
            });
    if (lettering.upwards()) {
      body.append("\" transform=\"rotate(-90 ")
          .append(number(x))
          .append(' ')
          .append(number(y))
          .append(')');
    }
    body.append("\">").append(escape(text)).append("</text>\n");
  }

  @Override
  public void image(PixelImage pixels, double x, double y, double width, double height) {
    body.append("<image x=\"")
        .append(number(x))
        .append("\" y=\"")
        .append(number(y))
        .append("\" width=\"")
        .append(number(width))
        .append("\" height=\"")
        .append(number(height))
        .append("\" preserveAspectRatio=\"none\" style=\"image-rendering:crisp-edges;")
        .append("image-rendering:pixelated\" href=\"data:image/png;base64,")
        .append(Base64.getEncoder().encodeToString(PngEncoder.encode(enlarged(pixels), 1)))
        .append("\"/>\n");
  }

  /** Pixels as blocks, so that a viewer that smooths images blurs no more than their edges. */
  private static BufferedImage enlarged(PixelImage pixels) {
    int block = Math.max(1, LEAST_IMAGE_SIDE / Math.max(pixels.width(), pixels.height()));
    BufferedImage image =
        new BufferedImage(
            pixels.width() * block, pixels.height() * block, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        image.setRGB(x, y, pixels.rgb(x / block, y / block));
      }
    }
    return image;
  }

  @Override
  public void clip(double x, double y, double width, double height) {
    String id = name + "-clip" + clips++;
    body.append("<clipPath id=\"")
        .append(id)
        .append("\"><rect x=\"")
        .append(number(x))
        .append("\" y=\"")
        .append(number(y))
        .append("\" width=\"")
        .append(number(width))
        .append("\" height=\"")
        .append(number(height))
        .append("\"/></clipPath>\n<g clip-path=\"url(#")
        .append(id)
        .append(")\">\n");
  }

  @Override
  public void unclip() {
    body.append("</g>\n");
  }

  /** The whole document, without an XML declaration: it may stand inside a page. */
  String document() {
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\""
        + number(width)
        + "pt\" height=\""
        + number(height)
        + "pt\" viewBox=\"0 0 "
        + number(width)
        + " "
        + number(height)
        + "\" role=\"img\" font-family=\""
        + Typeface.FAMILIES
        + "\">\n<title>"
        + escape(title)
        + "</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n"
        + body
        + "</svg>\n";
  }

  private void points(double[] x, double[] y) {
    for (int i = 0; i < x.length; i++) {
      if (i > 0) {
        body.append(' ');
      }
      body.append(number(x[i])).append(',').append(number(y[i]));
    }
  }

  /** Two decimals at most: 1/7200 inch. */
  private static String number(double value) {
    long hundredths = Math.round(value * 100);
    if (hundredths % 100 == 0) {
      return Long.toString(hundredths / 100);
    }
    return Double.toString(hundredths / 100.0);
  }

  private static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    VisibleText.line(text)
        .codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                default -> escaped.appendCodePoint(c);
              }
            });
    return escaped.toString();
  }
}
