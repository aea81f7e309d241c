package dev.rote.figures.statistics;

import dev.rote.random.CounterRandom;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The {@link Dispersion}, over all examples or {@linkplain WithinClassDispersion within classes},
 * that R' repetitions will show, from the first R of them. It grows with repetitions.
 *
 * <p>Let e<sub>ir</sub> be 1 where example i is misclassified in repetition r, and repetitions be
 * alike and independent; errors of one repetition may depend on each other in any way, since one
 * network makes them. The variance V<sub>R</sub> of error rates between the n examples of a class
 * then has the expectation A + B / R, of which
 *
 * <pre>
 * B̂ = Σ_i Σ_r (e_ir − e_i· − e_·r + e_··)² / ((n − 1)(R − 1))
 * </pre>
 *
 * (the error term of the two-way analysis of variance) is an unbiased estimate of B. And p(1 - p)
 * of the mean rate p of R repetitions has the expectation u - S&sup2; / R, with the variance
 * S&sup2; of the class's rate e<sub>&middot;r</sub> between repetitions. So, with q = 1 / R - 1 /
 * R',
 *
 * <pre>
 * V_R' ≈ V_R − q B̂        p'(1 − p') ≈ p(1 − p) + q S²
 * </pre>
 *
 * take the places of V<sub>R</sub> and p(1 - p); at R' = R nothing changes. That D - 1 grows in
 * proportion to R - 1 would hold if a network's examples were wrong independently of each other:
 * where networks differ in how many examples of a class they get wrong, it is biased downwards.
 *
 * <p>The interval holds what resampling examples leaves open, as in a sweep of fixed repetitions,
 * and what the R' - R repetitions may still change: Student's interval of the jackknife over
 * repetitions (B. Efron and C. Stein, "The jackknife estimate of variance", Annals of Statistics 9
 * (1981): biased upwards), of whose variance the part (1 - R / R') is still open. The two are put
 * together side by side as G. Y. Zou and A. Donner do ("Construction of confidence limits about
 * effect measures", Statistics in Medicine 27 (2008)).
 */
public final class CarriedDispersion {
  private static final int ALL = -1;

  private final byte[][] wrong;
  private final int[] labels;
  private final int[][] groups;
  private final boolean withinClasses;
  private final int repetitions;
  private final int atMost;

  private CarriedDispersion(ErrorTable errors, int[] labels, boolean withinClasses, int atMost) {
    if (errors.repetitions() < 2 || errors.repetitions() > atMost) {
      throw new IllegalArgumentException(
          "needs 2 to " + atMost + " repetitions, were " + errors.repetitions());
    }
    this.wrong = errors.byExample();
    this.labels = labels;
    this.groups = ClassMembers.ofAtLeastTwo(labels);
    this.withinClasses = withinClasses;
    this.repetitions = errors.repetitions();
    this.atMost = atMost;
  }

  /**
   * Over all examples.
   *
   * @param atMost R', at least R
   * @throws IllegalArgumentException with fewer than two repetitions, or more than R'
   */
  public static CarriedDispersion overall(ErrorTable errors, int atMost) {
    return new CarriedDispersion(errors, new int[errors.examples()], false, atMost);
  }

  /**
   * Within classes.
   *
   * @param labels int[N], class of each example
   * @param atMost R', at least R
   * @throws IllegalArgumentException with fewer than two repetitions, or more than R'
   */
  public static CarriedDispersion withinClasses(ErrorTable errors, int[] labels, int atMost) {
    return new CarriedDispersion(errors, labels, true, atMost);
  }

  /** The dispersion at R'; NaN where chance predicts no spread. */
  public double estimate() {
    return carried(group -> k -> group[k], false, ALL);
  }

  /**
   * The estimate with an interval.
   *
   * @param level how often it may miss, in (0, 1)
   * @return with infinite ends when two repetitions alone cannot say how much they differ
   */
  public Interval at(double level) {
    CounterRandom random = PercentileBootstrap.stream("bootstrap");
    return opened(
        PercentileBootstrap.interval(
            estimate(), examples(), b -> resampled(random, b), Resampling.at(level)),
        this::without,
        level);
  }

  /**
   * The difference a - b of two lines with equally many repetitions, of which those of one number
   * are left out together; where both have the same labels, example i of one side is resampled
   * together with example i of the other.
   *
   * @param level how often the interval may miss, in (0, 1)
   */
  public static Interval ofDifference(CarriedDispersion a, CarriedDispersion b, double level) {
    if (a.repetitions != b.repetitions || a.atMost != b.atMost) {
      throw new IllegalArgumentException(
          "needs equally many repetitions, were " + a.repetitions + " and " + b.repetitions);
    }
    CounterRandom randomA = PercentileBootstrap.stream("bootstrap");
    CounterRandom randomB =
        Arrays.equals(a.labels, b.labels)
            ? randomA
            : PercentileBootstrap.stream("bootstrap-subtrahend");
    Interval examples =
        PercentileBootstrap.interval(
            a.estimate() - b.estimate(),
            Math.min(a.examples(), b.examples()),
            resample -> a.resampled(randomA, resample) - b.resampled(randomB, resample),
            Resampling.at(level));
    return a.opened(examples, r -> a.without(r) - b.without(r), level);
  }

  private int examples() {
    return Arrays.stream(groups).mapToInt(group -> group.length).sum();
  }

  /** The interval over examples, opened by what further repetitions may change. */
  private Interval opened(Interval examples, IntToDoubleFunction without, double level) {
    if (repetitions == atMost || Double.isNaN(examples.estimate())) {
      return examples;
    }
    double open =
        repetitions < 3
            ? Double.POSITIVE_INFINITY
            : TDistribution.of(repetitions - 1).inverseCumulativeProbability(1 - level / 2)
                * Math.sqrt(jackknife(without) * (1 - repetitions / (double) atMost));
    double estimate = examples.estimate();
    return new Interval(
        estimate,
        estimate - Math.hypot(Math.max(0, estimate - examples.low()), open),
        estimate + Math.hypot(Math.max(0, examples.high() - estimate), open),
        examples.samples());
  }

  private double jackknife(IntToDoubleFunction without) {
    double[] left = IntStream.range(0, repetitions).mapToDouble(without).toArray();
    double mean = MeanInterval.mean(left);
    double squares = Arrays.stream(left).map(one -> (one - mean) * (one - mean)).sum();
    return squares * (repetitions - 1) / repetitions;
  }

  private double without(int repetition) {
    return carried(group -> k -> group[k], false, repetition);
  }

  private double resampled(CounterRandom random, int resample) {
    return carried(
        group -> k -> group[(int) random.below(group.length, resample, group[k])], true, ALL);
  }

  /** Which example stands at a place of a group. */
  private interface Draw {
    IntUnaryOperator of(int[] group);
  }

  /**
   * The dispersion at R' of the examples drawn.
   *
   * @param resampled whether they were drawn from themselves, which shrinks squares: {@link
   *     WithinClassDispersion} corrects for it, whose classes may be small
   * @param omitted the repetition that is left out, or {@link #ALL}
   */
  private double carried(Draw draw, boolean resampled, int omitted) {
    double squares = 0;
    double chance = 0;
    for (int[] group : groups) {
      Sums sums = new Sums(draw.of(group), group.length, omitted);
      double n = group.length;
      squares += sums.squares() * (resampled && withinClasses ? n / (n - 1) : 1);
      chance += sums.chance();
    }
    return chance == 0 ? Double.NaN : squares / chance;
  }

  /** Sums over the examples of one group. */
  private final class Sums {
    private final double n;
    private final double r;
    private final double q;
    private double total;
    private double squaresOfExamples;
    private double squaresOfRepetitions;

    Sums(IntUnaryOperator index, int n, int omitted) {
      this.n = n;
      this.r = omitted == ALL ? repetitions : repetitions - 1;
      this.q = 1 / r - 1.0 / atMost;
      int[] ofRepetitions = new int[repetitions];
      for (int k = 0; k < n; k++) {
        byte[] example = wrong[index.applyAsInt(k)];
        int count = 0;
        for (int j = 0; j < repetitions; j++) {
          ofRepetitions[j] += example[j];
          count += example[j];
        }
        if (omitted != ALL) {
          count -= example[omitted];
        }
        total += count;
        squaresOfExamples += (double) count * count;
      }
      for (int j = 0; j < repetitions; j++) {
        squaresOfRepetitions += j == omitted ? 0 : (double) ofRepetitions[j] * ofRepetitions[j];
      }
    }

    /** (n - 1) V<sub>R'</sub>. */
    double squares() {
      double mean = total * total / (n * r);
      double between = (squaresOfExamples / r - mean) / r;
      double residual = (total - squaresOfExamples / r - squaresOfRepetitions / n + mean) / (r - 1);
      return between - q * residual;
    }

    /** What chance alone makes of {@link #squares}. */
    double chance() {
      double p = total / (n * r);
      double ofRates = (squaresOfRepetitions / (n * n) - r * p * p) / (r - 1);
      double draws = n * atMost;
      double unbiased = withinClasses ? draws / (draws - 1) : 1;
      return (n - 1) * (p * (1 - p) + q * ofRates) * unbiased / atMost;
    }
  }
}
