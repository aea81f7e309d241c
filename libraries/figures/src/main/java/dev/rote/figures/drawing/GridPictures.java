package dev.rote.figures.drawing;

import dev.rote.v1.ImageGrid;
import java.awt.image.BufferedImage;

/** The single images of a grid as files, for pages that lay them out themselves. */
public final class GridPictures {

  private GridPictures() {}

  /**
   * One image as a PNG file, a pixel for each of its values.
   *
   * @param index in the order of the grid
   * @throws dev.rote.figures.FigureException with {@code CANNOT_DRAW} when this Java cannot encode
   *     PNG
   */
  public static byte[] png(ImageGrid grid, int index) {
    PixelImage pixels = PixelImage.of(grid, index);
    BufferedImage image =
        new BufferedImage(pixels.width(), pixels.height(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < pixels.height(); y++) {
      for (int x = 0; x < pixels.width(); x++) {
        image.setRGB(x, y, pixels.rgb(x, y));
      }
    }
    return PngEncoder.encode(image, 1);
  }
}
