package dev.rote.trainer.training;

import dev.rote.networks.Logits;
import dev.rote.networks.Network;
import dev.rote.networks.Tally;
import dev.rote.v1.PartRecord;
import java.util.function.BooleanSupplier;

/** Evaluates one network, as often as wanted. */
final class Evaluator {
  /* Inputs of an MLP on images of 28 x 28 that the second cache holds: 800 kB. */
  private static final int CHUNK = 256;

  private final Network network;
  private final int[] indices = new int[CHUNK];
  private final float[] inputs;
  private final float[] logits;

  Evaluator(Network network) {
    this.network = network;
    this.inputs = new float[CHUNK * network.blueprint().inputLength()];
    this.logits = new float[CHUNK * network.blueprint().classes()];
  }

  /** Takes what is found of single examples, in order. */
  @FunctionalInterface
  interface Rows {
    /**
     * Takes an example.
     *
     * @param predicted class, -1 for none
     * @param loss cross-entropy in nats
     * @param logits float32, of which K from {@code offset} on are the example's
     */
    void take(int example, int predicted, double loss, float[] logits, int offset);
  }

  /** For evaluations that only sums are wanted of. */
  static final Rows NOBODY = (example, predicted, loss, logits, offset) -> {};

  /**
   * Evaluates the network as it is now.
   *
   * @param rows told of every example
   * @param interrupted asked now and then
   * @throws StoppedException once {@code interrupted} says so
   */
  Evaluation evaluate(Examples examples, Rows rows, BooleanSupplier interrupted)
      throws StoppedException {
    int n = examples.count();
    int classes = examples.classes();
    Tally corrupted = new Tally();
    Tally clean = new Tally();
    for (int from = 0; from < n; from += CHUNK) {
      if (interrupted.getAsBoolean()) {
        throw new StoppedException();
      }
      int count = Math.min(CHUNK, n - from);
      for (int i = 0; i < count; i++) {
        indices[i] = from + i;
      }
      examples.inputs(indices, count, inputs);
      network.logits(inputs, count, logits);
      for (int i = 0; i < count; i++) {
        Tally part = examples.corrupted(from + i) ? corrupted : clean;
        int label = examples.label(from + i);
        int predicted = Logits.argmax(logits, i * classes, classes);
        double loss = Logits.crossEntropy(logits, i * classes, classes, label);
        part.add(predicted == label, loss);
        rows.take(from + i, predicted, loss, logits, i * classes);
      }
    }
    return new Evaluation(record(corrupted.and(clean)), record(corrupted), record(clean));
  }

  private static PartRecord record(Tally part) {
    return PartRecord.newBuilder()
        .setExamples(part.examples())
        .setAccuracy(part.accuracy())
        .setLoss(part.meanLossNats())
        .build();
  }
}
