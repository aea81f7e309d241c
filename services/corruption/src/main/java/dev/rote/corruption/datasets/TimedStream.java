package dev.rote.corruption.datasets;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Ends with a {@link TooSlowException} where a stream goes on after a point in time. */
final class TimedStream extends InputStream {
  private final InputStream in;
  private final InstantSource clock;
  private final Instant end;
  private final Duration whole;
  private long read;

  /**
   * @param end when it must have ended
   * @param whole the time that it was given
   */
  TimedStream(InputStream in, InstantSource clock, Instant end, Duration whole) {
    this.in = in;
    this.clock = clock;
    this.end = end;
    this.whole = whole;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] out, int offset, int length) throws IOException {
    int now = in.read(out, offset, length);
    if (now >= 0 && clock.instant().isAfter(end)) {
      throw new TooSlowException(
          "it took longer than " + whole + ", and had brought " + read + " bytes");
    }
    read += Math.max(now, 0);
    return now;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /** The time is over. */
  static final class TooSlowException extends IOException {
    private static final long serialVersionUID = 1L;

    private TooSlowException(String message) {
      super(message);
    }
  }
}
