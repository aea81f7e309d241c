package dev.rote.metrics.metric;

import java.util.function.DoubleConsumer;

/**
 * How much of a measurement is done, by the pulses that come from it: those of the checkpoint under
 * way count against the most that can come from it, or, where that is not known, against those of
 * the checkpoint before.
 */
public final class CountedPulses implements Runnable {
  private final Runnable pulse;
  private final int checkpoints;
  private final DoubleConsumer progress;
  private long expected;
  private long seen;
  private int done;

  /**
   * @param expected most pulses of a checkpoint, 0 if not known
   */
  public CountedPulses(Runnable pulse, int checkpoints, long expected, DoubleConsumer progress) {
    this.pulse = pulse;
    this.checkpoints = checkpoints;
    this.expected = expected;
    this.progress = progress;
  }

  @Override
  public void run() {
    pulse.run();
    /* A pulse comes before the call that it stands for. */
    double share = expected == 0 ? 0 : Math.min(1, (double) seen / expected);
    seen++;
    progress.accept((done + share) / checkpoints);
  }

  /** The checkpoint under way is measured. */
  void checkpointDone() {
    expected = expected == 0 ? seen : expected;
    seen = 0;
    done++;
    progress.accept((double) done / checkpoints);
  }
}
