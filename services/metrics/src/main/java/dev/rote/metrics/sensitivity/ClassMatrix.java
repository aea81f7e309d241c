package dev.rote.metrics.sensitivity;

/**
 * Sensitivity of the loss of each class to the examples of each class (Arpit et al. 2017, section
 * 3.2 and Fig 4): {@code m_ij} is the mean over the steps t looked at, and over the examples x of
 * class j, of {@code ||∂L_t(y = i)/∂x||}, with L_t(y = i) the mean loss of the examples of class i
 * in the batch of step t. Differs from the paper: a step whose batch has none of class i is left
 * out of the mean of row i.
 */
final class ClassMatrix {
  private final int classes;
  private final double[] sums;
  private final long[] losses;
  private final long[] examples;

  ClassMatrix(int classes) {
    this.classes = classes;
    this.sums = new double[classes * classes];
    this.losses = new long[classes];
    this.examples = new long[classes];
  }

  /** K. */
  int classes() {
    return classes;
  }

  /** Counts an example of a class. */
  void countExample(int label) {
    examples[label]++;
  }

  /** Counts a loss of a class. */
  void countLoss(int of) {
    losses[of]++;
  }

  /** Adds the sensitivity of one loss of class {@code of} to one example. */
  void add(int of, int label, double norm) {
    sums[of * classes + label] += norm;
  }

  /** m_ij; NaN where there was no loss of class i or no example of class j. */
  double mean(int i, int j) {
    return sums[i * classes + j] / ((double) losses[i] * examples[j]);
  }

  /** Mean of the diagonal over the mean off it. */
  double diagonalDominance() {
    double diagonal = diagonal() / classes;
    return diagonal / ((total() - diagonal()) / ((double) classes * (classes - 1)));
  }

  /** Share of the rows whose largest entry is the diagonal one; NaN when an entry is. */
  double rowsLedByDiagonal() {
    if (Double.isNaN(total())) {
      return Double.NaN;
    }
    int led = 0;
    for (int i = 0; i < classes; i++) {
      boolean leads = true;
      for (int j = 0; j < classes; j++) {
        leads &= j == i || mean(i, j) < mean(i, i);
      }
      led += leads ? 1 : 0;
    }
    return (double) led / classes;
  }

  /** Sum off the diagonal over the sum of all. */
  double offDiagonalShare() {
    return (total() - diagonal()) / total();
  }

  /**
   * {@code sqrt(Σ_i Σ_{j≠i} (m_ij / r_i - 1)² / (K (K - 1)))} with r_i the mean of row i off the
   * diagonal: how unevenly a loss is sensitive to the other classes.
   */
  double offDiagonalVariation() {
    double squares = 0;
    for (int i = 0; i < classes; i++) {
      double row = -mean(i, i);
      for (int j = 0; j < classes; j++) {
        row += mean(i, j);
      }
      double typical = row / (classes - 1);
      for (int j = 0; j < classes; j++) {
        double excess = j == i ? 0 : mean(i, j) / typical - 1;
        squares += excess * excess;
      }
    }
    return Math.sqrt(squares / ((double) classes * (classes - 1)));
  }

  private double diagonal() {
    double sum = 0;
    for (int i = 0; i < classes; i++) {
      sum += mean(i, i);
    }
    return sum;
  }

  private double total() {
    double sum = 0;
    for (int i = 0; i < classes; i++) {
      for (int j = 0; j < classes; j++) {
        sum += mean(i, j);
      }
    }
    return sum;
  }
}
