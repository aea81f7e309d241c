package dev.rote.corruption.formats;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Levels of a picture with those of a pixel side by side, as codecs leave them.
 *
 * @param data uint8
 * @param offset of the first pixel
 * @param rowStride bytes from a row to the next
 * @param pixelStride bytes from a pixel to the next
 * @param bandOffsets of each channel in a pixel
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Interleaved(byte[] data, int offset, int rowStride, int pixelStride, int[] bandOffsets) {
  private static final int COLOURS = 3;

  /* Eight pixels of three bytes are three numbers: 0, 3 and 6 are the places of a colour's bytes. */
  private static final int AT_ONCE = 8;
  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long THIRDS = 0x00FF0000FF0000FFL;

  /* Brings those of the places 0, 3 and 6 to 5, 6 and 7; all other products land elsewhere. */
  private static final long GATHER = (1L << 40) | (1L << 24) | (1L << 8);
  private static final int GATHERED = 40;

  /**
   * Puts channels one after the other.
   *
   * @param planes uint8[channels, height, width]
   */
  void apart(int height, int width, int channels, byte[] planes) {
    int pixels = height * width;
    boolean colours = channels == COLOURS && pixelStride == COLOURS;
    for (int y = 0; y < height; y++) {
      int from = offset + y * rowStride;
      int done = colours ? eights(from, width, y * width, pixels, planes) : 0;
      for (int c = 0; c < channels; c++) {
        int at = from + bandOffsets[c];
        int to = c * pixels + y * width;
        for (int x = done; x < width; x++) {
          planes[to + x] = data[at + x * pixelStride];
        }
      }
    }
  }

  /** Three colours, eight pixels at a time, which takes a third of the time; how many it did. */
  private int eights(int from, int width, int to, int pixels, byte[] planes) {
    int whole = width & -AT_ONCE;
    int[] plane = new int[COLOURS];
    for (int c = 0; c < COLOURS; c++) {
      plane[bandOffsets[c]] = to + c * pixels;
    }
    for (int x = 0; x < whole; x += AT_ONCE) {
      int at = from + x * COLOURS;
      long a = (long) EIGHT.get(data, at);
      long b = (long) EIGHT.get(data, at + Long.BYTES);
      long c = (long) EIGHT.get(data, at + 2 * Long.BYTES);
      EIGHT.set(
          planes, plane[0] + x, thirds(a) | (thirds(b >>> 8) << 24) | (thirds(c >>> 16) << 48));
      EIGHT.set(
          planes, plane[1] + x, thirds(a >>> 8) | (thirds(b >>> 16) << 24) | (thirds(c) << 40));
      EIGHT.set(
          planes, plane[2] + x, thirds(a >>> 16) | (thirds(b) << 16) | (thirds(c >>> 8) << 40));
    }
    return whole;
  }

  private static long thirds(long eight) {
    return ((eight & THIRDS) * GATHER) >>> GATHERED;
  }
}
