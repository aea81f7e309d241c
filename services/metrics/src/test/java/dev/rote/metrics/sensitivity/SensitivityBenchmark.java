package dev.rote.metrics.sensitivity;

import dev.rote.metrics.ArrayExamples;
import dev.rote.networks.Architecture;
import dev.rote.networks.Network;
import dev.rote.networks.nd4j.Nd4jEngine;
import dev.rote.random.CounterRandom;
import dev.rote.v1.LossSensitivity;
import dev.rote.v1.ModelSpec;
import dev.rote.v1.Shape;
import dev.rote.v1.TrainingSpec;
import dev.rote.v1.TrialSpec;
import java.util.Locale;
import java.util.Set;

/**
 * Seconds of loss-sensitivity at the sizes of the paper's Fig 3: 1000 examples of 14 x 14, batches
 * of 32, 250 losses. The first argument is the number of steps, the second that of hidden units,
 * the third that of classes; {@code matrix} as the fourth adds Fig 4. Run by {@code mvn -q
 * test-compile exec:java -Dexec.classpathScope=test
 * -Dexec.mainClass=dev.rote.metrics.sensitivity.SensitivityBenchmark -Dexec.args="2000 16 10"};
 * cost is linear in the steps.
 */
public final class SensitivityBenchmark {
  private static final int EXAMPLES = 1000;
  private static final Shape SHAPE =
      Shape.newBuilder().setChannels(1).setHeight(14).setWidth(14).build();

  private SensitivityBenchmark() {}

  public static void main(String[] arguments) {
    int steps = Integer.parseInt(arguments[0]);
    int hidden = Integer.parseInt(arguments[1]);
    int classes = Integer.parseInt(arguments[2]);
    boolean matrix = arguments.length > 3 && arguments[3].equals("matrix");
    TrialSpec.Builder trial = TrialSpec.newBuilder().setSeed(1);
    trial.getModelBuilder().getMlpBuilder().addHidden(hidden).addHidden(hidden);
    trial.getOptimizerBuilder().setLearningRate(0.05);
    trial
        .getTrainingBuilder()
        .setEpochs(1000)
        .setBatchSize(32)
        .setThreads(1)
        .setSampling(TrainingSpec.Sampling.WITH_REPLACEMENT);
    ArrayExamples examples = examples(classes);
    Architecture architecture = new Architecture(trial.getModel(), SHAPE, classes);
    try (Network network = new Nd4jEngine().create(architecture, 1)) {
      network.initialize(1, ModelSpec.Initialization.GLOROT_UNIFORM);
      Weights start = Weights.of(network);
      Sensitivities sensitivities =
          new Sensitivities(
              LossSensitivity.newBuilder()
                  .setTailSteps(500)
                  .setEverySteps(2)
                  .setNorm(LossSensitivity.Norm.L1)
                  .setClassMatrix(matrix)
                  .build(),
              examples,
              architecture);
      Trajectory trajectory = new Trajectory(trial.build(), examples, network, () -> {});
      long begin = System.nanoTime();
      trajectory.forward(0, steps);
      long replayed = System.nanoTime();
      sensitivities.compute(trajectory, start, steps);
      long end = System.nanoTime();
      System.out.printf(
          Locale.ROOT,
          "%d steps, 196-%d-%d-%d: replay %.2f s, sensitivities %.2f s, gini %.4f%n",
          steps,
          hidden,
          hidden,
          classes,
          (replayed - begin) * 1e-9,
          (end - replayed) * 1e-9,
          Gini.of(sensitivities.means()));
    }
  }

  private static ArrayExamples examples(int classes) {
    float[] inputs = new float[EXAMPLES * 196];
    CounterRandom.of(9, "inputs").fillGaussian(inputs, 0, inputs.length, 0, 0, 1, 0);
    int[] labels = new int[EXAMPLES];
    for (int i = 0; i < EXAMPLES; i++) {
      labels[i] = i % classes;
    }
    return new ArrayExamples(inputs, labels, Set.of());
  }
}
