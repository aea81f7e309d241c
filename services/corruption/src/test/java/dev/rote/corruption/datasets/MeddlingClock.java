package dev.rote.corruption.datasets;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * Does something once when it is first looked at, as the cache does between the sum of a file and
 * its reading, to see what has not been used for long.
 */
final class MeddlingClock extends Clock {
  /** What is done, which may fail. */
  interface Meddling {
    void run() throws Exception;
  }

  private Meddling next;

  MeddlingClock(Meddling meddling) {
    this.next = meddling;
  }

  @Override
  public Instant instant() {
    Meddling now = next;
    next = () -> {};
    try {
      now.run();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    return Instant.now();
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
