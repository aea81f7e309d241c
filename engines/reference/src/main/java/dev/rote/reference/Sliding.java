package dev.rote.reference;

import dev.rote.blueprint.Window;

/**
 * The places of a window on an image of height x width; zero padding, where there is some, lies
 * evenly around the image, and on the far side where it is odd.
 */
final class Sliding {
  private final Window window;
  private final int height;
  private final int width;
  private final int outHeight;
  private final int outWidth;

  Sliding(Window window, int height, int width) {
    this.window = window;
    this.height = height;
    this.width = width;
    this.outHeight = (int) window.outputOf(height);
    this.outWidth = (int) window.outputOf(width);
  }

  /** A pixel under a place of the window. */
  interface Visitor {
    /**
     * Called for each.
     *
     * @param place row-major number of the place of the window
     * @param tap row-major number of the pixel in the window
     * @param pixel row-major number of the pixel in the image
     */
    void visit(int place, int tap, int pixel);
  }

  int outHeight() {
    return outHeight;
  }

  int outWidth() {
    return outWidth;
  }

  /** Visits all pixels under all places, padding left out. */
  void each(Visitor visitor) {
    int top = window.before(height);
    int left = window.before(width);
    for (int place = 0; place < outHeight * outWidth; place++) {
      int y0 = place / outWidth * window.stride() - top;
      int x0 = place % outWidth * window.stride() - left;
      for (int tap = 0; tap < window.size() * window.size(); tap++) {
        int y = y0 + tap / window.size();
        int x = x0 + tap % window.size();
        if (y >= 0 && y < height && x >= 0 && x < width) {
          visitor.visit(place, tap, y * width + x);
        }
      }
    }
  }
}
