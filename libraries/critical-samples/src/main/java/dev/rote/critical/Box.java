package dev.rote.critical;

/**
 * The boxes {@code [x - r, x + r]} around the values of a group of examples, or their part in [0,
 * 1]. Around a value outside [0, 1], that part ends at the value itself.
 *
 * <p>Bounds are rounded towards x where r exceeds the spacing of floats there, so that a point that
 * was clipped is never farther than r from x, not by a rounding error either.
 */
final class Box {
  private final float[] low;
  private final float[] high;

  /**
   * @param values x, copied
   * @param count number of values
   * @param radius r, at least 0
   * @param clip whether the boxes end at 0 and 1, too
   */
  Box(float[] values, int count, double radius, boolean clip) {
    this.low = new float[count];
    this.high = new float[count];
    for (int i = 0; i < count; i++) {
      float x = values[i];
      float below = (float) (x - radius);
      float above = (float) (x + radius);
      low[i] = (double) x - below > radius ? Math.nextUp(below) : below;
      high[i] = (double) above - x > radius ? Math.nextDown(above) : above;
      if (clip) {
        low[i] = Math.min(x, Math.max(low[i], 0));
        high[i] = Math.max(x, Math.min(high[i], 1));
      }
    }
  }

  /** Moves {@code points[at … at + length)} into the boxes of the values at the same positions. */
  void clip(float[] points, int at, int length) {
    for (int i = at; i < at + length; i++) {
      points[i] = Math.min(Math.max(points[i], low[i]), high[i]);
    }
  }
}
