package dev.rote.figures.sequential;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * How much of an error may be spent by an information fraction. Source: K. K. G. Lan, D. L. DeMets,
 * "Discrete sequential boundaries for clinical trials", Biometrika 70 (1983).
 */
public enum Spending {
  /** &alpha; ln(1 + (e - 1) t): nearly even, so that overwhelming effects are decided early. */
  POCOCK {
    @Override
    double share(double error, double fraction) {
      return error * Math.log(1 + (Math.E - 1) * fraction);
    }
  },
  /** 4 (1 - &Phi;(z<sub>1-&alpha;/4</sub> / &radic;t)): next to nothing early, most at the end. */
  OBRIEN_FLEMING {
    @Override
    double share(double error, double fraction) {
      double z = NORMAL.inverseSurvivalProbability(error / 4);
      return 4 * NORMAL.survivalProbability(z / Math.sqrt(fraction));
    }
  };

  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  abstract double share(double error, double fraction);

  /**
   * The two-sided error that is spent by a fraction of all information.
   *
   * @param error in (0, 1)
   * @param fraction t, in (0, 1]
   * @throws IllegalArgumentException when one lies outside
   */
  public double spent(double error, double fraction) {
    if (!(error > 0 && error < 1)) {
      throw new IllegalArgumentException("the error must be in (0, 1), was " + error);
    }
    if (!(fraction > 0 && fraction <= 1)) {
      throw new IllegalArgumentException("the fraction must be in (0, 1], was " + fraction);
    }
    return fraction == 1 ? error : Math.min(error, share(error, fraction));
  }
}
