package dev.rote.figures.study;

import dev.rote.figures.FigureException;
import dev.rote.figures.FigureException.Reason;
import dev.rote.v1.LossSensitivityValues;

/**
 * Mean over repetitions of the sensitivity of the loss of each class to the examples of each class.
 */
public final class ClassMatrixMean {
  private final int classes;
  private final double[] sum;
  private int repetitions;

  ClassMatrixMean(int classes) {
    this.classes = classes;
    this.sum = new double[Math.multiplyExact(classes, classes)];
  }

  /**
   * Adds one repetition.
   *
   * @throws FigureException with {@link Reason#INCONSISTENT_RESULTS} when it has another number of
   *     classes or its matrix is not K x K
   */
  void add(LossSensitivityValues values) {
    if (values.getClasses() != classes || values.getClassMatrixCount() != sum.length) {
      throw new FigureException(
          Reason.INCONSISTENT_RESULTS,
          "a class matrix must have "
              + classes
              + " x "
              + classes
              + " values like those of the other repetitions, had "
              + values.getClassMatrixCount()
              + " for "
              + values.getClasses()
              + " classes");
    }
    for (int i = 0; i < sum.length; i++) {
      sum[i] += values.getClassMatrix(i);
    }
    repetitions++;
  }

  /** K. */
  public int classes() {
    return classes;
  }

  /** float64[K, K], row-major; NaN where a repetition has no example of a class. */
  public double[] values() {
    double[] mean = new double[sum.length];
    for (int i = 0; i < sum.length; i++) {
      mean[i] = sum[i] / repetitions;
    }
    return mean;
  }

  /** Repetitions behind the mean. */
  public int repetitions() {
    return repetitions;
  }
}
