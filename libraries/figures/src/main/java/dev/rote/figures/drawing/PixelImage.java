package dev.rote.figures.drawing;

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
