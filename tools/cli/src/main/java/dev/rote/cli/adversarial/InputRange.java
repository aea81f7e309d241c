package dev.rote.cli.adversarial;

/** The smallest and the largest value of inputs. */
record InputRange(float lowest, float highest) {
  static final InputRange EMPTY = new InputRange(Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY);

  /** This range, widened to a value. */
  InputRange with(float value) {
    return value >= lowest && value <= highest
        ? this
        : new InputRange(Math.min(lowest, value), Math.max(highest, value));
  }
}
