package dev.rote.figures.drawing;

/**
 * A mapping of values to positions along an axis.
 *
 * @param low value at {@code from}; positive on a logarithmic scale
 * @param high value at {@code to}, above {@code low}
 * @param from position in points
 * @param to position in points
 * @param logarithmic whether equal ratios take equal lengths
 */
record Scale(double low, double high, double from, double to, boolean logarithmic) {

  Scale {
    if (!(low < high) || (logarithmic && low <= 0)) {
      throw new IllegalArgumentException(
          "a scale needs low < high, and low > 0 when logarithmic, was " + low + " to " + high);
    }
  }

  /** Whether a value has a place on the axis or beyond its ends. */
  boolean has(double value) {
    return !logarithmic || value > 0;
  }

  /** Position of a value; of one without a place on a logarithmic axis, that of its lower end. */
  double nearestPosition(double value) {
    return has(value) ? position(value) : from;
  }

  double position(double value) {
    double share =
        logarithmic ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
    return from + share * (to - from);
  }
}
