package dev.rote.trainer.training;

import dev.rote.networks.Network;
import dev.rote.v1.PartRecord;
import java.util.function.BooleanSupplier;

/**
 * Evaluates one network, as often as wanted. Losses are summed in float64 in the order of the
 * examples.
 */
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

  /**
   * Evaluates the network as it is now.
   *
   * @param interrupted asked now and then
   * @throws StoppedException once {@code interrupted} says so
   */
  Evaluation evaluate(Examples examples, BooleanSupplier interrupted) throws StoppedException {
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
        part.add(logits, i * classes, classes, examples.label(from + i));
      }
    }
    return new Evaluation(
        Tally.record(corrupted, clean), Tally.record(corrupted), Tally.record(clean));
  }

  private static final class Tally {
    private long examples;
    private long right;
    private double loss;

    void add(float[] logits, int offset, int classes, int label) {
      int largest = 0;
      for (int k = 1; k < classes; k++) {
        if (logits[offset + k] > logits[offset + largest]) {
          largest = k;
        }
      }
      double peak = logits[offset + largest];
      double sum = 0;
      for (int k = 0; k < classes; k++) {
        sum += StrictMath.exp(logits[offset + k] - peak);
      }
      examples++;
      right += largest == label ? 1 : 0;
      loss += StrictMath.log(sum) + peak - logits[offset + label];
    }

    static PartRecord record(Tally... parts) {
      long examples = 0;
      long right = 0;
      double loss = 0;
      for (Tally part : parts) {
        examples += part.examples;
        right += part.right;
        loss += part.loss;
      }
      return PartRecord.newBuilder()
          .setExamples(examples)
          .setAccuracy(examples == 0 ? Double.NaN : (double) right / examples)
          .setLoss(examples == 0 ? Double.NaN : loss / examples)
          .build();
    }
  }
}
