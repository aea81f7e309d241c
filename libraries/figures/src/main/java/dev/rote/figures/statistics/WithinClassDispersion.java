package dev.rote.figures.statistics;

import dev.rote.random.CounterRandom;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * How much more the examples of one class differ in difficulty among themselves than chance alone
 * would make them, pooled over classes: classes of unequal difficulty do not count.
 *
 * <p>D<sub>w</sub> = V / E with, over the C classes c of n<sub>c</sub> &ge; 2 examples and N the
 * sum of the n<sub>c</sub>,
 *
 * <pre>
 * V = Σ_c Σ_{i in c} (p̂_i − p̄_c)² / (N − C)
 * E = Σ_c (n_c − 1) u_c / R / (N − C),   u_c = p̄_c (1 − p̄_c) · n_c R / (n_c R − 1)
 * </pre>
 *
 * where p&#770;<sub>i</sub> = errors<sub>i</sub> / R and p&#772;<sub>c</sub> is its mean over class
 * c. V is the pooled variance of the analysis of variance (R. A. Fisher, "Statistical Methods for
 * Research Workers" (1925), section 41), E what it is expected to be when the errors of class c are
 * Binomial(R, p<sub>c</sub>): u<sub>c</sub> is the unbiased estimate of p<sub>c</sub>(1 -
 * p<sub>c</sub>) from n<sub>c</sub>R draws, and the weights n<sub>c</sub> - 1 are those of V. So
 * numerator and denominator have the same expectation under chance, whatever the sizes of classes.
 * With one class D<sub>w</sub> is {@link Dispersion} times 1 - 1 / (NR). Classes with one example
 * say nothing and are left out.
 *
 * <p>The 95 % interval is the {@linkplain PercentileBootstrap percentile bootstrap} over examples
 * within their class. Drawing n<sub>c</sub> examples from themselves shrinks the expected sum of
 * squares by (n<sub>c</sub> - 1) / n<sub>c</sub>; resampled sums are divided by that.
 *
 * <p>Differs from the paper: not in it. Its Fig 1 compares examples of all classes.
 */
public final class WithinClassDispersion {
  private final int[] errors;
  private final double repetitions;

  /** Classes that count; {@code members[c]} are positions in {@code errors}, ascending. */
  private final int[][] members;

  private WithinClassDispersion(int[] errors, int[] labels, int repetitions) {
    if (errors.length != labels.length || repetitions < 1) {
      throw new IllegalArgumentException(
          "within-class dispersion needs a label per example and 1 repetition, were "
              + labels.length
              + " labels for "
              + errors.length
              + " examples and "
              + repetitions);
    }
    this.errors = errors;
    this.repetitions = repetitions;
    this.members = ClassMembers.ofAtLeastTwo(labels);
  }

  /**
   * The dispersion and its interval.
   *
   * @param errors int[N], errors of each example, each in [0, repetitions]
   * @param labels int[N], class of each example
   * @param repetitions R, at least one
   * @return NaN when no class has two examples, or chance predicts no spread
   * @throws IllegalArgumentException without a label per example, or without a repetition
   */
  public static Interval of(int[] errors, int[] labels, int repetitions) {
    return of(errors, labels, repetitions, Resampling.USUAL);
  }

  /** The same from other resamples. */
  public static Interval of(int[] errors, int[] labels, int repetitions, Resampling resampling) {
    WithinClassDispersion classes = new WithinClassDispersion(errors, labels, repetitions);
    CounterRandom random = PercentileBootstrap.stream("bootstrap");
    return PercentileBootstrap.interval(
        classes.estimate(), classes.examples(), b -> classes.resampled(random, b), resampling);
  }

  /** D<sub>w</sub> alone, without its interval; NaN where {@link #of} is. */
  public static double estimate(int[] errors, int[] labels, int repetitions) {
    return new WithinClassDispersion(errors, labels, repetitions).estimate();
  }

  /**
   * Difference of two dispersions and its interval; where both sides have the same labels, example
   * i of one side is resampled together with example i of the other.
   */
  public static Interval ofDifference(
      int[] errorsA,
      int[] labelsA,
      int repetitionsA,
      int[] errorsB,
      int[] labelsB,
      int repetitionsB) {
    return ofDifference(
        errorsA, labelsA, repetitionsA, errorsB, labelsB, repetitionsB, Resampling.USUAL);
  }

  /** The same from other resamples. */
  public static Interval ofDifference(
      int[] errorsA,
      int[] labelsA,
      int repetitionsA,
      int[] errorsB,
      int[] labelsB,
      int repetitionsB,
      Resampling resampling) {
    WithinClassDispersion a = new WithinClassDispersion(errorsA, labelsA, repetitionsA);
    WithinClassDispersion b = new WithinClassDispersion(errorsB, labelsB, repetitionsB);
    CounterRandom randomA = PercentileBootstrap.stream("bootstrap");
    CounterRandom randomB =
        Arrays.equals(labelsA, labelsB)
            ? randomA
            : PercentileBootstrap.stream("bootstrap-subtrahend");
    return PercentileBootstrap.interval(
        a.estimate() - b.estimate(),
        Math.min(a.examples(), b.examples()),
        resample -> a.resampled(randomA, resample) - b.resampled(randomB, resample),
        resampling);
  }

  /** N, examples of the classes that count. */
  private int examples() {
    return Arrays.stream(members).mapToInt(positions -> positions.length).sum();
  }

  private double estimate() {
    double squares = 0;
    double chance = 0;
    for (int[] positions : members) {
      squares += squares(positions, k -> k);
      chance += chance(positions, k -> k);
    }
    return chance == 0 ? Double.NaN : squares / chance;
  }

  private double resampled(CounterRandom random, int resample) {
    double squares = 0;
    double chance = 0;
    for (int[] positions : members) {
      int n = positions.length;
      IntUnaryOperator draw = k -> (int) random.below(n, resample, positions[k]);
      squares += squares(positions, draw) * n / (n - 1);
      chance += chance(positions, draw);
    }
    return chance == 0 ? Double.NaN : squares / chance;
  }

  /** Sum of (p&#770; - p&#772;)&sup2; over one class. */
  private double squares(int[] positions, IntUnaryOperator index) {
    double sum = 0;
    double squares = 0;
    for (int k = 0; k < positions.length; k++) {
      double count = errors[positions[index.applyAsInt(k)]];
      sum += count;
      squares += count * count;
    }
    return (squares - sum * sum / positions.length) / (repetitions * repetitions);
  }

  /** What chance alone makes of {@link #squares} of one class: (n - 1) u / R. */
  private double chance(int[] positions, IntUnaryOperator index) {
    int n = positions.length;
    double sum = 0;
    for (int k = 0; k < n; k++) {
      sum += errors[positions[index.applyAsInt(k)]];
    }
    double draws = n * repetitions;
    double p = sum / draws;
    return (n - 1) * p * (1 - p) * draws / (draws - 1) / repetitions;
  }
}
