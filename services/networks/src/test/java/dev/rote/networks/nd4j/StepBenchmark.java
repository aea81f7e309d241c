package dev.rote.networks.nd4j;

import dev.rote.networks.Architecture;
import dev.rote.networks.Network;
import dev.rote.v1.Cnn;
import dev.rote.v1.ModelSpec;
import dev.rote.v1.RegularizationSpec;
import dev.rote.v1.Shape;
import java.util.List;
import java.util.Locale;

/**
 * Milliseconds of a training step and of evaluation, best of many. Run by {@code mvn -q
 * test-compile exec:java -Dexec.classpathScope=test
 * -Dexec.mainClass=dev.rote.networks.nd4j.StepBenchmark}; compare only figures of one run.
 */
public final class StepBenchmark {
  private static final int ROUNDS = 600;

  private StepBenchmark() {}

  public static void main(String[] arguments) {
    RegularizationSpec noisy =
        RegularizationSpec.newBuilder().setDropout(0.2).setInputNoise(0.1).build();
    for (int threads = 1; threads <= 2; threads++) {
      measure("mlp 784-256-10, batch 64", image(mlp(256), 28, 1), 64, threads, Fixtures.NONE);
      measure(
          "mlp 784-512-512-10, batch 128",
          image(mlp(512, 512), 28, 1),
          128,
          threads,
          Fixtures.NONE);
      measure(
          "the same with dropout and input noise",
          image(mlp(512, 512), 28, 1),
          128,
          threads,
          noisy);
      measure(
          "mlp 784-4096-4096-10, batch 128",
          image(mlp(4096, 4096), 28, 1),
          128,
          threads,
          Fixtures.NONE);
    }
    if (arguments.length > 0 && arguments[0].equals("cnn")) {
      for (Cnn.Padding padding : List.of(Cnn.Padding.VALID, Cnn.Padding.SAME)) {
        measure("cnn " + padding, image(cnn(padding), 32, 3), 128, 2, Fixtures.NONE);
      }
    }
  }

  private static ModelSpec mlp(int... hidden) {
    ModelSpec.Builder model = ModelSpec.newBuilder();
    for (int units : hidden) {
      model.getMlpBuilder().addHidden(units);
    }
    return model.build();
  }

  private static ModelSpec cnn(Cnn.Padding padding) {
    return ModelSpec.newBuilder()
        .setCnn(
            Cnn.newBuilder()
                .setCrop(2)
                .addAllFilters(List.of(200, 200))
                .setKernel(5)
                .setPadding(padding)
                .setPool(3)
                .setPoolStride(padding == Cnn.Padding.SAME ? 2 : 3)
                .addAllDense(List.of(384, 192)))
        .build();
  }

  private static Architecture image(ModelSpec model, int side, int channels) {
    Shape shape = Shape.newBuilder().setChannels(channels).setHeight(side).setWidth(side).build();
    return new Architecture(model, shape, 10);
  }

  private static void measure(
      String name, Architecture architecture, int n, int threads, RegularizationSpec spec) {
    float[] inputs = Fixtures.inputs(architecture, n);
    int[] labels = Fixtures.labels(architecture, n);
    try (Network network = new Nd4jEngine().create(architecture, threads)) {
      network.initialize(1, ModelSpec.Initialization.GLOROT_UNIFORM);
      double step = best(s -> network.step(inputs, labels, n, Fixtures.settings(0.01, 0, spec, s)));
      float[] logits = new float[n * 10];
      double forward = best(s -> network.logits(inputs, n, logits));
      System.out.printf(
          Locale.ROOT,
          "%-40s %d threads: step %8.3f ms, inference %8.3f ms%n",
          name,
          threads,
          step,
          forward);
    }
  }

  private interface Work {
    void run(int number);
  }

  private static double best(Work work) {
    long best = Long.MAX_VALUE;
    long end = System.nanoTime() + 8_000_000_000L;
    for (int i = 0; i < ROUNDS && (i < 3 || System.nanoTime() < end); i++) {
      long start = System.nanoTime();
      work.run(i);
      best = Math.min(best, System.nanoTime() - start);
    }
    return best * 1e-6;
  }
}
