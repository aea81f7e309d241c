package dev.rote.corruption.datasets;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * Ends with a {@link TooSlowException} where a stream goes on after a point in time, or brings
 * hardly anything, and with a {@link CancellationException} where nobody waits for it, unless it is
 * quick.
 */
final class TimedStream extends InputStream {
  /** What it must bring in each {@link #STRETCH}. */
  private static final int FEWEST_BYTES = 64_000;

  /*
   * Where nobody waits any more: a large file takes longer than the door waits for the check of a
   * sweep, and is there when the sweep is submitted again.
   */
  private static final int FEWEST_UNAWAITED_BYTES = 30_000_000;

  private static final Duration STRETCH = Duration.ofSeconds(30);

  private final InputStream in;
  private final InstantSource clock;
  private final Instant end;
  private final Duration whole;
  private final BooleanSupplier stopped;
  private Instant stretch;
  private long before;
  private long read;

  /**
   * @param end when it must have ended
   * @param whole the time that it was given
   * @param stopped whether nobody waits for it any more
   */
  TimedStream(
      InputStream in, InstantSource clock, Instant end, Duration whole, BooleanSupplier stopped) {
    this.in = in;
    this.clock = clock;
    this.end = end;
    this.whole = whole;
    this.stopped = stopped;
    this.stretch = Instant.MAX;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] out, int offset, int length) throws IOException {
    int now = in.read(out, offset, length);
    if (now < 0) {
      return now;
    }
    Instant time = clock.instant();
    if (time.isAfter(end)) {
      throw new TooSlowException(
          "it took longer than " + whole + ", and had brought " + read + " bytes");
    }
    read += now;
    checkRate(time);
    return now;
  }

  private void checkRate(Instant time) throws TooSlowException {
    if (stretch.equals(Instant.MAX)) {
      stretch = time;
    }
    if (time.isBefore(stretch.plus(STRETCH))) {
      return;
    }
    long brought = read - before;
    if (brought < FEWEST_UNAWAITED_BYTES && stopped.getAsBoolean()) {
      throw new CancellationException("stopped while a file was fetched slowly");
    }
    if (brought < FEWEST_BYTES) {
      throw new TooSlowException(
          "it brought "
              + brought
              + " bytes in "
              + Duration.between(stretch, time).toSeconds()
              + " s, and must bring "
              + FEWEST_BYTES
              + " in "
              + STRETCH.toSeconds());
    }
    stretch = time;
    before = read;
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
