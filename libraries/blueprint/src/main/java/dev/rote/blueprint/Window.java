package dev.rote.blueprint;

/**
 * A square window that slides over an image.
 *
 * @param size side in pixels
 * @param stride in pixels
 * @param same whether zero padding keeps the size before striding; otherwise no padding
 */
public record Window(int size, int stride, boolean same) {

  /**
   * What a window that slides over an image makes of it.
   *
   * @param channels of the output
   * @throws IllegalArgumentException if it is no image, or smaller than the window
   */
  public Extent over(Extent image, int channels) {
    if (!image.isImage()) {
      throw new IllegalArgumentException(
          "needs an image, was given " + image + " units: put it before what flattens");
    }
    return Extent.image(
        channels,
        Math.toIntExact(outputOf(image.height())),
        Math.toIntExact(outputOf(image.width())));
  }

  /** Pixels of zero padding before the first one, with stride 1. */
  public int border() {
    return same ? (size - 1) / 2 : 0;
  }

  /**
   * Positions of the window along a side.
   *
   * @throws IllegalArgumentException if the window is larger than the side
   */
  public long outputOf(long side) {
    if (same) {
      return (side + stride - 1) / stride;
    }
    if (side < size) {
      throw new IllegalArgumentException(
          "a window of "
              + size
              + "x"
              + size
              + " does not fit into the "
              + side
              + "x"
              + side
              + " pixels that are left; use SAME padding, a smaller window or larger images");
    }
    return (side - size) / stride + 1;
  }
}
