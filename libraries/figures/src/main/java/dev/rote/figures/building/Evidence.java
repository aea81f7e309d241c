package dev.rote.figures.building;

import dev.rote.figures.building.Finding.Bound;
import dev.rote.figures.sequential.MeansInterval;
import dev.rote.figures.statistics.Interval;
import dev.rote.figures.statistics.MeanInterval;
import dev.rote.v1.ValueSpread;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;

/** What speaks for and against a claim before all repetitions are there: intervals at any level. */
sealed interface Evidence {

  /** What is computed, or why nothing is. */
  String words();

  /** Evidence that has intervals. */
  sealed interface Measured extends Evidence {
    /**
     * The interval at a level; infinite where an end is not known.
     *
     * @param level how often it may miss, in (0, 1)
     */
    Interval at(double level);

    /** The values that the statistic is the mean of; empty where it is another. */
    default Optional<ValueSpread> spread() {
      return Optional.empty();
    }
  }

  /** Nothing can be judged, whatever repetitions follow. */
  record Never(String words) implements Evidence {}

  /** A repetition counts as worse for the claim than every number: it fails. */
  record Endless(String words) implements Evidence {}

  /** One value a repetition, of which the mean is claimed. */
  final class Values implements Measured {
    private final double[] values;
    private final MetricRange range;
    private final Bound bound;
    private final String words;

    /**
     * @param values float64[R]
     * @param range that the values can have
     * @param bound what the mean is known to be
     */
    Values(double[] values, MetricRange range, Bound bound, String words) {
      this.values = values.clone();
      this.range = range;
      this.bound = bound;
      this.words = words;
    }

    @Override
    public String words() {
      return words;
    }

    Bound bound() {
      return bound;
    }

    int size() {
      return values.length;
    }

    double first() {
      return values[0];
    }

    /** Whether all values are equal, so that they say nothing of their spread. */
    boolean isConstant() {
      return Arrays.stream(values).allMatch(value -> value == values[0]);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Equal values have no spread to make an interval of: they are one only if the sign test
     * says so.
     */
    @Override
    public Interval at(double level) {
      int n = values.length;
      double mean = MeanInterval.mean(values);
      if (n < 2 || (isConstant() && !MeanInterval.equalSuffice(n, level))) {
        return new Interval(mean, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, n);
      }
      Interval known = range.mean(values, level);
      return new Interval(
          known.estimate(),
          bound == Bound.AT_MOST ? Double.NEGATIVE_INFINITY : known.low(),
          bound == Bound.AT_LEAST ? Double.POSITIVE_INFINITY : known.high(),
          n);
    }

    @Override
    public Optional<ValueSpread> spread() {
      if (bound != Bound.EXACT) {
        return Optional.empty();
      }
      return Optional.of(
          ValueSpread.newBuilder()
              .setRepetitions(values.length)
              .setMean(MeanInterval.mean(values))
              .setDeviation(values.length < 2 ? 0 : Math.sqrt(MeanInterval.variance(values)))
              .build());
    }
  }

  /** A statistic of several means. */
  final class OfMeans implements Measured {
    private final double[][] rows;
    private final ToDoubleFunction<double[]> statistic;
    private final String words;

    /**
     * @param rows float64[R, means]
     */
    OfMeans(double[][] rows, ToDoubleFunction<double[]> statistic, String words) {
      this.rows = rows;
      this.statistic = statistic;
      this.words = words;
    }

    @Override
    public String words() {
      return words;
    }

    @Override
    public Interval at(double level) {
      return MeansInterval.of(rows, statistic, level);
    }
  }

  /** A statistic that is resampled over examples. */
  record OfExamples(DoubleFunction<Interval> intervals, String words) implements Measured {
    @Override
    public Interval at(double level) {
      return intervals.apply(level);
    }
  }
}
