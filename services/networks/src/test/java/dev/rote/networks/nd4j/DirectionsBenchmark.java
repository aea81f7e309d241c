package dev.rote.networks.nd4j;

import dev.rote.networks.Architecture;
import dev.rote.networks.Directions;
import dev.rote.networks.Network;
import dev.rote.v1.ModelSpec;
import java.util.Arrays;
import java.util.Locale;

/**
 * Milliseconds of one step back for 250 directions at once, best of many, with the floating-point
 * rate of its matrix products. Run by {@code mvn -q test-compile exec:java
 * -Dexec.classpathScope=test -Dexec.mainClass=dev.rote.networks.nd4j.DirectionsBenchmark}; compare
 * only figures of one run.
 */
public final class DirectionsBenchmark {
  private static final int ROUNDS = 400;
  private static final int COUNT = 250;
  private static final int EXAMPLES = 1000;
  private static final int BATCH = 32;

  private DirectionsBenchmark() {}

  public static void main(String[] arguments) {
    measure(Fixtures.mlp(196, 10, 16, 16));
    measure(Fixtures.mlp(196, 10, 32, 32));
    measure(Fixtures.mlp(196, 1000, 16, 16));
  }

  private static void measure(Architecture architecture) {
    float[] inputs = Fixtures.inputs(architecture, BATCH);
    int[] labels = Fixtures.labels(architecture, BATCH);
    int[] slots = new int[BATCH];
    for (int i = 0; i < BATCH; i++) {
      slots[i] = i * (EXAMPLES / BATCH);
    }
    double[] weights = new double[BATCH];
    Arrays.fill(weights, 1.0 / BATCH);
    try (Network network = new Nd4jEngine().create(architecture, 1);
        Directions directions = network.directions(COUNT, EXAMPLES)) {
      network.initialize(1, ModelSpec.Initialization.GLOROT_UNIFORM);
      for (int k = 0; k < COUNT; k++) {
        directions.gradient(k, inputs, labels, weights, BATCH);
      }
      long best = Long.MAX_VALUE;
      for (int i = 0; i < ROUNDS; i++) {
        long start = System.nanoTime();
        directions.unroll(inputs, labels, slots, BATCH, 1e-3, 0);
        best = Math.min(best, System.nanoTime() - start);
      }
      /* Four products per layer, of two operations per example, direction and weight. */
      double operations = 8.0 * BATCH * COUNT * network.parameters();
      System.out.printf(
          Locale.ROOT,
          "196-%s-%d: %.2f ms a step, %.0f GFLOP/s%n",
          architecture.model().getMlp().getHiddenList(),
          architecture.classes(),
          best * 1e-6,
          operations / best);
    }
  }
}
