package dev.rote.corruption.inputs;

import dev.rote.v1.InputCorruption.Statistics;
import java.math.BigInteger;

/**
 * Exact sums of levels and of their squares, value by value: the same whatever the order in which
 * examples were added.
 */
public final class Moments implements Spread {
  private final int channels;
  private final int top;
  private final long[] sums;
  private final long[] squares;
  private long examples;

  /**
   * @param channels C
   * @param values V, a multiple of C
   * @param top the level that is 1.0
   */
  public Moments(int channels, int values, int top) {
    this.channels = channels;
    this.top = top;
    this.sums = new long[values];
    this.squares = new long[values];
  }

  /** Adds an example, int32[V]. */
  public void add(int[] levels) {
    for (int v = 0; v < sums.length; v++) {
      sums[v] += levels[v];
      squares[v] += (long) levels[v] * levels[v];
    }
    examples++;
  }

  /** Adds what others have summed. */
  public void add(Moments other) {
    for (int v = 0; v < sums.length; v++) {
      sums[v] += other.sums[v];
      squares[v] += other.squares[v];
    }
    examples += other.examples;
  }

  /** On the [0, 1] scale. */
  @Override
  public float[][] of(Statistics statistics) {
    int group = Spread.pooled(statistics, channels, sums.length);
    float[][] out = new float[2][sums.length];
    for (int first = 0; first < sums.length; first += group) {
      long sum = 0;
      long square = 0;
      for (int v = first; v < first + group; v++) {
        sum += sums[v];
        square += squares[v];
      }
      double count = (double) examples * group;
      double mean = sum / count / top;
      double deviation = Math.sqrt(variance(sum, square, examples * group)) / top;
      for (int v = first; v < first + group; v++) {
        out[0][v] = (float) mean;
        out[1][v] = (float) deviation;
      }
    }
    return out;
  }

  /** {@code (n * square - sum^2) / n^2}, the difference taken exactly. */
  private static double variance(long sum, long square, long n) {
    BigInteger difference =
        BigInteger.valueOf(n)
            .multiply(BigInteger.valueOf(square))
            .subtract(BigInteger.valueOf(sum).pow(2));
    return difference.doubleValue() / ((double) n * n);
  }
}
