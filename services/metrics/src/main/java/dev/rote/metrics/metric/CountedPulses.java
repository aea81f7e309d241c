package dev.rote.metrics.metric;

import java.util.function.DoubleConsumer;

/**
 * How much of a measurement is done, by the pulses that come from it. A measurement has parts, its
 * checkpoints, unless it looks at them together; the pulses of the part under way count against the
 * most that can come from it, as it says itself, or else against those of the part before.
 */
public final class CountedPulses implements Runnable {
  private final Runnable pulse;
  private final DoubleConsumer progress;
  private int parts;
  private long expected;
  private long seen;
  private int done;

  /**
   * @param progress told the share that is done, in [0, 1], after each pulse
   */
  public CountedPulses(Runnable pulse, int parts, DoubleConsumer progress) {
    this.pulse = pulse;
    this.parts = parts;
    this.progress = progress;
  }

  /**
   * Tells whoever counts pulses, if anybody does, that at most so many come from now on until the
   * part under way is done.
   */
  public static void expect(Runnable pulse, long most) {
    if (pulse instanceof CountedPulses counted) {
      counted.expected = most;
      counted.seen = 0;
    }
  }

  /** Tells whoever counts pulses, if anybody does, that the checkpoints are one part. */
  public static void together(Runnable pulse) {
    if (pulse instanceof CountedPulses counted) {
      counted.parts = 1;
    }
  }

  @Override
  public void run() {
    pulse.run();
    /* A pulse comes before the call that it stands for. */
    double share = expected == 0 ? 0 : Math.min(1, (double) seen / expected);
    seen++;
    progress.accept((done + share) / parts);
  }

  /** The part under way is measured. */
  void partDone() {
    expected = expected == 0 ? seen : expected;
    seen = 0;
    done++;
    progress.accept((double) done / parts);
  }
}
