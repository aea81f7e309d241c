package dev.rote.workqueue;

import java.time.Duration;

/**
 * How much work a worker may hold: what its slots work on and, while work is short, as much beside
 * it as the slots finish in a fifth of a second, one piece for each slot at least, so that they
 * need not wait for the next offers: from one's end to the next one's claim half a second can pass.
 * Safe for use by several threads.
 */
final class Capacity {
  private static final double AHEAD_NANOS = 2e8;
  private static final double SHORT_NANOS = 1e9;
  private static final int MOST_AHEAD = 64;

  /** Of the newest duration in the mean: a single long one ends the taking ahead. */
  private static final double WEIGHT = 0.125;

  private final int slots;
  private int held;
  private double meanNanos = Double.POSITIVE_INFINITY;

  Capacity(int slots) {
    this.slots = slots;
  }

  /** Waits for room, and returns how much work may be taken; 0 if there was none in time. */
  int await(Duration patience) throws InterruptedException {
    return await(patience, false);
  }

  /**
   * Like {@link #await(Duration)}.
   *
   * @param alone whether there is room for one piece only, and only while none is under way
   */
  synchronized int await(Duration patience, boolean alone) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    long left = patience.toNanos();
    while (free(alone) == 0 && left > 0) {
      wait(Math.max(1, left / 1_000_000));
      left = end - System.nanoTime();
    }
    return free(alone);
  }

  private int free(boolean alone) {
    if (alone) {
      return held == 0 ? 1 : 0;
    }
    return Math.max(0, slots + ahead() - held);
  }

  private int ahead() {
    if (meanNanos > SHORT_NANOS) {
      return 0;
    }
    return (int) Math.min(MOST_AHEAD, slots * Math.max(1, AHEAD_NANOS / meanNanos));
  }

  synchronized void taken() {
    held++;
  }

  /** Work ended that a slot was busy with for so long. */
  synchronized void ended(long nanos) {
    meanNanos = Double.isInfinite(meanNanos) ? nanos : meanNanos + WEIGHT * (nanos - meanNanos);
    givenBack();
  }

  /** Work was given back that no slot had come to. */
  synchronized void givenBack() {
    held--;
    notifyAll();
  }
}
