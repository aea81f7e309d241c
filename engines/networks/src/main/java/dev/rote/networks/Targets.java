package dev.rote.networks;

import dev.rote.recipes.Loss;
import java.util.Arrays;

/**
 * What a step descends: {@code Σ_t Σ_i w_ti ℓ(z_i, y_ti)} over T labels of each of N examples.
 * Weights touch the losses alone: batch normalisation counts all examples alike.
 *
 * @param labels int32[T, N] or longer, each in [0, K)
 * @param weights float64[T, N] or longer, each at least 0
 * @param n N, at least 1
 * @param each T, at least 1
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Targets(int[] labels, double[] weights, int n, int each) {

  /** The mean loss of a batch with a label for each example. */
  public static Targets mean(int[] labels, int n) {
    double[] weights = new double[n];
    Arrays.fill(weights, 1.0 / n);
    return new Targets(labels, weights, n, 1);
  }

  /**
   * The losses of example i, {@code Σ_t w_ti ℓ(z, y_ti)}, and their gradient.
   *
   * @param z float64[K]
   * @param gradient float64[K], by the logits, written
   */
  public double differentiate(Loss loss, double[] z, int i, double[] gradient) {
    double total = 0;
    double[] own = new double[z.length];
    for (int at = i; at < each * n; at += n) {
      total += weights[at] * loss.differentiate(z, labels[at], own);
      for (int k = 0; k < z.length; k++) {
        gradient[k] = at == i ? weights[at] * own[k] : gradient[k] + weights[at] * own[k];
      }
    }
    return total;
  }
}
