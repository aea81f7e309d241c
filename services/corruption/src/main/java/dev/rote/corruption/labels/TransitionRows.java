package dev.rote.corruption.labels;

import dev.rote.v1.TransitionRow;
import java.util.List;

/** Cumulative rows of a class-transition matrix, each scaled to end at exactly 1. */
public final class TransitionRows {
  private final double[][] cumulative;

  /**
   * @param rows K rows of K probabilities
   */
  public TransitionRows(List<TransitionRow> rows) {
    cumulative = new double[rows.size()][];
    for (int c = 0; c < rows.size(); c++) {
      double[] row = new double[rows.get(c).getProbabilitiesCount()];
      double sum = 0;
      for (int k = 0; k < row.length; k++) {
        sum += rows.get(c).getProbabilities(k);
        row[k] = sum;
      }
      for (int k = 0; k < row.length; k++) {
        row[k] = row[k] / sum;
      }
      cumulative[c] = row;
    }
  }

  /** Number of rows. */
  public int size() {
    return cumulative.length;
  }

  /** The first class whose cumulative probability in row {@code original} exceeds {@code u}. */
  int at(int original, double u) {
    double[] row = cumulative[original];
    int k = 0;
    while (row[k] <= u) {
      k++;
    }
    return k;
  }
}
