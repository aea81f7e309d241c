package dev.rote.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rote.agreement.EngineUnderTest;
import dev.rote.blueprint.Blueprint;
import dev.rote.networks.Logits;
import dev.rote.networks.Network;
import dev.rote.networks.StepSettings;
import dev.rote.recipes.Batches;
import dev.rote.spec.SweepDefaults;
import dev.rote.v1.AdversarialTraining;
import dev.rote.v1.DatasetSpec;
import dev.rote.v1.Lass;
import dev.rote.v1.Mlp;
import dev.rote.v1.ModelSpec;
import dev.rote.v1.OptimizerSpec;
import dev.rote.v1.RegularizationSpec;
import dev.rote.v1.Shape;
import dev.rote.v1.TrainingSpec;
import dev.rote.v1.TrialSpec;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CriticalHalfOracleTest {
  private static final int N = 40;
  private static final int LENGTH = 10;
  private static final int CLASSES = 3;
  private static final double RADIUS = 20;
  private static final AdversarialTraining TRAINING =
      AdversarialTraining.newBuilder()
          .setWeight(0.3)
          .setRadius(RADIUS)
          .setLass(Lass.newBuilder().setAlpha(6).setBeta(3).setIterations(10))
          .build();

  private static ModelSpec model(Integer... hidden) {
    return ModelSpec.newBuilder()
        .setMlp(Mlp.newBuilder().addAllHidden(Arrays.asList(hidden)))
        .build();
  }

  private static Network network(int classes, int inputs, Integer... hidden) {
    Shape shape = Shape.newBuilder().setChannels(1).setHeight(1).setWidth(inputs).build();
    return EngineUnderTest.open().create(Blueprint.of(model(hidden), shape, classes), 1);
  }

  private static Network trainable() {
    Network network = network(CLASSES, LENGTH, 12, 9);
    network.initialize(3, ModelSpec.Initialization.GLOROT_UNIFORM);
    return network;
  }

  private static float[] inputs(int rows) {
    float[] inputs = new float[rows * LENGTH];
    MadeExamples.flat(N, LENGTH, CLASSES, "train")
        .inputs(IntStream.range(0, N).toArray(), N, inputs);
    return inputs;
  }

  private static int[] labels(int rows) {
    MadeExamples examples = MadeExamples.flat(N, LENGTH, CLASSES, "train");
    return IntStream.range(0, rows).map(i -> i < N ? examples.label(i) : -1).toArray();
  }

  private static float[] appended(Network network, AdversarialTraining spec, long step) {
    float[] inputs = inputs(2 * N);
    new CriticalHalf(network, spec, 7, N).append(inputs, labels(2 * N), N, step);
    return inputs;
  }

  private static int[] classes(Network network, float[] inputs, int n) {
    float[] logits = new float[n * CLASSES];
    network.logits(inputs, n, logits);
    return IntStream.range(0, n).map(i -> Logits.argmax(logits, i * CLASSES, CLASSES)).toArray();
  }

  @Test
  void append_anyNetwork_changesPredictionsInsideTheBoxOrNothing() {
    try (Network network = trainable()) {
      float[] inputs = inputs(2 * N);
      int[] labels = labels(2 * N);
      new CriticalHalf(network, TRAINING, 7, N).append(inputs, labels, N, 5);
      assertThat(Arrays.copyOf(inputs, N * LENGTH)).containsExactly(inputs(N));
      assertThat(Arrays.copyOf(labels, N)).containsExactly(labels(N));
      assertThat(Arrays.copyOfRange(labels, N, 2 * N)).containsExactly(labels(N));
      int[] predicted = classes(network, inputs, 2 * N);
      int moved = 0;
      for (int i = 0; i < N; i++) {
        boolean same = true;
        for (int d = 0; d < LENGTH; d++) {
          double shift = (double) inputs[(N + i) * LENGTH + d] - inputs[i * LENGTH + d];
          assertThat(Math.abs(shift)).isLessThanOrEqualTo(RADIUS / 255);
          same &= shift == 0;
        }
        assertThat(predicted[N + i] == predicted[i]).as("example %d", i).isEqualTo(same);
        moved += same ? 0 : 1;
      }
      assertThat(moved).as("the case has both").isBetween(5, N - 5);
    }
  }

  @Test
  void append_noise_dependsOnSeedStepAndPlaceAlone() {
    try (Network network = trainable()) {
      float[] whole = appended(network, TRAINING, 5);
      assertThat(appended(network, TRAINING, 5)).containsExactly(whole);
      assertThat(appended(network, TRAINING, 6)).isNotEqualTo(whole);
      float[] part = Arrays.copyOf(inputs(N), 2 * 15 * LENGTH);
      new CriticalHalf(network, TRAINING, 7, N).append(part, new int[30], 15, 5);
      assertThat(Arrays.copyOfRange(part, 15 * LENGTH, 30 * LENGTH))
          .containsExactly(Arrays.copyOfRange(whole, N * LENGTH, (N + 15) * LENGTH));
    }
  }

  /** The step is the mixture of the steps on x alone and on x' alone: without momentum, linear. */
  @Test
  void step_adversarial_isTheMixtureOfTwoPlainSteps() {
    TrialSpec spec =
        SweepDefaults.fill(
            TrialSpec.newBuilder()
                .setDataset(DatasetSpec.newBuilder().setName("strokes"))
                .setModel(model(12, 9))
                .setOptimizer(OptimizerSpec.newBuilder().setLearningRate(0.5))
                .setRegularization(RegularizationSpec.newBuilder().setAdversarial(TRAINING))
                .setTraining(TrainingSpec.newBuilder().setBatchSize(N))
                .setSeed(7)
                .build());
    MadeExamples examples = MadeExamples.flat(N, LENGTH, CLASSES, "train");
    Trial trial = new Trial("mixture", "variant", spec, examples, examples);
    try (Network start = trainable();
        Network mixed = trainable();
        Network real = trainable();
        Network critical = trainable()) {
      double loss = new Descent(trial, mixed, Trace.NONE).step(0);
      int[] order = new int[N];
      Batches.of(spec, N).take(0, order);
      float[] both = new float[2 * N * LENGTH];
      examples.inputs(order, N, both);
      int[] labels = Arrays.copyOf(Arrays.stream(order).map(examples::label).toArray(), 2 * N);
      new CriticalHalf(start, TRAINING, 7, N).append(both, labels, N, 0);
      StepSettings plain = new StepSettings(0.5, 0, RegularizationSpec.getDefaultInstance(), 7, 0);
      double realLoss = real.step(both, labels, N, plain);
      float[] second = Arrays.copyOfRange(both, N * LENGTH, 2 * N * LENGTH);
      double criticalLoss = critical.step(second, labels, N, plain);
      assertThat(criticalLoss).isNotCloseTo(realLoss, within(1e-3));
      assertThat(loss).isCloseTo(0.7 * realLoss + 0.3 * criticalLoss, within(1e-6));
      for (int t = 0; t < 6; t++) {
        float[] expected = read(real, t);
        float[] other = read(critical, t);
        float[] actual = read(mixed, t);
        for (int i = 0; i < actual.length; i++) {
          assertThat((double) actual[i])
              .as("%s[%d]", start.tensors().get(t).getName(), i)
              .isCloseTo(0.7 * expected[i] + 0.3 * other[i], within(1e-6));
        }
      }
    }
  }

  private static float[] read(Network network, int tensor) {
    int length = network.tensors().get(tensor).getShapeList().stream().reduce(1, (a, b) -> a * b);
    float[] values = new float[length];
    network.read(tensor, values);
    return values;
  }

  /**
   * Logits equal to the inputs, x = (0.502, 0.5), label 0, steps of one grey level without noise:
   * the first step swaps the classes at x' = x + (-1, 1) / 255.
   *
   * <p>With q = 1 / (1 + e^(x0 - x1)) and q' likewise, the gradient by the biases is (-1, 1) times
   * {@code (1 - w) q + w q'}.
   */
  @Test
  void append_identityNetwork_handWorkedStep() {
    AdversarialTraining spec =
        AdversarialTraining.newBuilder()
            .setWeight(0.25)
            .setRadius(2)
            .setLass(Lass.newBuilder().setAlpha(1).setBeta(0).setIterations(3))
            .build();
    try (Network network = network(2, 2)) {
      network.write(0, new float[] {1, 0, 0, 1});
      float[] inputs = {0.502f, 0.5f, 0, 0};
      int[] labels = {0, -1};
      CriticalHalf half = new CriticalHalf(network, spec, 1, 1);
      half.append(inputs, labels, 1, 0);
      assertThat((double) inputs[2]).isCloseTo(0.502 - 1 / 255.0, within(1e-6));
      assertThat((double) inputs[3]).isCloseTo(0.5 + 1 / 255.0, within(1e-6));
      double loss =
          network.step(
              inputs,
              labels,
              half.weights(1),
              2,
              new StepSettings(1, 0, RegularizationSpec.getDefaultInstance(), 1, 0));
      double margin = 0.002;
      double other = margin - 2 / 255.0;
      double q = 0.75 / (1 + Math.exp(margin)) + 0.25 / (1 + Math.exp(other));
      assertThat(loss)
          .isCloseTo(
              0.75 * Math.log1p(Math.exp(-margin)) + 0.25 * Math.log1p(Math.exp(-other)),
              within(1e-6));
      float[] biases = read(network, 1);
      assertThat((double) biases[0]).isCloseTo(q, within(1e-6));
      assertThat((double) biases[1]).isCloseTo(-q, within(1e-6));
    }
  }

  @Test
  void weights_anyBatch_sumToOneInTheProportionAskedFor() {
    try (Network network = trainable()) {
      double[] weights = new CriticalHalf(network, TRAINING, 7, N).weights(8);
      assertThat(weights).hasSize(16);
      assertThat(Arrays.stream(weights, 0, 8).sum()).isCloseTo(0.7, within(1e-12));
      assertThat(Arrays.stream(weights, 8, 16).sum()).isCloseTo(0.3, within(1e-12));
    }
  }
}
