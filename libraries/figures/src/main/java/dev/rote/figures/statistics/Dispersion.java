package dev.rote.figures.statistics;

import dev.rote.random.CounterRandom;
import java.util.function.IntUnaryOperator;

/**
 * How much more the examples differ in difficulty than chance alone would make them.
 *
 * <p>D = Var(p&#770;) / (p(1 - p) / R), where p&#770;<sub>i</sub> = errors<sub>i</sub> / R is the
 * error rate of example i over R repetitions, p its mean over the N examples, and Var the unbiased
 * sample variance (denominator N - 1). With one error probability for all examples the errors are
 * Binomial(R, p) and E[D] = 1; examples that are always easy or always hard drive it up to R.
 * Source: the binomial dispersion index, R. A. Fisher, "Statistical Methods for Research Workers"
 * (1925), section 19; the statistic for Fig 1 of Arpit et al. (2017).
 *
 * <p>The 95 % interval is the {@linkplain PercentileBootstrap percentile bootstrap} over examples.
 */
public final class Dispersion {
  private Dispersion() {}

  /**
   * The dispersion and its interval.
   *
   * @param errors int[N], errors of each example, each in [0, repetitions]
   * @param repetitions R, at least one
   * @return NaN when every example is always right or always wrong, where chance predicts no spread
   * @throws IllegalArgumentException with fewer than two examples or no repetition
   */
  public static Interval of(int[] errors, int repetitions) {
    return of(errors, repetitions, Resampling.USUAL);
  }

  /** The same from other resamples. */
  public static Interval of(int[] errors, int repetitions, Resampling resampling) {
    check(errors, repetitions);
    CounterRandom random = PercentileBootstrap.stream("bootstrap");
    return PercentileBootstrap.interval(
        estimate(errors, repetitions),
        errors.length,
        b -> resampled(errors, repetitions, random, b),
        resampling);
  }

  /** D alone, without its interval; NaN where {@link #of} is. */
  public static double estimate(int[] errors, int repetitions) {
    check(errors, repetitions);
    return dispersion(errors, repetitions, i -> i);
  }

  /**
   * Difference of two dispersions and its interval; with equally many examples, example i of one
   * side is resampled together with example i of the other.
   */
  public static Interval ofDifference(
      int[] errorsA, int repetitionsA, int[] errorsB, int repetitionsB) {
    return ofDifference(errorsA, repetitionsA, errorsB, repetitionsB, Resampling.USUAL);
  }

  /** The same from other resamples. */
  public static Interval ofDifference(
      int[] errorsA, int repetitionsA, int[] errorsB, int repetitionsB, Resampling resampling) {
    double estimate = estimate(errorsA, repetitionsA) - estimate(errorsB, repetitionsB);
    boolean paired = errorsA.length == errorsB.length;
    CounterRandom randomA = PercentileBootstrap.stream("bootstrap");
    CounterRandom randomB = paired ? randomA : PercentileBootstrap.stream("bootstrap-subtrahend");
    return PercentileBootstrap.interval(
        estimate,
        Math.min(errorsA.length, errorsB.length),
        b ->
            resampled(errorsA, repetitionsA, randomA, b)
                - resampled(errorsB, repetitionsB, randomB, b),
        resampling);
  }

  private static double resampled(
      int[] errors, int repetitions, CounterRandom random, int resample) {
    return dispersion(errors, repetitions, i -> (int) random.below(errors.length, resample, i));
  }

  private static double dispersion(int[] errors, int repetitions, IntUnaryOperator index) {
    int n = errors.length;
    long sum = 0;
    long squares = 0;
    for (int i = 0; i < n; i++) {
      long count = errors[index.applyAsInt(i)];
      sum += count;
      squares += count * count;
    }
    double r = repetitions;
    double p = sum / (n * r);
    double variance = (squares - (double) sum * sum / n) / (n - 1) / (r * r);
    double chance = p * (1 - p) / r;
    return chance == 0 ? Double.NaN : variance / chance;
  }

  private static void check(int[] errors, int repetitions) {
    if (errors.length < 2 || repetitions < 1) {
      throw new IllegalArgumentException(
          "dispersion needs at least 2 examples and 1 repetition, were "
              + errors.length
              + " and "
              + repetitions);
    }
  }
}
