package dev.rote.corruption.datasets;

/** A small grey picture on which lines are drawn, anti-aliased. */
final class Canvas {
  /** Uniform bits for the noise of pixels. */
  interface Noise {
    long bits();
  }

  private static final double NOISE_DEVIATION = Math.sqrt(4 * (256.0 * 256.0 - 1) / 12);

  private final int width;
  private final int height;
  private final float[] ink;

  Canvas(int width, int height) {
    this.width = width;
    this.height = height;
    this.ink = new float[width * height];
  }

  /**
   * Draws a line with round ends; where lines cross, the darker one counts.
   *
   * @param radius half the width of the pen, in pixels; coverage falls from 1 to 0 over one pixel
   */
  void line(double fromX, double fromY, double toX, double toY, double radius) {
    double reach = radius + 0.5;
    int left = Math.max(0, (int) Math.ceil(Math.min(fromX, toX) - reach));
    int right = Math.min(width - 1, (int) Math.floor(Math.max(fromX, toX) + reach));
    int top = Math.max(0, (int) Math.ceil(Math.min(fromY, toY) - reach));
    int bottom = Math.min(height - 1, (int) Math.floor(Math.max(fromY, toY) + reach));
    double alongX = toX - fromX;
    double alongY = toY - fromY;
    double squared = Math.max(alongX * alongX + alongY * alongY, 1e-12);
    for (int y = top; y <= bottom; y++) {
      for (int x = left; x <= right; x++) {
        double t = ((x - fromX) * alongX + (y - fromY) * alongY) / squared;
        t = Math.min(1, Math.max(0, t));
        double dx = x - fromX - t * alongX;
        double dy = y - fromY - t * alongY;
        double coverage = reach - Math.sqrt(dx * dx + dy * dy);
        if (coverage > 0) {
          int at = y * width + x;
          ink[at] = Math.max(ink[at], (float) Math.min(1, coverage));
        }
      }
    }
  }

  /**
   * Turns ink into grey levels 0 … 255.
   *
   * @param strength level of full ink, in (0, 1]
   * @param noise standard deviation added to each pixel, as a sum of four uniform bytes
   */
  void develop(byte[] levels, double strength, double noise, Noise draws) {
    double scale = noise / NOISE_DEVIATION;
    long bits = 0;
    for (int i = 0; i < ink.length; i++) {
      bits = (i & 1) == 0 ? draws.bits() : bits >>> 32;
      long sum = (bits & 0xFF) + (bits >>> 8 & 0xFF) + (bits >>> 16 & 0xFF) + (bits >>> 24 & 0xFF);
      double value = ink[i] * strength + (sum - 510) * scale;
      levels[i] = (byte) Math.round(255 * Math.min(1, Math.max(0, value)));
    }
  }
}
