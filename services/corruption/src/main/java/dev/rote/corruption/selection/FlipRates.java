package dev.rote.corruption.selection;

import dev.rote.random.CounterRandom;
import dev.rote.random.GaussianQuantile;

/**
 * Probabilities of examples, each a draw from the normal distribution around a mean with deviation
 * 0.1, truncated to [0, 1]; under one seed, none falls as the mean rises. Draw (example, 0).
 *
 * <p>Source: Xia et al., NeurIPS 2020, algorithm 2. Differs from the paper: none.
 */
public final class FlipRates {
  private static final double DEVIATION = 0.1;

  /* Halvings of (0, 1/2]: more than a double has bits. */
  private static final int HALVINGS = 200;

  private final CounterRandom random;
  private final double mean;
  private final double below;
  private final double within;

  /**
   * @param mean in (0, 1]
   */
  public FlipRates(long seed, String purpose, double mean) {
    this.random = CounterRandom.of(seed, purpose);
    this.mean = mean;
    this.below = probability(-mean / DEVIATION);
    this.within = 1 - probability((mean - 1) / DEVIATION) - below;
  }

  double of(long example) {
    return at(random.uniform(example, 0));
  }

  /** The rate that a share {@code u} of the distribution lies below, u in [0, 1). */
  double at(double u) {
    double rate = mean + DEVIATION * GaussianQuantile.of(below + u * within);
    return Math.min(1, Math.max(0, rate));
  }

  /** P(X ≤ x) of a standard normal X, x at most 0: the p whose quantile x is. */
  private static double probability(double x) {
    double low = 0;
    double high = 0.5;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (middle <= low || middle >= high) {
        break;
      }
      if (GaussianQuantile.of(middle) < x) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }
}
