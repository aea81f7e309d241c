package dev.rote.figures.sequential;

import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Claims about synthetic sweeps: normal values whose mean lies an effect above the threshold of a
 * claim that it is above, judged by a design or after a fixed number of repetitions.
 */
public final class SyntheticClaims {
  private static final double LARGEST_FUTILE = 8;
  private static final int BISECTIONS = 16;

  /**
   * What came of many sweeps.
   *
   * @param holds share of claims that were found to hold
   * @param fails share found to be wrong
   * @param futile share given up
   * @param repetitions mean number of repetitions
   */
  public record Outcomes(
      int sweeps, double holds, double fails, double futile, double repetitions) {

    /** Standard error of a share. */
    public double error(double share) {
      return Math.sqrt(share * (1 - share) / sweeps);
    }
  }

  private SyntheticClaims() {}

  /**
   * Where the mean of a claim's values lies, in standard deviations of a repetition above the
   * threshold: known, or drawn anew for each sweep from what a pilot leaves possible.
   *
   * @param repetitions of the pilot, at least 2; 0: the effect is known
   * @param mean of its values less the threshold, in their standard deviations
   */
  public record Effect(int repetitions, double mean) {

    public static Effect known(double effect) {
      return new Effect(0, effect);
    }

    private double draw(NormalSequences draws) {
      if (repetitions == 0) {
        return mean;
      }
      double deviation = Math.sqrt((repetitions - 1) / draws.chiSquared(repetitions - 1));
      return mean / deviation + draws.gaussian() / Math.sqrt(repetitions);
    }
  }

  /** Sweeps that repeat until decided, of an effect that is known. */
  public static Outcomes repeated(RepeatDesign design, double effect, int sweeps, long seed) {
    return repeated(design, Effect.known(effect), sweeps, seed);
  }

  /** Sweeps of a fixed number of repetitions, of an effect that is known. */
  public static Outcomes fixed(
      int repetitions, double error, double effect, int sweeps, long seed) {
    return fixed(repetitions, error, Effect.known(effect), sweeps, seed);
  }

  /** Sweeps that repeat until decided. */
  public static Outcomes repeated(RepeatDesign design, Effect effect, int sweeps, long seed) {
    double[] levels = NominalLevels.of(design, design.error());
    double[] critical = new double[levels.length];
    for (int look = 0; look < levels.length; look++) {
      critical[look] = NominalLevels.critical(design.looks().get(look), levels[look]);
    }
    double[] futile = futile(design, levels);
    NormalSequences draws = new NormalSequences(seed);
    int holds = 0;
    int fails = 0;
    int givenUp = 0;
    long repetitions = 0;
    for (int sweep = 0; sweep < sweeps; sweep++) {
      NormalSequences.Sum sum = NormalSequences.Sum.NONE;
      double mean = effect.draw(draws);
      for (int look = 0; look < levels.length; look++) {
        int n = design.looks().get(look);
        sum = draws.and(sum, n - sum.count(), mean, 1);
        double t = sum.student(0);
        if (Math.abs(t) > critical[look]) {
          holds += t > 0 ? 1 : 0;
          fails += t > 0 ? 0 : 1;
          break;
        }
        if (Math.abs(t) < futile[look]) {
          givenUp++;
          break;
        }
      }
      repetitions += sum.count();
    }
    return outcomes(sweeps, holds, fails, givenUp, repetitions);
  }

  /**
   * Student's statistic below which a claim is futile at each look, by bisection: the foresight
   * depends on nothing else.
   */
  private static double[] futile(RepeatDesign design, double[] levels) {
    double[] bounds = new double[levels.length];
    for (int look = 0; look < levels.length - 1; look++) {
      int n = design.looks().get(look);
      double low = 0;
      double high = LARGEST_FUTILE;
      for (int i = 0; i < BISECTIONS; i++) {
        double middle = (low + high) / 2;
        double mean = middle / Math.sqrt(n);
        boolean futile =
            Foresight.of(design, look, levels, n, mean, 1).decided() < design.futility();
        low = futile ? middle : low;
        high = futile ? high : middle;
      }
      bounds[look] = low;
    }
    return bounds;
  }

  /** Sweeps of a fixed number of repetitions, judged by Student's interval at the end. */
  public static Outcomes fixed(
      int repetitions, double error, Effect effect, int sweeps, long seed) {
    double critical = TDistribution.of(repetitions - 1).inverseSurvivalProbability(error / 2);
    NormalSequences draws = new NormalSequences(seed);
    int holds = 0;
    int fails = 0;
    for (int sweep = 0; sweep < sweeps; sweep++) {
      double t = draws.and(NormalSequences.Sum.NONE, repetitions, effect.draw(draws), 1).student(0);
      holds += t > critical ? 1 : 0;
      fails += t < -critical ? 1 : 0;
    }
    return outcomes(sweeps, holds, fails, 0, (long) sweeps * repetitions);
  }

  private static Outcomes outcomes(int sweeps, int holds, int fails, int futile, long repetitions) {
    return new Outcomes(
        sweeps,
        (double) holds / sweeps,
        (double) fails / sweeps,
        (double) futile / sweeps,
        (double) repetitions / sweeps);
  }
}
