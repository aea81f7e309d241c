package dev.rote.artifacts.variants;

/** Grey levels 0 … 255 as values in [0, 1]. */
public final class Pixels {
  /** Levels of a byte: value 1.0 is level 255. */
  public static final int TOP = 255;

  private static final float[] VALUES = new float[TOP + 1];

  static {
    for (int level = 0; level <= TOP; level++) {
      VALUES[level] = level / (float) TOP;
    }
  }

  private Pixels() {}

  /** {@code level / 255}, rounded to float32. The level is taken as unsigned. */
  public static float value(byte level) {
    return VALUES[level & 0xFF];
  }

  /** The level whose value this is; exact for every result of {@link #value}. */
  public static byte level(float value) {
    return (byte) Math.round(value * TOP);
  }
}
