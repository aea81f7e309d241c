package dev.rote.figures.statistics;

import dev.rote.random.CounterRandom;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/**
 * The 95 % percentile bootstrap interval with {@value #RESAMPLES} resamples: ends are the order
 * statistics around the 2.5 % and 97.5 % points of the resampled statistic. Source: B. Efron,
 * "Bootstrap methods: another look at the jackknife", Annals of Statistics 7 (1979).
 *
 * <p>Draw (resample, example) comes from a stream of seed 1, so equal data give equal intervals.
 */
final class PercentileBootstrap {
  static final int RESAMPLES = 1000;
  private static final long SEED = 1;

  private PercentileBootstrap() {}

  /** The stream of draws under a name of its own. */
  static CounterRandom stream(String name) {
    return CounterRandom.of(SEED, name);
  }

  /**
   * The interval around an estimate; a point when the estimate or every resample is NaN.
   *
   * @param samples independent samples behind the estimate
   * @param statistic of the resample of that number, NaN where it is undefined
   */
  static Interval interval(double estimate, int samples, IntToDoubleFunction statistic) {
    return interval(estimate, samples, statistic, Resampling.USUAL);
  }

  /** The same from other resamples. */
  static Interval interval(
      double estimate, int samples, IntToDoubleFunction statistic, Resampling resampling) {
    double tail = resampling.tail();
    double[] resampled = new double[resampling.resamples()];
    for (int b = 0; b < resampled.length; b++) {
      resampled[b] = statistic.applyAsDouble(b);
    }
    double[] sorted = Arrays.stream(resampled).filter(Double::isFinite).sorted().toArray();
    if (sorted.length == 0 || Double.isNaN(estimate)) {
      return Interval.point(estimate, samples);
    }
    int low = (int) Math.floor(tail * (sorted.length - 1));
    int high = (int) Math.ceil((1 - tail) * (sorted.length - 1));
    return new Interval(estimate, sorted[low], sorted[high], samples);
  }
}
