package dev.rote.figures.drawing;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;

/**
 * Paints what is drawn into a PNG image. Text is filled outlines: no font of the system is used.
 */
final class PngCanvas implements Canvas {
  /** Pixels per point: 216 dots per inch. */
  static final double SCALE = 3;

  private final BufferedImage image;
  private final Graphics2D graphics;
  private final Typeface typeface;

  PngCanvas(double width, double height, Typeface typeface) {
    this.typeface = typeface;
    this.image =
        new BufferedImage(
            (int) Math.ceil(width * SCALE),
            (int) Math.ceil(height * SCALE),
            BufferedImage.TYPE_INT_RGB);
    this.graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
    graphics.scale(SCALE, SCALE);
  }

  @Override
  public void line(double[] x, double[] y, Stroke stroke) {
    graphics.setColor(Color.decode(stroke.colour()));
    float[] dash = new float[stroke.dash().size()];
    for (int i = 0; i < dash.length; i++) {
      dash[i] = stroke.dash().get(i).floatValue();
    }
    graphics.setStroke(
        new BasicStroke(
            (float) stroke.width(),
            BasicStroke.CAP_BUTT,
            BasicStroke.JOIN_ROUND,
            1,
            dash.length == 0 ? null : dash,
            0));
    graphics.draw(path(x, y));
  }

  @Override
  public void area(double[] x, double[] y, String colour, double opacity) {
    Color opaque = Color.decode(colour);
    graphics.setColor(
        new Color(
            opaque.getRed(), opaque.getGreen(), opaque.getBlue(), (int) Math.round(255 * opacity)));
    Path2D path = path(x, y);
    path.closePath();
    graphics.fill(path);
  }

  @Override
  public void disc(double x, double y, double radius, String colour) {
    graphics.setColor(Color.decode(colour));
    graphics.fill(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
  }

  @Override
  public void text(String text, double x, double y, Lettering lettering) {
    double width = typeface.width(text, lettering.size());
    double shift =
        switch (lettering.anchor()) {
          case START -> 0;
          case MIDDLE -> -width / 2;
          case END -> -width;
        };
    AffineTransform place = AffineTransform.getTranslateInstance(x, y);
    if (lettering.upwards()) {
      place.rotate(-Math.PI / 2);
    }
    place.translate(shift, 0);
    graphics.setColor(Color.decode(lettering.colour()));
    graphics.fill(place.createTransformedShape(typeface.outline(text, lettering.size())));
  }

  @Override
  public void clip(double x, double y, double width, double height) {
    graphics.setClip(new Rectangle2D.Double(x, y, width, height));
  }

  @Override
  public void unclip() {
    graphics.setClip(null);
  }

  /** Pixels are snapped to those of the file, without blending: edges are sharp and meet. */
  @Override
  public void image(PixelImage pixels, double x, double y, double width, double height) {
    AffineTransform scaled = graphics.getTransform();
    graphics.setTransform(new AffineTransform());
    for (int row = 0; row < pixels.height(); row++) {
      int top = snapped(y + height * row / pixels.height());
      int bottom = snapped(y + height * (row + 1) / pixels.height());
      for (int column = 0; column < pixels.width(); column++) {
        int left = snapped(x + width * column / pixels.width());
        int right = snapped(x + width * (column + 1) / pixels.width());
        graphics.setColor(new Color(pixels.rgb(column, row)));
        graphics.fillRect(left, top, right - left, bottom - top);
      }
    }
    graphics.setTransform(scaled);
  }

  private static int snapped(double points) {
    return (int) Math.round(points * SCALE);
  }

  /** The PNG file. The canvas must not be used afterwards. */
  byte[] encode() {
    graphics.dispose();
    return PngEncoder.encode(image, SCALE);
  }

  private static Path2D path(double[] x, double[] y) {
    Path2D path = new Path2D.Double();
    path.moveTo(x[0], y[0]);
    for (int i = 1; i < x.length; i++) {
      path.lineTo(x[i], y[i]);
    }
    return path;
  }
}
