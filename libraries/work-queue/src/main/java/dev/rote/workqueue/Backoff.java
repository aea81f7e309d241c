package dev.rote.workqueue;

import java.time.Duration;

/** Waiting times that double from a first one up to a cap. Not safe for use by several threads. */
final class Backoff {

  private final Duration first;
  private final Duration cap;
  private Duration next;

  Backoff(Duration first, Duration cap) {
    this.first = first;
    this.cap = cap;
    this.next = first;
  }

  Duration next() {
    Duration wait = next;
    Duration doubled = next.multipliedBy(2);
    next = doubled.compareTo(cap) > 0 ? cap : doubled;
    return wait;
  }

  void reset() {
    next = first;
  }

  void sleep() throws InterruptedException {
    Thread.sleep(next().toMillis());
  }
}
