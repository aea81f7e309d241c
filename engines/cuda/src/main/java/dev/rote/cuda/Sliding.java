package dev.rote.cuda;

import dev.rote.blueprint.Window;

/**
 * A window on an image; zero padding, where there is some, lies evenly around the image, and on the
 * far side where it is odd.
 *
 * @param image below the window
 * @param window that slides
 * @param outHeight places of the window from top to bottom
 * @param outWidth places from left to right
 */
record Sliding(ImageShape image, Window window, int outHeight, int outWidth) {

  /**
   * A window on an image.
   *
   * @throws IllegalArgumentException if the window does not fit
   */
  static Sliding of(ImageShape image, Window window) {
    return new Sliding(
        image, window, (int) window.outputOf(image.height()), (int) window.outputOf(image.width()));
  }

  int places() {
    return outHeight * outWidth;
  }

  int top() {
    return window.before(image.height());
  }

  int left() {
    return window.before(image.width());
  }

  /** Appends what kernels of pools ask for: image, output, window and its first corner. */
  Launch geometry(Launch launch) {
    return launch
        .with(image.height())
        .with(image.width())
        .with(image.channels())
        .with(outHeight())
        .with(outWidth())
        .with(window.size())
        .with(window.stride())
        .with(top())
        .with(left());
  }
}
