package dev.rote.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.rote.blueprint.Ability;
import dev.rote.blueprint.Blueprint;
import dev.rote.blueprint.DenseChain;
import dev.rote.networks.Directions;
import dev.rote.networks.Directions.Mode;
import dev.rote.networks.Engines;
import dev.rote.networks.Logits;
import dev.rote.networks.Network;
import dev.rote.networks.StepSettings;
import dev.rote.networks.Targets;
import dev.rote.random.CounterRandom;
import dev.rote.v1.Cnn;
import dev.rote.v1.ModelSpec;
import dev.rote.v1.RegularizationSpec;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The engine under test computes the same networks as the reference engine, within what float32 can
 * tell apart.
 */
public abstract class AgreementSuite {
  private static final int N = 9;
  private static final RegularizationSpec EVERYTHING =
      RegularizationSpec.newBuilder()
          .setDropout(0.3)
          .setHiddenNoise(0.2)
          .setInputDropout(0.2)
          .setInputNoise(0.1)
          .setWeightDecay(0.01)
          .build();

  static Stream<Blueprint> mlps() {
    return Stream.of(
        Pair.mlp(5, 3),
        Pair.mlp(7, 4, 6),
        Pair.mlp(20, 3, 16, 12),
        Pair.normalised(Pair.mlpModel(6, 5), 2, 3, 4));
  }

  /** Networks of every op that has second derivatives. */
  static Stream<Blueprint> curving() {
    return Stream.of(OpNetwork.values())
        .map(OpNetwork::blueprint)
        .filter(blueprint -> blueprint.supports(Ability.SECOND_DERIVATIVES));
  }

  static Stream<Blueprint> blueprints() {
    return Stream.of(
            mlps(),
            Stream.of(
                Pair.cnn(Cnn.Padding.VALID),
                Pair.cnn(Cnn.Padding.SAME),
                Pair.normalised(Pair.cnnModel(Cnn.Padding.VALID), 2, 13, 11)),
            Stream.of(OpNetwork.values()).map(OpNetwork::blueprint))
        .flatMap(networks -> networks);
  }

  private static Pair trained(Blueprint blueprint, RegularizationSpec regularization) {
    Pair pair = Pair.of(blueprint);
    pair.initialize(ModelSpec.Initialization.HE_NORMAL);
    float[] inputs = pair.inputs(N);
    int[] labels = pair.labels(N);
    double[] weights = new double[N];
    Arrays.setAll(weights, i -> (i + 1) / 50.0);
    for (int s = 0; s < 6; s++) {
      StepSettings settings = new StepSettings(0.05, 0.8, regularization, 5, s);
      double usual = pair.usual().step(inputs, labels, weights, N, settings);
      assertThat(pair.reference().step(inputs, labels, weights, N, settings))
          .isCloseTo(usual, within(1e-4 * Math.max(1, usual)));
    }
    return pair;
  }

