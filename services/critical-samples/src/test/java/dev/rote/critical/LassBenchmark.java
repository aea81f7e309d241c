package dev.rote.critical;

import dev.rote.networks.Architecture;
import dev.rote.networks.Network;
import dev.rote.networks.nd4j.Nd4jEngine;
import dev.rote.random.CounterRandom;
import dev.rote.v1.Mlp;
import dev.rote.v1.ModelSpec;
import dev.rote.v1.Shape;
import java.io.PrintStream;
import java.util.Locale;

/**
 * Throughput of LASS on an untrained MLP 784-512-10 with 1000 examples, against the gradients
 * alone, which are its floor. Run its {@code main} with the test class path.
 */
final class LassBenchmark {
  private static final int EXAMPLES = 1000;
  private static final int LENGTH = 784;
  private static final int BATCH = 256;

  private LassBenchmark() {}

  public static void main(String[] args) {
    PrintStream out = new PrintStream(System.out, true);
    try (Nd4jEngine engine = new Nd4jEngine();
        Network network = engine.create(mlp(), 1)) {
      network.initialize(1, ModelSpec.Initialization.GLOROT_UNIFORM);
      float[] inputs = new float[EXAMPLES * LENGTH];
      CounterRandom random = CounterRandom.of(1, "inputs");
      for (int i = 0; i < inputs.length; i++) {
        inputs[i] = (float) random.uniform(0, i);
      }
      SearchRule rule = new SearchRule("lass", 0.3 / 255, 0.25 / 255, 0.2 / 255, 100, false, 0);
      for (int run = 0; run < 3; run++) {
        long start = System.nanoTime();
        SearchOutcome outcome =
            new CriticalSearch(network, rule, 1).search(inputs.clone(), EXAMPLES, 0, () -> {});
        double search = (System.nanoTime() - start) / 1e9;
        double floor = gradients(network, inputs, outcome.exampleIterations());
        out.printf(
            Locale.ROOT,
            "%d critical, %d example iterations in %.2f s (%.0f/s); gradients alone %.2f s%n",
            outcome.critical(),
            outcome.exampleIterations(),
            search,
            outcome.exampleIterations() / search,
            floor);
      }
    }
  }

  private static Architecture mlp() {
    return new Architecture(
        ModelSpec.newBuilder().setMlp(Mlp.newBuilder().addHidden(512)).build(),
        Shape.newBuilder().setChannels(1).setHeight(28).setWidth(28).build(),
        10);
  }

  private static double gradients(Network network, float[] inputs, long rows) {
    float[] batch = new float[BATCH * LENGTH];
    System.arraycopy(inputs, 0, batch, 0, batch.length);
    int[] labels = new int[BATCH];
    java.util.Arrays.fill(labels, -1);
    float[] gradients = new float[batch.length];
    float[] logits = new float[BATCH * 10];
    long start = System.nanoTime();
    for (long done = 0; done < rows; done += BATCH) {
      network.inputGradient(batch, labels, BATCH, gradients, logits);
    }
    return (System.nanoTime() - start) / 1e9;
  }
}
