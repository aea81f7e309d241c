package dev.rote.trainer.training;

import dev.rote.critical.CriticalSearch;
import dev.rote.critical.SearchOutcome;
import dev.rote.critical.SearchRule;
import dev.rote.networks.Network;
import dev.rote.v1.AdversarialTraining;
import java.util.Arrays;

/**
 * The second half of a batch in adversarial training: critical samples of the first (Arpit et al.
 * 2017, section 5; Goodfellow et al. 2015, section 6, for the loss).
 *
 * <p>{@code loss = (1 - w) / n sum_i CE(x_i, y_i) + w / n sum_i CE(x'_i, y_i)}, where x' is what
 * LASS finds in inference mode on the network before the step, starting at the x of the data set,
 * augmented if the trial says so: noise and dropout come after it and differ between the halves.
 * Where it finds none, x' = x.
 *
 * <p>Randomness: stream (seed, {@code "adversarial"}), addressed by (step, place in the batch,
 * iteration, coordinate).
 *
 * <p>Differs from the paper: it gives the weight but not the loss; the mixture is the one that it
 * cites for FGSM.
 */
final class CriticalHalf {
  private final CriticalSearch search;
  private final double weight;
  private final int length;
  private final int largest;
  private final float[] points;

  /**
   * @param spec all defaults filled in
   * @param seed of the trial
   * @param largest examples of the largest batch
   */
  CriticalHalf(Network network, AdversarialTraining spec, long seed, int largest) {
    this.search = CriticalSearch.ofBatches(network, SearchRule.of(spec), seed);
    this.weight = spec.getWeight();
    this.length = network.blueprint().inputLength();
    this.largest = largest;
    this.points = new float[Math.multiplyExact(largest, length)];
  }

  /**
   * Appends x' and its label for each example.
   *
   * @param inputs float32[2n, D]: rows 0 to n - 1 are read, the others written
   * @param labels int32[2n]: likewise
   */
  void append(float[] inputs, int[] labels, int n, long step) {
    System.arraycopy(inputs, 0, points, 0, n * length);
    SearchOutcome found = search.search(points, n, step * largest, () -> {});
    for (int i = 0; i < n; i++) {
      float[] source = found.critical(i) ? points : inputs;
      System.arraycopy(source, i * length, inputs, (n + i) * length, length);
    }
    System.arraycopy(labels, 0, labels, n, n);
  }

  /** Weights of the losses of a batch of n examples and their critical samples. */
  double[] weights(int n) {
    double[] weights = new double[2 * n];
    Arrays.fill(weights, 0, n, (1 - weight) / n);
    Arrays.fill(weights, n, 2 * n, weight / n);
    return weights;
  }
}
