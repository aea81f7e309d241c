package dev.rote.figures.statistics;

import java.util.function.IntBinaryOperator;

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
    return againstOrder(values, new boolean[values.length]);
  }

  /**
   * Tau-b between the positions 0, 1, … and values of which some are only known to be larger than
   * what is given, in [-1, 1]. A pair whose order that leaves open counts as tied: two censored
   * values, and a censored value whose bound lies below the other value. Source: B. W. Brown, M.
   * Hollander, R. M. Korwar, "Nonparametric tests of independence for censored data" (1974), who
   * score such pairs 0.
   *
   * @param values at least two finite values
   * @param censored whether each is a lower bound
   * @throws IllegalArgumentException when there are fewer, or the lengths differ
   */
  public static double againstOrder(double[] values, boolean[] censored) {
    if (censored.length != values.length) {
      throw new IllegalArgumentException(
          "tau needs to know of each value whether it is censored, knew it of "
              + censored.length
              + " of "
              + values.length);
    }
    return tau(values.length, Integer::compare, (i, j) -> order(values, censored, i, j));
  }

  private static int order(double[] values, boolean[] censored, int i, int j) {
    if (censored[i] && censored[j]) {
      return 0;
    }
    if (censored[i]) {
      return values[i] >= values[j] ? 1 : 0;
    }
    if (censored[j]) {
      return values[j] >= values[i] ? -1 : 0;
    }
    return sign(values[i], values[j]);
  }

  private static int sign(double a, double b) {
    return (int) Math.signum(a - b);
  }

  /**
   * Tau-b between two rankings, in [-1, 1].
   *
   * @throws IllegalArgumentException when the lengths differ or are below two
   */
  public static double of(double[] x, double[] y) {
    if (x.length != y.length) {
      throw new IllegalArgumentException(
          "tau needs two rankings of equal length, were " + x.length + " and " + y.length);
    }
    return tau(x.length, (i, j) -> sign(x[i], x[j]), (i, j) -> sign(y[i], y[j]));
  }

  /** Tau-b of n things in two orders, each of which gives the sign of thing i minus thing j. */
  private static double tau(int n, IntBinaryOperator x, IntBinaryOperator y) {
    if (n < 2) {
      throw new IllegalArgumentException("tau needs at least 2 values, was given " + n);
    }
    long concordantMinusDiscordant = 0;
    long untiedX = 0;
    long untiedY = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        int dx = Integer.signum(x.applyAsInt(i, j));
        int dy = Integer.signum(y.applyAsInt(i, j));
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
