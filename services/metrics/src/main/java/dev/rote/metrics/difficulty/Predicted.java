package dev.rote.metrics.difficulty;

import dev.rote.metrics.examples.ExampleSet;
import dev.rote.metrics.examples.Predictions;
import dev.rote.networks.Network;

/** What a network predicts, for scores that are made without its logits. */
final class Predicted {
  private Predicted() {}

  /** What is done with the logits of a batch. */
  interface Reader {
    /**
     * Called for each.
     *
     * @param first index of the batch's first example
     * @param logits float32[n, classes]
     * @param labels int32[n] to train on
     */
    void take(int first, int n, float[] logits, int[] labels);
  }

  /** Of all examples of a set, in a pass of its own. */
  static Predictions by(Network network, ExampleSet examples, Runnable pulse) {
    return by(network, examples, pulse, (first, n, logits, labels) -> {});
  }

  /** The same, for who needs the logits as well. */
  static Predictions by(Network network, ExampleSet examples, Runnable pulse, Reader reader) {
    int classes = network.blueprint().classes();
    Predictions predictions = new Predictions(examples.size());
    new ExampleBatches(examples, network.blueprint().inputLength(), pulse)
        .each(
            (first, n, inputs, labels) -> {
              float[] logits = new float[n * classes];
              network.logits(inputs, n, logits);
              predictions.take(first, n, logits, classes);
              reader.take(first, n, logits, labels);
            });
    return predictions;
  }
}
