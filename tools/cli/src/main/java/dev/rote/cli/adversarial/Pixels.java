package dev.rote.cli.adversarial;

import com.google.protobuf.ByteString;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** Inputs as the APIs carry them. */
final class Pixels {
  private static final float GREY_LEVELS = 255;

  private Pixels() {}

  /** From float32 little-endian. */
  static float[] of(ByteString littleEndian) {
    FloatBuffer floats =
        littleEndian.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    float[] values = new float[floats.remaining()];
    floats.get(values);
    return values;
  }

  /** Largest difference of any pixel, in grey levels (1/255). */
  static double largestChange(float[] from, float[] to) {
    double largest = 0;
    for (int i = 0; i < from.length; i++) {
      largest = Math.max(largest, Math.abs((double) to[i] - from[i]));
    }
    return largest * GREY_LEVELS;
  }

  /** The nearest of the 256 grey levels; values outside [0, 1] are cut off. */
  static int grey(float value) {
    return Math.round(Math.min(Math.max(value, 0), 1) * GREY_LEVELS);
  }
}
