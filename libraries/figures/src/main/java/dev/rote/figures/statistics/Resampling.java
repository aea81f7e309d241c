package dev.rote.figures.statistics;

/**
 * How an interval is made from resamples.
 *
 * @param resamples at least one
 * @param tail share of them beyond either end, in [0, 0.5)
 */
public record Resampling(int resamples, double tail) {
  /** That of a 95 % interval. */
  public static final Resampling USUAL = new Resampling(PercentileBootstrap.RESAMPLES, 0.025);

  private static final int RESAMPLES_OF_LEVELS = 4000;

  public Resampling {
    if (resamples < 1 || !(tail >= 0 && tail < 0.5)) {
      throw new IllegalArgumentException(
          "needs a resample and a tail in [0, 0.5), were " + resamples + " and " + tail);
    }
  }

  /**
   * That of an interval at a level; its ends are the outermost resamples where the level is too
   * strict for their number.
   *
   * @param level how often the interval may miss, in (0, 1)
   */
  public static Resampling at(double level) {
    return new Resampling(RESAMPLES_OF_LEVELS, level / 2);
  }
}
