package dev.rote.metrics.difficulty;

import dev.rote.metrics.examples.ExampleSet;
import dev.rote.networks.Insight;
import dev.rote.networks.Network;

/** Squared norms of the gradients of examples' own losses, {@link Insight#gradientNorms}. */
final class GradientNorms {
  private GradientNorms() {}

  /** float64[N], of all examples of a set, batch by batch. */
  static double[] squares(Network network, ExampleSet examples, Runnable pulse) {
    Insight insight = network.insight();
    double[] squares = new double[examples.size()];
    new ExampleBatches(examples, network.blueprint().inputLength(), pulse)
        .each(
            (first, n, inputs, labels) -> {
              double[] own = new double[n];
              insight.gradientNorms(inputs, labels, n, own);
              System.arraycopy(own, 0, squares, first, n);
            });
    return squares;
  }
}
