package dev.rote.recipes;

import dev.rote.random.CounterRandom;
import dev.rote.random.IndexPermutation;
import dev.rote.v1.TrainingSpec.Sampling;
import dev.rote.v1.TrialSpec;
import org.jspecify.annotations.Nullable;

/**
 * Which examples each step takes. Stateless: any step can be asked for at any time.
 *
 * <p>Sampling by epochs: batch b of epoch e takes the examples that the permutation {@code
 * "order/e"} of the seed puts at the positions of batch b; the last batch of an epoch may be
 * smaller, and a batch is never larger than the split.
 *
 * <p>Sampling with replacement: place i of step s is the uniform draw (s, i) of stream {@code
 * "batch"} of the seed from all N examples. Draws do not know of each other, so every batch has the
 * size that is asked for, also where the split is smaller.
 */
public final class Batches {
  private final Schedule schedule;
  private final long seed;
  private final boolean replaced;
  private final int largest;

  /* Of the epoch asked for last: most calls are for the same one. */
  private volatile @Nullable Order newest;

  private Batches(Schedule schedule, long seed) {
    this.schedule = schedule;
    this.seed = seed;
    this.replaced = schedule.training().getSampling() == Sampling.WITH_REPLACEMENT;
    int size = schedule.training().getBatchSize();
    this.largest = replaced ? size : Math.min(size, schedule.examples());
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
    return replaced ? drawn(step, indices) : ordered(step, indices);
  }

  private int drawn(long step, int[] indices) {
    CounterRandom random = CounterRandom.of(seed, "batch");
    for (int i = 0; i < largest; i++) {
      indices[i] = (int) random.below(schedule.examples(), step, i);
    }
    return largest;
  }

  private int ordered(long step, int[] indices) {
    int n = schedule.examples();
    IndexPermutation order = order(schedule.epochOf(step), n);
    int from = (int) (step % schedule.stepsPerEpoch()) * largest;
    int count = Math.min(largest, n - from);
    for (int i = 0; i < count; i++) {
      indices[i] = (int) order.apply(from + (long) i);
    }
    return count;
  }

  private IndexPermutation order(int epoch, int n) {
    Order known = newest;
    if (known == null || known.epoch() != epoch) {
      known = new Order(epoch, IndexPermutation.of(seed, "order/" + epoch, n));
      newest = known;
    }
    return known.permutation();
  }

  private record Order(int epoch, IndexPermutation permutation) {}
}
