package dev.rote.sgd;

import dev.rote.random.IndexPermutation;
import dev.rote.v1.TrialSpec;

/**
 * Which examples each step takes. Batch b of epoch e takes the examples that the permutation {@code
 * "order/e"} of the seed puts at the positions of batch b; the last batch of an epoch may be
 * smaller. Stateless: any step can be asked for at any time.
 */
public final class Batches {
  private final Schedule schedule;
  private final long seed;
  private final int largest;

  private Batches(Schedule schedule, long seed) {
    this.schedule = schedule;
    this.seed = seed;
    this.largest = Math.min(schedule.training().getBatchSize(), schedule.examples());
  }

  /**
   * The batches of a trial.
   *
   * @param trial all defaults filled in
   * @param examples N of the training split, at least 1
   */
  public static Batches of(TrialSpec trial, int examples) {
    return new Batches(Schedule.of(trial, examples), trial.getSeed());
  }

  /** Examples of the largest batch. */
  public int largest() {
    return largest;
  }

  /**
   * Writes the examples of a step.
   *
   * @param step from 0
   * @param indices int32[at least {@link #largest()}], written: each in [0, N)
   * @return how many the batch has
   */
  public int take(long step, int[] indices) {
    int n = schedule.examples();
    int epoch = schedule.epochOf(step);
    IndexPermutation order = IndexPermutation.of(seed, "order/" + epoch, n);
    int from = (int) (step % schedule.stepsPerEpoch()) * largest;
    int count = Math.min(largest, n - from);
    for (int i = 0; i < count; i++) {
      indices[i] = (int) order.apply(from + (long) i);
    }
    return count;
  }
}
