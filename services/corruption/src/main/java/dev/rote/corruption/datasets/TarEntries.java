package dev.rote.corruption.datasets;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads a POSIX (ustar) tar archive entry by entry. */
final class TarEntries {
  private static final int BLOCK = 512;
  private static final int NAME = 100;
  private static final int SIZE = 124;
  private static final int SIZE_DIGITS = 12;
  private static final int PREFIX = 345;
  private static final int PREFIX_LENGTH = 155;

  private final InputStream in;
  private long left;
  private int padding;

  TarEntries(InputStream in) {
    this.in = in;
  }

  /** Name of the next entry, null at the end. */
  @Nullable String next() throws IOException {
    in.skipNBytes(left + padding);
    byte[] header = in.readNBytes(BLOCK);
    if (header.length < BLOCK) {
      throw new EOFException("the archive ends inside a header");
    }
    if (Arrays.equals(header, new byte[BLOCK])) {
      return null;
    }
    left = size(header);
    padding = (int) ((BLOCK - left % BLOCK) % BLOCK);
    String prefix = text(header, PREFIX, PREFIX_LENGTH);
    String name = text(header, 0, NAME);
    return prefix.isEmpty() ? name : prefix + "/" + name;
  }

  /** The content of the entry named last. */
  InputStream content() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
      }

      @Override
      public int read(byte[] out, int offset, int length) throws IOException {
        if (left == 0) {
          return -1;
        }
        int read = in.read(out, offset, (int) Math.min(length, left));
        if (read < 0) {
          throw new EOFException("the archive ends inside an entry");
        }
        left -= read;
        return read;
      }
    };
  }

  private static long size(byte[] header) throws IOException {
    String digits = text(header, SIZE, SIZE_DIGITS).strip();
    try {
      return Long.parseUnsignedLong(digits, 8);
    } catch (NumberFormatException e) {
      throw new DamagedException("the size of an entry must be octal", e);
    }
  }

  private static String text(byte[] header, int offset, int length) {
    int end = offset;
    while (end < offset + length && header[end] != 0) {
      end++;
    }
    return new String(header, offset, end - offset, StandardCharsets.US_ASCII);
  }

  /** The bytes are no tar archive. */
  static final class DamagedException extends IOException {
    private static final long serialVersionUID = 1L;

    private DamagedException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
