package dev.rote.figures.sequential;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The two-sided level at which Student's interval is taken at each look, so that all looks together
 * miss a true mean of normal values no more often than the error says.
 *
 * <p>The variance is estimated anew at each look, which {@linkplain Boundaries boundaries} for a
 * known variance do not know of: their levels with Student's quantiles miss 0.053 instead of 0.05
 * at looks from 3 to 60. So levels are taken from {@value #SEQUENCES} seeded sequences: at each
 * look so many of those that have not crossed cross as may be spent there. The first look is exact.
 * Over all looks that leaves a standard error of 0.0003 for an error of 0.05. Where fewer than
 * {@value #LEAST_CROSSING} sequences would cross, the level is that of a known variance.
 */
public final class NominalLevels {
  static final int SEQUENCES = 500_000;
  static final int LEAST_CROSSING = 20;

  private static final long SEED = 1;
  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
  private static final int MOST_KEPT = 256;

  private static final Map<Key, double[]> KNOWN = new ConcurrentHashMap<>();

  private record Key(List<Integer> looks, double error, Spending spending) {}

  private NominalLevels() {}

  /**
   * The levels of a design's looks; 0 at a look that decides nothing.
   *
   * @param error two-sided, in (0, 1): the design's, or a part of it
   * @return float64[looks]
   */
  public static double[] of(RepeatDesign design, double error) {
    if (KNOWN.size() > MOST_KEPT) {
      KNOWN.clear();
    }
    Key key = new Key(design.looks(), error, design.spending());
    return KNOWN.computeIfAbsent(key, any -> calibrated(design, error)).clone();
  }

  private static double[] calibrated(RepeatDesign design, double error) {
    double[] fractions = design.fractions();
    double[] known = Boundaries.of(design.spending(), error, fractions);
    double[] levels = new double[known.length];
    Sequences sequences = new Sequences();
    double spent = 0;
    for (int look = 0; look < levels.length; look++) {
      int repetitions = design.looks().get(look);
      sequences.goOn(look, repetitions);
      double allowed = design.spending().spent(error, fractions[look]) - spent;
      spent += allowed;
      if (look == 0 && Double.isFinite(known[0])) {
        levels[0] = allowed;
      } else {
        levels[look] =
            sequences
                .level(repetitions, allowed)
                .orElse(2 * NORMAL.survivalProbability(known[look]));
      }
      sequences.stop(repetitions, levels[look]);
    }
    return levels;
  }

  /** Critical value of Student's statistic at a two-sided level; infinite at 0. */
  static double critical(int repetitions, double level) {
    return level <= 0
        ? Double.POSITIVE_INFINITY
        : TDistribution.of(repetitions - 1).inverseSurvivalProbability(level / 2);
  }

  /** Sequences without an effect, all at one look at a time. */
  private static final class Sequences {
    private final double[] means = new double[SEQUENCES];
    private final double[] squares = new double[SEQUENCES];
    private final boolean[] crossed = new boolean[SEQUENCES];
    private final double[] statistics = new double[SEQUENCES];
    private int count;

    void goOn(int look, int repetitions) {
      NormalSequences draws = new NormalSequences(SEED + look);
      for (int i = 0; i < SEQUENCES; i++) {
        NormalSequences.Sum sum =
            draws.and(
                new NormalSequences.Sum(count, means[i], squares[i]), repetitions - count, 0, 1);
        means[i] = sum.mean();
        squares[i] = sum.squares();
        statistics[i] = crossed[i] ? 0 : Math.abs(sum.student(0));
      }
      count = repetitions;
    }

    OptionalDouble level(int repetitions, double allowed) {
      int crossing = (int) Math.round(allowed * SEQUENCES);
      if (crossing < LEAST_CROSSING) {
        return OptionalDouble.empty();
      }
      double[] sorted = statistics.clone();
      Arrays.sort(sorted);
      double critical = (sorted[SEQUENCES - crossing] + sorted[SEQUENCES - crossing - 1]) / 2;
      return OptionalDouble.of(2 * TDistribution.of(repetitions - 1).survivalProbability(critical));
    }

    void stop(int repetitions, double level) {
      double critical = critical(repetitions, level);
      for (int i = 0; i < SEQUENCES; i++) {
        crossed[i] |= statistics[i] > critical;
      }
    }
  }
}
