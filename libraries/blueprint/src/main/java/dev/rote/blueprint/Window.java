package dev.rote.blueprint;

/**
 * A square window that slides over an image.
 *
 * @param size side in pixels
 * @param stride in pixels
 * @param same whether zero padding keeps the size before striding
 * @param pad pixels of zero padding on each side otherwise
 */
public record Window(int size, int stride, boolean same, int pad) {
  /** A window that is padded to keep the size, or not at all. */
  public Window(int size, int stride, boolean same) {
    this(size, stride, same, 0);
  }

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

  /**
   * Pixels of zero padding before the first one of a side; where padding that keeps the size is
   * odd, the far side has more.
   */
  public int before(int side) {
    return same ? (int) Math.max((outputOf(side) - 1) * stride + size - side, 0) / 2 : pad;
  }

  /**
   * Positions of the window along a side.
   *
   * @throws IllegalArgumentException if the window is larger than the side and its padding
   */
  public long outputOf(long side) {
    if (same) {
      return (side + stride - 1) / stride;
    }
    long padded = side + 2L * pad;
    if (padded < size) {
      throw new IllegalArgumentException(
          "a window of "
              + size
              + "x"
              + size
              + " does not fit into the "
              + padded
              + "x"
              + padded
              + " pixels that are left; use SAME padding, a smaller window or larger images");
    }
    return (padded - size) / stride + 1;
  }
}
