package dev.rote.corruption.labels;

import dev.rote.random.CounterRandom;
import dev.rote.random.GaussianQuantile;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Labels that an input x of class y is taken for: {@code softmax(x W_y)} over the classes but y, of
 * a standard Gaussian matrix W for each class.
 *
 * <p>Source: Xia et al., "Part-dependent label noise: towards instance-dependent label noise",
 * NeurIPS 2020, algorithm 2. Differs from the paper: none; inputs are those in [0, 1].
 *
 * <p>Streams: {@code labels/instance/weights}, words {@code v K + k} of major y, the same for both
 * splits; {@code labels/draw/<split>}, draw (example, 0). Holds K matrices float32[V, K] at most,
 * each made when it is first needed. Safe to share between threads.
 */
public final class InstanceNoise {
  /** Numbers in all matrices together, at most: 256 MiB. */
  public static final long MOST_WEIGHTS = 1L << 26;

  private final CounterRandom weights;
  private final CounterRandom draws;
  private final int classes;
  private final int values;
  private final AtomicReferenceArray<float @Nullable []> matrices;

  /**
   * @param classes K, at least 2
   * @param values V; {@link #weights} of both is at most {@link #MOST_WEIGHTS}
   */
  public InstanceNoise(long seed, String split, int classes, int values) {
    this.weights = CounterRandom.of(seed, "labels/instance/weights");
    this.draws = CounterRandom.of(seed, "labels/draw/" + split);
    this.classes = classes;
    this.values = values;
    this.matrices = new AtomicReferenceArray<>(classes);
  }

  /** Numbers in all matrices together. */
  public static double weights(int classes, int values) {
    return (double) classes * classes * values;
  }

  /**
   * The label that an example flips to, never its own.
   *
   * @param input float32[V]
   */
  int relabel(long example, int original, float[] input) {
    double[] row = row(original, input);
    double u = draws.uniform(example, 0);
    double sum = 0;
    int last = original;
    for (int k = 0; k < classes; k++) {
      sum += row[k];
      if (row[k] > 0) {
        last = k;
        if (u < sum) {
          return k;
        }
      }
    }
    return last;
  }

  /** Probabilities float64[K] of the label that an input of a class flips to; 0 of its own. */
  double[] row(int original, float[] input) {
    return softmax(product(matrix(original), input, classes), original);
  }

  static double[] product(float[] matrix, float[] input, int classes) {
    double[] sums = new double[classes];
    for (int v = 0; v < input.length; v++) {
      if (input[v] != 0) {
        for (int k = 0; k < classes; k++) {
          sums[k] += (double) input[v] * matrix[v * classes + k];
        }
      }
    }
    return sums;
  }

  static double[] softmax(double[] sums, int without) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < sums.length; k++) {
      largest = k == without ? largest : Math.max(largest, sums[k]);
    }
    double total = 0;
    for (int k = 0; k < sums.length; k++) {
      sums[k] = k == without ? 0 : StrictMath.exp(sums[k] - largest);
      total += sums[k];
    }
    for (int k = 0; k < sums.length; k++) {
      sums[k] /= total;
    }
    return sums;
  }

  /* Two threads that need one at once make the same. */
  private float[] matrix(int original) {
    float[] there = matrices.get(original);
    if (there != null) {
      return there;
    }
    int[] words = new int[values * classes];
    weights.fillBits(words, words.length, original);
    double[] normal = new double[words.length];
    GaussianQuantile.ofWords(words, words.length, normal);
    float[] made = new float[normal.length];
    for (int i = 0; i < made.length; i++) {
      made[i] = (float) normal[i];
    }
    matrices.set(original, made);
    return made;
  }
}
