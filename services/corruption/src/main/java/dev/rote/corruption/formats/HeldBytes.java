package dev.rote.corruption.formats;

import javax.imageio.stream.ImageInputStreamImpl;

/**
 * Bytes that lie in memory as Java's codecs read them: those of one picture after the other. The
 * stream that the JDK has for them copies each picture once more and is noted in a list of all,
 * which takes a fifth of the time of a small one.
 */
final class HeldBytes extends ImageInputStreamImpl {
  private byte[] bytes = new byte[0];

  /** Reads other bytes from here on. */
  void hold(byte[] others) {
    bytes = others;
    streamPos = 0;
    flushedPos = 0;
    bitOffset = 0;
  }

  @Override
  public int read() {
    bitOffset = 0;
    return streamPos < bytes.length ? bytes[(int) streamPos++] & 0xFF : -1;
  }

  @Override
  public int read(byte[] to, int offset, int count) {
    bitOffset = 0;
    if (count == 0) {
      return 0;
    }
    if (streamPos >= bytes.length) {
      return -1;
    }
    int here = (int) Math.min(count, bytes.length - streamPos);
    System.arraycopy(bytes, (int) streamPos, to, offset, here);
    streamPos += here;
    return here;
  }

  @Override
  public long length() {
    return bytes.length;
  }
}
