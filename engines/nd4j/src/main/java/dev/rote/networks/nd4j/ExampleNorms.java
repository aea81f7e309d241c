package dev.rote.networks.nd4j;

/**
 * A stage whose layer has trained parameters, and that knows what each example's gradient by them
 * is long, from what the layer read and the gradient of what it put out: no gradient is formed for
 * it, or one at a time.
 */
interface ExampleNorms {

  /**
   * Adds the squared norm of each example's gradient by the trained parameters; once the gradient
   * of the stage's output is there, and before {@link Stage#backward}.
   *
   * @param squares of as many examples of the batch as are wanted, from {@code offset} on
   */
  void addNorms(double[] squares, int offset, int n);

  /** {@code Σ_j v_j²} of a row, in float64. */
  static double squares(float[] values, int from, int length) {
    double sum = 0;
    for (int j = from; j < from + length; j++) {
      sum += (double) values[j] * values[j];
    }
    return sum;
  }
}
