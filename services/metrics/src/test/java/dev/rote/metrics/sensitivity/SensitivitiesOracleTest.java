package dev.rote.metrics.sensitivity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rote.agreement.EngineUnderTest;
import dev.rote.blueprint.Blueprint;
import dev.rote.metrics.ArrayExamples;
import dev.rote.networks.Network;
import dev.rote.random.CounterRandom;
import dev.rote.v1.LossSensitivity;
import dev.rote.v1.ModelSpec;
import dev.rote.v1.Shape;
import dev.rote.v1.TrainingSpec;
import dev.rote.v1.TrialSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Sensitivities against training again, in float64, with one value of one training example moved to
 * both sides: the difference quotient of each loss, whose own batch is not moved.
 */
class SensitivitiesOracleTest {
  private static final int N = 8;
  private static final int D = 3;
  private static final int HIDDEN = 5;
  private static final int CLASSES = 3;
  private static final int STEPS = 9;

  private static TrialSpec trial(TrainingSpec.Sampling sampling) {
    TrialSpec.Builder trial = TrialSpec.newBuilder().setSeed(5);
    trial.getModelBuilder().getMlpBuilder().addHidden(HIDDEN);
    trial.getOptimizerBuilder().setLearningRate(0.4).getStepDecayBuilder().setFactor(0.7);
    trial.getOptimizerBuilder().getStepDecayBuilder().setEveryEpochs(1);
    trial.getRegularizationBuilder().setWeightDecay(0.05);
    trial.getTrainingBuilder().setEpochs(3).setBatchSize(3).setThreads(1).setSampling(sampling);
    return trial.build();
  }

  private static float[] inputs() {
    float[] inputs = new float[N * D];
    CounterRandom.of(2, "inputs").fillGaussian(inputs, 0, inputs.length, 0, 0, 1, 0);
    return inputs;
  }

  private static int[] labels() {
    int[] labels = new int[N];
    for (int i = 0; i < N; i++) {
      labels[i] = i % CLASSES;
    }
    return labels;
  }

  private static Network network() {
    Blueprint blueprint =
        Blueprint.of(
            trial(TrainingSpec.Sampling.EPOCHS).getModel(),
            Shape.newBuilder().setChannels(1).setHeight(1).setWidth(D).build(),
            CLASSES);
    Network network = EngineUnderTest.open().create(blueprint, 1);
    network.initialize(7, ModelSpec.Initialization.GLOROT_UNIFORM);
    return network;
  }

  private static LossSensitivity.Builder spec() {
    return LossSensitivity.newBuilder()
        .setTailSteps(5)
        .setEverySteps(2)
        .setNorm(LossSensitivity.Norm.L1)
        .setClassMatrix(true);
  }

  private static Sensitivities computed(TrialSpec trial, LossSensitivity spec, long bytes) {
    ArrayExamples examples = new ArrayExamples(inputs(), labels(), Set.of());
    try (Network network = network()) {
      Sensitivities sensitivities = new Sensitivities(spec, examples, network.blueprint(), bytes);
      Weights start = Weights.of(network);
      sensitivities.compute(new Trajectory(trial, examples, network, () -> {}), start, STEPS);
      return sensitivities;
    }
  }

  /** ∂L_t(y = label)/∂x_i by difference quotients. */
  private static double[] quotients(TrialSpec trial, long step, int label, int i) {
    DoubleRun run = new DoubleRun(trial, D, HIDDEN, CLASSES, labels());
    double[] start;
    try (Network network = network()) {
      start = flat(network);
    }
    double[][] inputs = rows(inputs());
    double[] quotients = new double[D];
    double h = 1e-6;
    for (int j = 0; j < D; j++) {
      double[][] above = rows(inputs());
      above[i][j] += h;
      double[][] below = rows(inputs());
      below[i][j] -= h;
      quotients[j] =
          (run.loss(start, above, inputs, step, label)
                  - run.loss(start, below, inputs, step, label))
              / (2 * h);
    }
    return quotients;
  }

  private static double[] flat(Network network) {
    double[] flat = new double[(int) network.parameters()];
    int at = 0;
    for (int t = 0; t < 4; t++) {
      float[] values =
          new float[network.tensors().get(t).getShapeList().stream().reduce(1, (a, b) -> a * b)];
      network.read(t, values);
      for (float value : values) {
        flat[at++] = value;
      }
    }
    return flat;
  }

