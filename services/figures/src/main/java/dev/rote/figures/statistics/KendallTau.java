package dev.rote.figures.statistics;

/**
 * Kendall's rank correlation with ties, tau-b.
 *
 * <p>&tau;<sub>b</sub> = (C - D) / &radic;((n<sub>0</sub> - n<sub>x</sub>)(n<sub>0</sub> -
 * n<sub>y</sub>)) over n<sub>0</sub> = n(n - 1)/2 pairs, of which C are concordant, D discordant,
 * n<sub>x</sub> tied in x and n<sub>y</sub> tied in y. Source: M. G. Kendall, "The treatment of
 * ties in ranking problems", Biometrika 33 (1945).
 *
 * <p>Differs from the paper: 0, not undefined, when one side is constant: nothing rises.
 */
public final class KendallTau {

  private KendallTau() {}

  /**
   * Tau-b between the positions 0, 1, … and the values, in [-1, 1].
   *
   * @param values at least two finite values
   * @throws IllegalArgumentException when there are fewer
   */
  public static double againstOrder(double[] values) {
    double[] order = new double[values.length];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    return of(order, values);
  }

  /**
   * Tau-b between two rankings, in [-1, 1].
   *
   * @throws IllegalArgumentException when the lengths differ or are below two
   */
  public static double of(double[] x, double[] y) {
    if (x.length != y.length || x.length < 2) {
      throw new IllegalArgumentException(
          "tau needs two rankings of equal length >= 2, were " + x.length + " and " + y.length);
    }
    long concordantMinusDiscordant = 0;
    long untiedX = 0;
    long untiedY = 0;
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < i; j++) {
        int dx = (int) Math.signum(x[i] - x[j]);
        int dy = (int) Math.signum(y[i] - y[j]);
        concordantMinusDiscordant += (long) dx * dy;
        untiedX += Math.abs(dx);
        untiedY += Math.abs(dy);
      }
    }
    if (untiedX == 0 || untiedY == 0) {
      return 0;
    }
    return concordantMinusDiscordant / Math.sqrt((double) untiedX * untiedY);
  }
}
