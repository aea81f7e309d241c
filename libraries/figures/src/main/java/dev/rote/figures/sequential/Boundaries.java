package dev.rote.figures.sequential;

import java.util.function.DoubleUnaryOperator;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.jspecify.annotations.Nullable;

/**
 * Two-sided boundaries of a standard normal statistic that is looked at several times, so that by
 * each look no more than a spending function allows has been crossed without an effect.
 *
 * <p>The density of the statistic that has not crossed is carried from look to look by Simpson's
 * rule, and each boundary found by bisection. Source: P. Armitage, C. K. McPherson, B. C. Rowe,
 * "Repeated significance tests on accumulating data", JRSS A 132 (1969).
 */
public final class Boundaries {
  private static final int POINTS = 2001;
  private static final double FARTHEST = 9;
  private static final int BISECTIONS = 60;

  /* Less than this of an error cannot be told from nothing by the integration. */
  private static final double NOTHING = 1e-12;

  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  private Boundaries() {}

  /**
   * The boundary z of each look; infinite where a look may spend nothing.
   *
   * @param error two-sided, in (0, 1)
   * @param fractions of information at each look, ascending, in (0, 1]
   * @throws IllegalArgumentException when they do not ascend
   */
  public static double[] of(Spending spending, double error, double[] fractions) {
    double[] boundaries = new double[fractions.length];
    @Nullable Density density = null;
    double before = 0;
    double spent = 0;
    for (int look = 0; look < fractions.length; look++) {
      double fraction = fractions[look];
      if (fraction <= before) {
        throw new IllegalArgumentException(
            "fractions must ascend, was " + fraction + " after " + before);
      }
      double allowed = spending.spent(error, fraction) - spent;
      Crossing crossing = crossing(density, fraction - before);
      double end = allowed < NOTHING ? Double.POSITIVE_INFINITY : end(crossing, allowed, fraction);
      if (allowed >= NOTHING) {
        spent += allowed;
      }
      boundaries[look] = end / Math.sqrt(fraction);
      double kept = Math.min(end, FARTHEST * Math.sqrt(fraction));
      density = Density.after(density, fraction - before, kept);
      before = fraction;
    }
    return boundaries;
  }

  /** How likely the sum of increments lies beyond an end now, having crossed none before. */
  @FunctionalInterface
  private interface Crossing {
    double beyond(double end);
  }

  private static Crossing crossing(@Nullable Density density, double step) {
    double deviation = Math.sqrt(step);
    return density == null
        ? end -> 2 * NORMAL.survivalProbability(end / deviation)
        : end ->
            density.integral(
                s ->
                    NORMAL.survivalProbability((end - s) / deviation)
                        + NORMAL.survivalProbability((end + s) / deviation));
  }

  private static double end(Crossing crossing, double allowed, double fraction) {
    double low = 0;
    double high = FARTHEST * Math.sqrt(fraction);
    for (int i = 0; i < BISECTIONS; i++) {
      double middle = (low + high) / 2;
      if (crossing.beyond(middle) > allowed) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }

  /** The density of what has not crossed, at points from -end to end. */
  private static final class Density {
    private final double end;
    private final double[] values;

    private Density(double end, double[] values) {
      this.end = end;
      this.values = values;
    }

    static Density after(@Nullable Density before, double step, double end) {
      double deviation = Math.sqrt(step);
      double[] values = new double[POINTS];
      for (int i = 0; i <= POINTS / 2; i++) {
        double s = at(end, i);
        values[i] =
            before == null
                ? NORMAL.density(s / deviation) / deviation
                : before.integral(u -> NORMAL.density((s - u) / deviation) / deviation);
        values[POINTS - 1 - i] = values[i];
      }
      return new Density(end, values);
    }

    private static double at(double end, int point) {
      return end * (2.0 * point / (POINTS - 1) - 1);
    }

    /** Simpson's rule. */
    double integral(DoubleUnaryOperator function) {
      double sum = 0;
      for (int i = 0; i < POINTS; i++) {
        int weight = i == 0 || i == POINTS - 1 ? 1 : i % 2 == 1 ? 4 : 2;
        sum += weight * values[i] * function.applyAsDouble(at(end, i));
      }
      return sum * 2 * end / (POINTS - 1) / 3;
    }
  }
}
