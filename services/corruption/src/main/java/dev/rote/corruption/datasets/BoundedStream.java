package dev.rote.corruption.datasets;

import java.io.IOException;
import java.io.InputStream;

/** Ends with a {@link LengthException} where a stream goes on after a number of bytes. */
final class BoundedStream extends InputStream {
  private final InputStream in;
  private final long most;
  private long read;

  BoundedStream(InputStream in, long most) {
    this.in = in;
    this.most = most;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] out, int offset, int length) throws IOException {
    int now = in.read(out, offset, length);
    read += Math.max(now, 0);
    if (read > most) {
      throw LengthException.longer(most);
    }
    return now;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
