package dev.rote.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Values as little-endian bytes, a chunk at a time. */
final class ValueBytes {
  private static final int CHUNK_VALUES = 1 << 14;

  private ValueBytes() {}

  /** Takes bytes. */
  interface Taker {
    void take(byte[] bytes, int length) throws IOException;
  }

  static void of(float[] values, Taker taker) throws IOException {
    ByteBuffer chunk =
        ByteBuffer.allocate(CHUNK_VALUES * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at < values.length; at += CHUNK_VALUES) {
      int count = Math.min(CHUNK_VALUES, values.length - at);
      chunk.asFloatBuffer().put(values, at, count);
      taker.take(chunk.array(), count * Float.BYTES);
    }
  }

  static void of(long value, Taker taker) throws IOException {
    byte[] bytes =
        ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
    taker.take(bytes, bytes.length);
  }
}
