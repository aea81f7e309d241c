package dev.rote.trainer.training;

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