  @ParameterizedTest
  @MethodSource("blueprints")
  void tensors_namesOrderAndShapes_areTheSame(Blueprint blueprint) {
    try (Pair pair = Pair.of(blueprint)) {
      assertThat(pair.reference().tensors()).isEqualTo(pair.usual().tensors());
      assertThat(pair.reference().parameters()).isEqualTo(pair.usual().parameters());
      pair.assertSameState(0);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = ModelSpec.Initialization.class,
      names = "UNRECOGNIZED",
      mode = EnumSource.Mode.EXCLUDE)
  void initialize_everyScheme_sameBits(ModelSpec.Initialization scheme) {
    try (Pair pair = Pair.of(Pair.cnn(Cnn.Padding.SAME))) {
      pair.initialize(scheme);
      pair.assertSameState(0);
      assertThat(Pair.read(pair.reference(), 0)).doesNotContain(0);
    }
  }

  @ParameterizedTest
  @MethodSource("blueprints")
  void step_plain_sameState(Blueprint blueprint) {
    try (Pair pair = trained(blueprint, RegularizationSpec.getDefaultInstance())) {
      pair.assertSameState(1e-4);
    }
  }

  @ParameterizedTest
  @MethodSource("blueprints")
  void step_everyRegulariser_sameState(Blueprint blueprint) {
    try (Pair pair = trained(blueprint, EVERYTHING)) {
      pair.assertSameState(1e-4);
    }
  }

  /** The logits of a step are those of its forward pass, noise included, and cost no bit. */
  @ParameterizedTest
  @MethodSource("blueprints")
  void step_logitsWanted_sameBitsAndThoseOfTheReference(Blueprint blueprint) {
    try (Pair pair = Pair.of(blueprint);
        Pair without = Pair.of(blueprint)) {
      pair.initialize(ModelSpec.Initialization.HE_NORMAL);
      without.initialize(ModelSpec.Initialization.HE_NORMAL);
      float[] inputs = pair.inputs(N);
      Targets targets = Targets.mean(pair.labels(N), N);
      float[] logits = new float[(N + 1) * blueprint.classes()];
      float[] expected = logits.clone();
      for (int s = 0; s < 2; s++) {
        StepSettings settings = new StepSettings(0.05, 0.8, EVERYTHING, 5, s);
        double loss = pair.usual().step(inputs, targets, settings, logits);
        assertThat(without.usual().step(inputs, targets, settings)).isEqualTo(loss);
        pair.reference().step(inputs, targets, settings, expected);
        assertThat(logits).containsExactly(expected, within(1e-4f));
        double mean = 0;
        for (int i = 0; i < N; i++) {
          int label = targets.labels()[i];
          mean += Logits.crossEntropy(logits, i * blueprint.classes(), blueprint.classes(), label);
        }
        assertThat(mean / N).isCloseTo(loss, within(1e-5 * Math.max(1, loss)));
      }
      for (int t = 0; t < pair.usual().tensors().size(); t++) {
        assertThat(Pair.read(pair.usual(), t)).isEqualTo(Pair.read(without.usual(), t));
      }
    }
  }

  /**
   * Whoever takes over the state goes on with the same bits, on as many threads: no more is kept.
   */
  @ParameterizedTest
  @MethodSource("blueprints")
  void step_onStateTakenOver_sameBits(Blueprint blueprint) {
    try (Network first = Engines.named(Pair.USUAL).create(blueprint, 2);
        Network second = Engines.named(Pair.USUAL).create(blueprint, 2);
        Pair batches = Pair.of(blueprint)) {
      first.initialize(3, ModelSpec.Initialization.HE_NORMAL);
      for (int s = 0; s < 6; s++) {
        if (s == 3) {
          for (int t = 0; t < first.tensors().size(); t++) {
            second.write(t, Pair.read(first, t));
          }
        }
        StepSettings settings = new StepSettings(0.05, 0.8, EVERYTHING, 5, s);
        for (Network network : s < 3 ? List.of(first) : List.of(first, second)) {
          network.step(batches.inputs(N), batches.labels(N), N, settings);
        }
      }
      for (int t = 0; t < first.tensors().size(); t++) {
        assertThat(Pair.read(second, t)).containsExactly(Pair.read(first, t));
      }
    }
  }

  /** Velocities wait, unchanged, through a step without momentum. */
  @Test
  void step_momentumThenNone_sameState() {
    try (Pair pair = trained(Pair.mlp(7, 4, 6), EVERYTHING)) {
      StepSettings settings = new StepSettings(0.1, 0, EVERYTHING, 5, 7);
      for (Network network : List.of(pair.usual(), pair.reference())) {
        network.step(pair.inputs(N), pair.labels(N), N, settings);
      }
      pair.assertSameState(1e-4);
    }
  }

  @ParameterizedTest
  @MethodSource("blueprints")
  void inputGradient_ofLabelsAndPredictions_sameAsAreLogits(Blueprint blueprint) {
    try (Pair pair = trained(blueprint, EVERYTHING)) {
      pair.copyToReference();
      float[] inputs = pair.inputs(N);
      int[] labels = pair.labels(N);
      labels[2] = -1;
      labels[5] = -1;
      float[][] gradients = new float[2][inputs.length];
      float[][] logits = new float[2][N * blueprint.classes()];
      pair.usual().inputGradient(inputs, labels, N, gradients[0], logits[0]);
      pair.reference().inputGradient(inputs, labels, N, gradients[1], logits[1]);
      Pair.assertClose("logits", logits[0], logits[1], 1e-5);
      Pair.assertClose("gradients", gradients[0], gradients[1], 1e-5);
      pair.reference().logits(inputs, N, logits[0]);
      assertThat(logits[0]).containsExactly(logits[1]);
      /* A gradient by the inputs leaves nothing behind for the next step. */
      StepSettings settings = new StepSettings(0.05, 0, EVERYTHING, 5, 9);
      for (Network network : List.of(pair.usual(), pair.reference())) {
        network.step(inputs, pair.labels(N), N, settings);
      }
      pair.assertSameState(1e-4);
    }
  }

  static float[] vector(Network network, int k) {
    float[] vector = new float[(int) network.parameters()];
    CounterRandom.of(4, "direction/" + k).fillGaussian(vector, 0, vector.length, 0, 0, 1, 0);
    return vector;
  }

  @ParameterizedTest
  @MethodSource("mlps")
  void directions_gradientHessianAndUnroll_same(Blueprint blueprint) {
    try (Pair pair = trained(blueprint, RegularizationSpec.getDefaultInstance())) {
      compareDirections(pair, Mode.INFERENCE, 1e-5);
    }
  }

  /** An engine that has them of multilayer perceptrons alone says where there are others. */
  @ParameterizedTest
  @MethodSource("curving")
  void directions_ofEveryOp_sameOrRefused(Blueprint blueprint) {
    try (Pair pair = trained(blueprint, RegularizationSpec.getDefaultInstance())) {
      if (Pair.USUAL.equals("cuda") && DenseChain.of(blueprint).isEmpty()) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> pair.usual().directions(1, 0, Mode.INFERENCE))
            .withMessageContaining("choose rote.engine=nd4j");
        return;
      }
      for (Mode mode : Mode.values()) {
        compareDirections(pair, mode, 1e-4);
        pair.assertSameState(0);
      }
    }
  }

  private static void compareDirections(Pair pair, Mode mode, double tolerance) {
    int[] slots = {0, 1, 2, -1, 1, 0, 2, 2, 0};
    double[] weights = {0.5, 0, 0.25, 0, 0.125, 1, 0, 0, 0.3};
    pair.copyToReference();
    try (Directions usual = pair.usual().directions(3, 3, mode);
        Directions reference = pair.reference().directions(3, 3, mode)) {
      for (Directions each : List.of(usual, reference)) {
        each.write(0, vector(pair.usual(), 0));
        each.write(1, vector(pair.usual(), 1));
        each.gradient(2, pair.inputs(N), pair.labels(N), weights, N);
        each.unroll(pair.inputs(N), pair.labels(N), slots, N, 0.3, 0.2);
        each.unroll(pair.inputs(N - 2), pair.labels(N - 2), slots, N - 2, 0.1, 0.2);
        each.multiplyByHessian(pair.inputs(N), pair.labels(N), N);
      }
      assertSame(pair, usual, reference, 3, tolerance);
    }
  }

  static void assertSame(
      Pair pair, Directions usual, Directions reference, int slots, double tolerance) {
    assertThat(reference.count()).isEqualTo(usual.count());
    float[][] values = new float[2][(int) pair.usual().parameters()];
    for (int k = 0; k < usual.count(); k++) {
      usual.read(k, values[0]);
      reference.read(k, values[1]);
      Pair.assertClose("direction " + k, values[0], values[1], tolerance);
    }
    int length = usual.count() * pair.usual().blueprint().inputLength();
    float[][] influences = new float[2][length];
    for (int slot = 0; slot < slots; slot++) {
      usual.influences(slot, influences[0]);
      reference.influences(slot, influences[1]);
      Pair.assertClose("slot " + slot, influences[0], influences[1], tolerance);
    }
    reference.clear();
    reference.read(1, values[1]);
    reference.influences(1, influences[1]);
    assertThat(values[1]).containsOnly(0);
    assertThat(influences[1]).containsOnly(0);
  }

  /** As losses are met on the way back: more directions than are computed with together. */
  @ParameterizedTest
  @MethodSource("mlps")
  void directions_begunBetweenSteps_sameAndTheOthersStayZero(Blueprint blueprint) {
    int count = 37;
    int[] slots = {1, -1, 0, 1, 1, 0, -1, 0, 0};
    try (Pair pair = trained(blueprint, RegularizationSpec.getDefaultInstance())) {
      pair.copyToReference();
      try (Directions usual = pair.usual().directions(count, 2, Mode.TRAINING);
          Directions reference = pair.reference().directions(count, 2, Mode.TRAINING)) {
        for (Directions each : List.of(usual, reference)) {
          each.unroll(pair.inputs(N), pair.labels(N), slots, N, 0.3, 0.2);
          for (int k = 0; k < count - 2; k++) {
            each.write(k, vector(pair.usual(), k));
            if (k % 6 == 0) {
              each.unroll(pair.inputs(N), pair.labels(N), slots, N, 0.3, 0);
            }
          }
          each.unroll(pair.inputs(N), pair.labels(N), slots, N, 0.1, 0.2);
        }
        assertSame(pair, usual, reference, 2, 1e-5);
        float[] values = new float[(int) pair.usual().parameters()];
        for (int k = count - 2; k < count; k++) {
          usual.read(k, values);
          assertThat(values).containsOnly(0);
        }
        usual.clear();
        usual.unroll(pair.inputs(N), pair.labels(N), slots, N, 0.3, 0.2);
        float[] influences = new float[count * blueprint.inputLength()];
        usual.influences(1, influences);
        assertThat(influences).containsOnly(0);
      }
    }
  }

  @Test
  void create_whatCannotBe_bothRefuseInTheSameWords() {
    Blueprint valid = Pair.cnn(Cnn.Padding.VALID);
    for (String engine : List.of(Pair.USUAL, "reference")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Engines.named(engine).create(valid, 257))
          .withMessage("threads must be in [1, 256], was 257");
      try (Network network = Engines.named(engine).create(Pair.mlp(3, 2), 1)) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> network.directions(0, 0, Mode.INFERENCE))
            .withMessageContaining("were 0 and 0");
      }
    }
  }
}
