package dev.rote.corruption.inputs;

import dev.rote.v1.InputCorruption.Statistics;

/**
 * Sums of numbers and of their squares, value by value, less the first example's: float64, in the
 * order in which examples are added.
 */
public final class NumberMoments implements Spread {
  private final int channels;
  private final double[] first;
  private final double[] sums;
  private final double[] squares;
  private long examples;

  /**
   * @param channels C
   * @param values V, a multiple of C
   */
  public NumberMoments(int channels, int values) {
    this.channels = channels;
    this.first = new double[values];
    this.sums = new double[values];
    this.squares = new double[values];
  }

  /** Adds an example, the bits of float32[V]. */
  public void add(int[] bits) {
    for (int v = 0; v < sums.length; v++) {
      double value = Float.intBitsToFloat(bits[v]);
      if (examples == 0) {
        first[v] = value;
      }
      double difference = value - first[v];
      sums[v] += difference;
      squares[v] += difference * difference;
    }
    examples++;
  }

  @Override
  public float[][] of(Statistics statistics) {
    int group = Spread.pooled(statistics, channels, sums.length);
    float[][] out = new float[2][sums.length];
    for (int from = 0; from < sums.length; from += group) {
      double mean = 0;
      for (int v = from; v < from + group; v++) {
        mean += first[v] + sums[v] / examples;
      }
      mean /= group;
      double variance = 0;
      for (int v = from; v < from + group; v++) {
        double off = mean - first[v];
        variance += squares[v] / examples - 2 * off * sums[v] / examples + off * off;
      }
      double deviation = Math.sqrt(Math.max(0, variance / group));
      for (int v = from; v < from + group; v++) {
        out[0][v] = (float) mean;
        out[1][v] = (float) deviation;
      }
    }
    return out;
  }
}