  private static double[][] rows(float[] inputs) {
    double[][] rows = new double[N][D];
    for (int i = 0; i < inputs.length; i++) {
      rows[i / D][i % D] = inputs[i];
    }
    return rows;
  }

  private static double norm(LossSensitivity.Norm norm, double[] v) {
    return switch (norm) {
      case L2 -> Math.sqrt(Arrays.stream(v).map(x -> x * x).sum());
      case LINF -> Arrays.stream(v).map(Math::abs).max().orElseThrow();
      case L1, UNSPECIFIED, UNRECOGNIZED -> Arrays.stream(v).map(Math::abs).sum();
    };
  }

  /** The last five of nine steps, every other one: 4, 6 and 8. */
  @ParameterizedTest
  @EnumSource(names = {"EPOCHS", "WITH_REPLACEMENT"})
  void means_equalTrainingAgainWithMovedInputs(TrainingSpec.Sampling sampling) {
    TrialSpec trial = trial(sampling);
    for (LossSensitivity.Norm norm :
        List.of(LossSensitivity.Norm.L1, LossSensitivity.Norm.L2, LossSensitivity.Norm.LINF)) {
      Sensitivities sensitivities =
          computed(trial, spec().setNorm(norm).setClassMatrix(false).build(), 1 << 20);
      assertThat(sensitivities.losses()).isEqualTo(3);
      double[] means = sensitivities.means();
      double largest = 0;
      for (int i = 0; i < N; i++) {
        double expected = 0;
        for (long t : List.of(4L, 6L, 8L)) {
          expected += norm(norm, quotients(trial, t, -1, i)) / 3;
        }
        largest = Math.max(largest, expected);
        assertThat(means[i]).as("%s, example %d", norm, i).isCloseTo(expected, within(2e-6));
      }
      assertThat(largest).isGreaterThan(0.01);
    }
  }

  @Test
  void matrix_equalsTrainingAgainWithMovedInputs() {
    TrialSpec trial = trial(TrainingSpec.Sampling.WITH_REPLACEMENT);
    ClassMatrix matrix = Objects.requireNonNull(computed(trial, spec().build(), 1 << 20).matrix());
    for (int c = 0; c < CLASSES; c++) {
      for (int j = 0; j < CLASSES; j++) {
        double sum = 0;
        int count = 0;
        for (long t : List.of(4L, 6L, 8L)) {
          for (int i = j; i < N; i += CLASSES) {
            double norm = norm(LossSensitivity.Norm.L1, quotients(trial, t, c, i));
            if (!Double.isNaN(norm)) {
              sum += norm;
              count++;
            }
          }
        }
        assertThat(matrix.mean(c, j)).as("%d, %d", c, j).isCloseTo(sum / count, within(2e-6));
      }
    }
  }

  /** A loss at a time, and the first examples alone: the same numbers. */
  @Test
  void means_manySweepsAndFewExamples_areTheSame() {
    TrialSpec trial = trial(TrainingSpec.Sampling.EPOCHS);
    double[] whole = computed(trial, spec().build(), 1 << 20).means();
    Sensitivities parts = computed(trial, spec().setCount(5).build(), 1);
    assertThat(parts.means()).hasSize(5);
    for (int i = 0; i < 5; i++) {
      assertThat(parts.means()[i]).isCloseTo(whole[i], within(1e-6));
    }
  }

  /** The loss of step 0 owes nothing to earlier steps. */
  @Test
  void means_ofARunOfOneStep_areZero() {
    ArrayExamples examples = new ArrayExamples(inputs(), labels(), Set.of());
    try (Network network = network()) {
      Sensitivities sensitivities =
          new Sensitivities(spec().build(), examples, network.blueprint(), 1 << 20);
      Weights start = Weights.of(network);
      Trajectory trajectory =
          new Trajectory(trial(TrainingSpec.Sampling.EPOCHS), examples, network, () -> {});
      sensitivities.compute(trajectory, start, 1);
      assertThat(sensitivities.losses()).isEqualTo(1);
      assertThat(sensitivities.means()).containsOnly(0);
    }
  }
}
