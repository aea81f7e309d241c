package dev.rote.figures.drawing;

import dev.rote.figures.FigureException;
import dev.rote.figures.FigureException.Reason;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;

/** Encodes images as PNG files. */
final class PngEncoder {
  private static final double MILLIMETRES_PER_POINT = 25.4 / 72;

  private PngEncoder() {}

  /**
   * The file.
   *
   * @param pixelsPerPoint the resolution that is written into it
   * @throws FigureException with {@link Reason#CANNOT_DRAW} when this Java cannot encode PNG
   */
  static byte[] encode(BufferedImage image, double pixelsPerPoint) {
    Iterator<ImageWriter> writers = ImageIO.getImageWritersByFormatName("png");
    if (!writers.hasNext()) {
      throw new FigureException(Reason.CANNOT_DRAW, "this Java has no PNG encoder");
    }
    ImageWriter writer = writers.next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream stream = ImageIO.createImageOutputStream(bytes)) {
      IIOMetadata metadata =
          writer.getDefaultImageMetadata(
              ImageTypeSpecifier.createFromRenderedImage(image), writer.getDefaultWriteParam());
      metadata.mergeTree("javax_imageio_1.0", resolution(pixelsPerPoint));
      writer.setOutput(stream);
      writer.write(new IIOImage(image, null, metadata));
    } catch (IOException e) {
      throw new FigureException(Reason.CANNOT_DRAW, "the PNG image could not be encoded", e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static IIOMetadataNode resolution(double pixelsPerPoint) {
    IIOMetadataNode dimension = new IIOMetadataNode("Dimension");
    for (String name : new String[] {"HorizontalPixelSize", "VerticalPixelSize"}) {
      IIOMetadataNode size = new IIOMetadataNode(name);
      size.setAttribute("value", Double.toString(MILLIMETRES_PER_POINT / pixelsPerPoint));
      dimension.appendChild(size);
    }
    IIOMetadataNode root = new IIOMetadataNode("javax_imageio_1.0");
    root.appendChild(dimension);
    return root;
  }
}
