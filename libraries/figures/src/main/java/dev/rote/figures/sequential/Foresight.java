package dev.rote.figures.sequential;

/**
 * What may come of a claim whose values are those of repetitions.
 *
 * @param decided probability that it will be decided, either way, by the last look
 * @param repetitions expected number of repetitions when it is, or at the last look
 */
public record Foresight(double decided, double repetitions) {
  private static final int FUTURES = 2000;
  private static final long SEED = 2;

  /**
   * Draws futures: a mean and a variance that the values so far leave possible (no prior knowledge
   * of either), then further values from them, judged at each look to come. That is conditional
   * power (K. K. G. Lan, R. Simon, M. Halperin, "Stochastically curtailed tests in long-term
   * clinical trials", 1982) averaged over what is not known of the effect (D. J. Spiegelhalter, L.
   * S. Freedman, P. R. Blackburn, "Monitoring clinical trials: conditional or predictive power?",
   * 1986). Both decisions count, and nothing is assumed of the size of an effect: so it is the same
   * for claims of a difference and for claims that something is at most so much.
   *
   * @param look the look that is over, from 0
   * @param levels of all looks
   * @param n values that there are: the look's repetitions, or fewer where some failed
   * @param mean of the values less the threshold
   * @param variance of the values, unbiased, above 0
   */
  public static Foresight of(
      RepeatDesign design, int look, double[] levels, int n, double mean, double variance) {
    double squares = variance * (n - 1);
    NormalSequences draws = new NormalSequences(SEED);
    double[] critical = criticals(design, levels);
    int decided = 0;
    long repetitions = 0;
    for (int future = 0; future < FUTURES; future++) {
      double deviation = Math.sqrt(squares / draws.chiSquared(n - 1));
      double effect = mean + deviation * draws.gaussian() / Math.sqrt(n);
      NormalSequences.Sum sum = new NormalSequences.Sum(n, mean, squares);
      boolean ended = false;
      for (int next = look + 1; next < levels.length && !ended; next++) {
        int more = design.looks().get(next) - design.looks().get(next - 1);
        sum = draws.and(sum, more, effect, deviation);
        ended = Math.abs(sum.student(0)) > critical[next];
      }
      decided += ended ? 1 : 0;
      repetitions += sum.count();
    }
    return new Foresight((double) decided / FUTURES, (double) repetitions / FUTURES);
  }

  private static double[] criticals(RepeatDesign design, double[] levels) {
    double[] critical = new double[levels.length];
    for (int i = 0; i < critical.length; i++) {
      critical[i] = NominalLevels.critical(design.looks().get(i), levels[i]);
    }
    return critical;
  }
}
