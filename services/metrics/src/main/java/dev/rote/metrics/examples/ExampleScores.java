package dev.rote.metrics.examples;

import dev.rote.networks.Logits;
import dev.rote.networks.Network;

/**
 * Errors and losses of single examples against the labels that they are trained on.
 *
 * <p>An example whose logits are not finite counts as misclassified and has loss NaN.
 */
public final class ExampleScores {
  private static final int BATCH = 256;

  private final BitMask errors;
  private final BitMask corrupted;
  private final double[] losses;

  private ExampleScores(int size) {
    this.errors = new BitMask(size);
    this.corrupted = new BitMask(size);
    this.losses = new double[size];
  }

  /**
   * Scores every example of a set.
   *
   * @param pulse run before each call on the network; what it throws ends the scoring
   */
  public static ExampleScores of(Network network, ExampleSet examples, Runnable pulse) {
    int classes = network.blueprint().classes();
    int batch = Math.max(1, Math.min(BATCH, examples.size()));
    float[] inputs = new float[batch * network.blueprint().inputLength()];
    float[] logits = new float[batch * classes];
    ExampleScores scores = new ExampleScores(examples.size());
    for (int first = 0; first < examples.size(); first += batch) {
      int n = Math.min(batch, examples.size() - first);
      examples.inputs(first, n, inputs);
      pulse.run();
      network.logits(inputs, n, logits);
      for (int row = 0; row < n; row++) {
        int i = first + row;
        scores.score(i, logits, row * classes, classes, examples.label(i));
        if (examples.corrupted(i)) {
          scores.corrupted.set(i);
        }
      }
    }
    return scores;
  }

  /** Pulses that come from scoring so many examples. */
  public static long pulses(int examples) {
    return ((long) examples + BATCH - 1) / BATCH;
  }

  private void score(int i, float[] logits, int offset, int classes, int label) {
    if (Logits.argmax(logits, offset, classes) != label) {
      errors.set(i);
    }
    losses[i] = Logits.crossEntropy(logits, offset, classes, label);
  }

  /** Number of examples N. */
  public int size() {
    return losses.length;
  }

  /** Bit i: the predicted class of example i is not its label. */
  public BitMask errors() {
    return errors;
  }

  /** Bit i: the input or label of example i was treated by the corruption. */
  public BitMask corrupted() {
    return corrupted;
  }

  /** Cross-entropy of example {@code i} in nats. */
  public double lossNats(int i) {
    return losses[i];
  }
}
