package dev.rote.figures.drawing;

import com.google.protobuf.ByteString;
import dev.rote.v1.ImageGrid;

/** A small image whose pixels are drawn as rectangles of one colour. Immutable. */
final class PixelImage {
  private final int width;
  private final int height;
  private final int[] rgb;

  /**
   * An image.
   *
   * @param rgb int[height, width], each {@code 0xrrggbb}
   * @throws IllegalArgumentException when the number of pixels is another
   */
  PixelImage(int width, int height, int[] rgb) {
    if (width < 1 || height < 1 || rgb.length != width * height) {
      throw new IllegalArgumentException(
          "an image of " + width + " x " + height + " cannot have " + rgb.length + " pixels");
    }
    this.width = width;
    this.height = height;
    this.rgb = rgb.clone();
  }

  /** One image of a grid. */
  static PixelImage of(ImageGrid grid, int index) {
    int area = grid.getWidth() * grid.getHeight();
    int channels = grid.getChannels();
    ByteString pixels = grid.getPixels();
    int[] rgb = new int[area];
    for (int i = 0; i < area; i++) {
      int first = (index * area + i) * channels;
      int colour = 0;
      for (int channel = 0; channel < 3; channel++) {
        int at = first + Math.min(channel, channels - 1);
        colour = colour << 8 | (pixels.byteAt(at) & 0xff);
      }
      rgb[i] = colour;
    }
    return new PixelImage(grid.getWidth(), grid.getHeight(), rgb);
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  int rgb(int x, int y) {
    return rgb[y * width + x];
  }
}
