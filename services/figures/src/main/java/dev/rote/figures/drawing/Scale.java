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

  double position(double value) {
    double share =
        logarithmic ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
    return from + share * (to - from);
  }
}
