package dev.rote.networks;

/**
 * Accuracy and mean cross-entropy of a set of examples: the one definition, for whoever evaluates a
 * network. An example whose logits are not all finite has no predicted class, so it is wrong, and
 * its loss is NaN, as is then the mean.
 *
 * <p>Losses are summed in float64 in the order in which examples are added.
 */
public final class Tally {
  private long examples;
  private long right;
  private double lossNats;

  /**
   * Adds an example.
   *
   * @param logits float32, of which K from {@code offset} on are the example's
   * @param label in [0, K)
   */
  public void add(float[] logits, int offset, int classes, int label) {
    add(
        Logits.argmax(logits, offset, classes) == label,
        Logits.crossEntropy(logits, offset, classes, label));
  }

  /** Adds an example that was looked at before. */
  public void add(boolean correct, double loss) {
    examples++;
    right += correct ? 1 : 0;
    lossNats += loss;
  }

  /** Both sets, without an example in common. */
  public Tally and(Tally other) {
    Tally both = new Tally();
    both.examples = examples + other.examples;
    both.right = right + other.right;
    both.lossNats = lossNats + other.lossNats;
    return both;
  }

  /** N. */
  public long examples() {
    return examples;
  }

  /** Share of the examples whose predicted class is their label; NaN without any. */
  public double accuracy() {
    return examples == 0 ? Double.NaN : (double) right / examples;
  }

  /** Mean cross-entropy in nats; NaN without any examples. */
  public double meanLossNats() {
    return examples == 0 ? Double.NaN : lossNats / examples;
  }
}
