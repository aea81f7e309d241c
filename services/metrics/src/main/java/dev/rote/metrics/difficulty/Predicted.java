package dev.rote.metrics.difficulty;

import dev.rote.metrics.examples.ExampleSet;
import dev.rote.metrics.examples.Predictions;
import dev.rote.networks.Network;

/** What a network predicts, for scores that are made without its logits. */
final class Predicted {
  private Predicted() {}

  /** Of all examples of a set, in a pass of its own. */
  static Predictions by(Network network, ExampleSet examples, Runnable pulse) {
    int classes = network.blueprint().classes();
    Predictions predictions = new Predictions(examples.size());
    new ExampleBatches(examples, network.blueprint().inputLength(), pulse)
        .each(
            (first, n, inputs, labels) -> {
              float[] logits = new float[n * classes];
              network.logits(inputs, n, logits);
              predictions.take(first, n, logits, classes);
            });
    return predictions;
  }
}
