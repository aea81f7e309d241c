package dev.rote.corruption.formats;

/**
 * A decoded picture: grey, or red, green and blue.
 *
 * @param channels 1 or 3
 * @param levels uint8[channels, height, width]
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Picture(int channels, int height, int width, byte[] levels) {
  /* Weights of red, green and blue in 65536ths (ITU-R BT.601), as PIL turns colours into grey. */
  private static final int RED = 19_595;
  private static final int GREEN = 38_470;
  private static final int BLUE = 7_471;
  private static final int HALF = 0x8000;

  int pixels() {
    return height * width;
  }

  /** In grey, {@code (299 R + 587 G + 114 B) / 1000}, rounded. */
  Picture grey() {
    if (channels == 1) {
      return this;
    }
    byte[] grey = new byte[pixels()];
    for (int p = 0; p < grey.length; p++) {
      int sum =
          (levels[p] & 0xFF) * RED
              + (levels[p + grey.length] & 0xFF) * GREEN
              + (levels[p + 2 * grey.length] & 0xFF) * BLUE;
      grey[p] = (byte) ((sum + HALF) >> 16);
    }
    return new Picture(1, height, width, grey);
  }

  /** With three channels, all alike where it is grey. */
  Picture colour() {
    if (channels == 3) {
      return this;
    }
    byte[] colour = new byte[3 * pixels()];
    for (int c = 0; c < 3; c++) {
      System.arraycopy(levels, 0, colour, c * pixels(), pixels());
    }
    return new Picture(3, height, width, colour);
  }
}
