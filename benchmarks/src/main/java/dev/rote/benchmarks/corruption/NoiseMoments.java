package dev.rote.benchmarks.corruption;

import dev.rote.artifacts.variants.Shard;

/** Sums of replaced inputs. */
final class NoiseMoments {
  private long count;
  private double sum;
  private double square;
  private double fourth;

  /** Adds the values of the examples whose inputs were replaced. */
  synchronized void add(Shard shard) {
    float[] values = new float[shard.values()];
    for (int i = 0; i < shard.examples(); i++) {
      if ((shard.mask(i) & Shard.INPUT_REPLACED) != 0) {
        shard.input(i, values, 0);
        for (float value : values) {
          double v = value;
          sum += v;
          square += v * v;
          fourth += v * v * v * v;
        }
        count += values.length;
      }
    }
  }

  /** Mean, standard deviation, and fourth root of the mean fourth power. */
  double[] meanDeviationAndTails() {
    double mean = sum / count;
    return new double[] {
      mean, Math.sqrt(square / count - mean * mean), Math.sqrt(Math.sqrt(fourth / count))
    };
  }
}
