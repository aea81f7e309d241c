package dev.rote.networks.nd4j;

/**
 * Means and variances of channels from those of parts: the pairwise update of Chan, Golub and
 * LeVeque (1979), in float64.
 */
final class ChannelMoments {
  private final double[] means;
  private final double[] squares;
  private double count;

  ChannelMoments(int channels) {
    this.means = new double[channels];
    this.squares = new double[channels];
  }

  void clear() {
    count = 0;
  }

  /** Starts a further part. */
  void next(double values) {
    count += values;
  }

  /**
   * Adds channel {@code c} of the part that was started last.
   *
   * @param mean of the part
   * @param square sum of squares around that mean
   */
  void add(int c, double values, double mean, double square) {
    double before = count - values;
    if (before == 0) {
      means[c] = mean;
      squares[c] = square;
      return;
    }
    double difference = mean - means[c];
    means[c] += difference * values / count;
    squares[c] += square + difference * difference * before * values / count;
  }

  void add(ChannelMoments part) {
    next(part.count);
    for (int c = 0; c < means.length; c++) {
      add(c, part.count, part.means[c], part.squares[c]);
    }
  }

  double[] means() {
    return means.clone();
  }

  /** Biased. */
  double[] variances() {
    double[] variances = new double[squares.length];
    for (int c = 0; c < variances.length; c++) {
      variances[c] = squares[c] / count;
    }
    return variances;
  }
}
