package dev.rote.figures.statistics;

/**
 * The line nearest to points, by the squares of its vertical distances.
 *
 * <p>slope = &Sigma;(x<sub>i</sub> - x&#772;)(y<sub>i</sub> - y&#772;) / &Sigma;(x<sub>i</sub> -
 * x&#772;)&sup2;. Source: A.-M. Legendre, "Nouvelles m&eacute;thodes pour la d&eacute;termination
 * des orbites des com&egrave;tes" (1805), appendix.
 */
public final class LeastSquares {

  private LeastSquares() {}

  /**
   * The slope of y against x; NaN when all x are equal, where every slope is as good.
   *
   * @throws IllegalArgumentException when the lengths differ or are below two
   */
  public static double slope(double[] x, double[] y) {
    if (x.length != y.length || x.length < 2) {
      throw new IllegalArgumentException(
          "a slope needs a y for each of at least 2 x, were " + x.length + " and " + y.length);
    }
    double meanX = MeanInterval.mean(x);
    double meanY = MeanInterval.mean(y);
    double products = 0;
    double squares = 0;
    for (int i = 0; i < x.length; i++) {
      products += (x[i] - meanX) * (y[i] - meanY);
      squares += (x[i] - meanX) * (x[i] - meanX);
    }
    return squares == 0 ? Double.NaN : products / squares;
  }
}
