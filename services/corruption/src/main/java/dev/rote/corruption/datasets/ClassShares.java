package dev.rote.corruption.datasets;

import dev.rote.v1.Imbalance;

/** The share of each class that an imbalance leaves. */
final class ClassShares {
  private ClassShares() {}

  /**
   * Shares in [0, 1], float64[K].
   *
   * @throws DatasetException with reason {@code REFUSED} when there are not as many as classes
   */
  static double[] of(Imbalance imbalance, int classes) {
    if (imbalance.getSharesCount() > 0 && imbalance.getSharesCount() != classes) {
      throw DatasetException.refused(
          "variant.dataset.imbalance.shares",
          "must be one of each class, " + classes + ", were " + imbalance.getSharesCount());
    }
    double[] shares = new double[classes];
    for (int c = 0; c < classes; c++) {
      if (imbalance.getSharesCount() > 0) {
        shares[c] = imbalance.getShares(c);
      } else if (imbalance.hasExponent()) {
        shares[c] = StrictMath.pow(c + 1.0, -imbalance.getExponent());
      } else {
        shares[c] = StrictMath.pow(imbalance.getRatio(), -c / (classes - 1.0));
      }
    }
    return shares;
  }
}
