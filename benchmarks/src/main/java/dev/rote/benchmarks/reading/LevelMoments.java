package dev.rote.benchmarks.reading;

import dev.rote.artifacts.variants.Shard;

/** Sums of grey levels, whatever the order of the examples. */
final class LevelMoments {
  private static final double TOP = 255;

  private long count;
  private double sum;
  private double squares;

  void add(int level) {
    count++;
    sum += level;
    squares += (double) level * level;
  }

  /** Adds all examples of a shard. */
  synchronized void add(Shard shard) {
    float[] values = new float[shard.values()];
    for (int i = 0; i < shard.examples(); i++) {
      shard.input(i, values, 0);
      for (float value : values) {
        add((int) Math.round(value * TOP));
      }
    }
  }

  /** How many, their mean, and their deviation. */
  double[] countMeanDeviation() {
    double mean = sum / count;
    return new double[] {count, mean, Math.sqrt(squares / count - mean * mean)};
  }
}
