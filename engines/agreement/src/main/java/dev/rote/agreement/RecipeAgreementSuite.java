package dev.rote.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rote.blueprint.Blueprint;
import dev.rote.blueprint.DenseChain;
import dev.rote.networks.Directions;
import dev.rote.networks.Engine;
import dev.rote.networks.Engines;
import dev.rote.networks.Network;
import dev.rote.networks.StepSettings;
import dev.rote.networks.Targets;
import dev.rote.recipes.Adam;
import dev.rote.recipes.AdamW;
import dev.rote.recipes.CrossEntropy;
import dev.rote.recipes.Loss;
import dev.rote.recipes.Optimizer;
import dev.rote.recipes.Recipe;
import dev.rote.recipes.Sgd;
import dev.rote.recipes.ShiftedLogLoss;
import dev.rote.recipes.SquaredError;
import dev.rote.v1.Cnn;
import dev.rote.v1.ModelSpec;
import dev.rote.v1.RegularizationSpec;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The engine under test takes the steps of every optimiser on every loss as the reference engine
 * does, within what float32 can tell apart.
 */
public abstract class RecipeAgreementSuite {
  private static final int N = 9;
  private static final double NO_CLIP = Double.POSITIVE_INFINITY;

  /** Large enough that a gradient of rounding errors alone moves nothing far. */
  private static final double EPSILON = 1e-2;

  private static final RegularizationSpec DECAY =
      RegularizationSpec.newBuilder().setWeightDecay(0.05).build();

  private static Recipe recipe(Optimizer optimizer, boolean decaysAll, double clipNorm) {
    return new Recipe(CrossEntropy.PLAIN, optimizer, decaysAll, clipNorm);
  }

  static Stream<Arguments> optimizers() {
    return Stream.of(
        Arguments.of("without velocities", recipe(new Sgd(false, false), false, NO_CLIP), 0.0),
        Arguments.of("decay of all", recipe(new Sgd(true, false), true, NO_CLIP), 0.8),
        Arguments.of("Nesterov", recipe(new Sgd(true, true), false, NO_CLIP), 0.8),
        Arguments.of("clipped", recipe(new Sgd(true, false), false, 0.1), 0.8),
        Arguments.of("clipped, no velocities", recipe(new Sgd(false, false), true, 0.1), 0.0),
        Arguments.of("Adam", recipe(new Adam(0.95, EPSILON), false, NO_CLIP), 0.9),
        Arguments.of("AdamW", recipe(new AdamW(0.95, EPSILON, 0.1), true, 0.5), 0.9));
  }

  static List<Loss> losses() {
    return List.of(
        new CrossEntropy(0.2),
        new SquaredError(true),
        new SquaredError(false),
        new ShiftedLogLoss());
  }

  private static List<Blueprint> blueprints() {
    return Stream.concat(
            Stream.of(Pair.mlp(7, 4, 6), Pair.cnn(Cnn.Padding.VALID)),
            Stream.of(OpNetwork.values()).map(OpNetwork::blueprint))
        .toList();
  }

  private static Pair trained(Blueprint blueprint, Recipe recipe, double momentum) {
    Pair pair = Pair.of(blueprint, recipe);
    pair.initialize(ModelSpec.Initialization.HE_NORMAL);
    for (int s = 0; s < 6; s++) {
      step(pair.usual(), pair, momentum, s);
      step(pair.reference(), pair, momentum, s);
    }
    return pair;
  }

  private static double step(Network network, Pair pair, double momentum, int s) {
    double[] weights = new double[N];
    Arrays.setAll(weights, i -> (i + 1) / 50.0);
    StepSettings settings = new StepSettings(0.05, momentum, DECAY, 5, s);
    return network.step(pair.inputs(N), pair.labels(N), weights, N, settings);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("optimizers")
  void step_anyOptimizer_sameState(String name, Recipe recipe, double momentum) {
    for (Blueprint blueprint : blueprints()) {
      try (Pair pair = trained(blueprint, recipe, momentum)) {
        assertThat(pair.reference().tensors()).isEqualTo(pair.usual().tensors());
        pair.assertSameState(2e-4);
      }
    }
  }

  /** A checkpoint holds all that an optimiser keeps. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("optimizers")
  void write_stateOfAnotherNetwork_goesOnWithTheSameBits(
      String name, Recipe recipe, double momentum) {
    Engine engine = Engines.named(Pair.USUAL);
    try (Pair pair = trained(Pair.cnn(Cnn.Padding.SAME), recipe, momentum);
        Network resumed = engine.create(pair.usual().blueprint(), recipe, 1)) {
      for (int t = 0; t < resumed.tensors().size(); t++) {
        resumed.write(t, Pair.read(pair.usual(), t));
      }
      for (int s = 6; s < 9; s++) {
        double uninterrupted = step(pair.usual(), pair, momentum, s);
        assertThat(step(resumed, pair, momentum, s)).isEqualTo(uninterrupted);
      }
      for (int t = 0; t < resumed.tensors().size(); t++) {
        assertThat(Pair.read(resumed, t)).containsExactly(Pair.read(pair.usual(), t));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("losses")
  void step_anyLoss_sameLossAndState(Loss loss) {
    Recipe recipe = new Recipe(loss, new Sgd(true, false), false, NO_CLIP);
    for (Blueprint blueprint : blueprints()) {
      try (Pair pair = trained(blueprint, recipe, 0.8)) {
        pair.assertSameState(2e-4);
        pair.copyToReference();
        double usual = step(pair.usual(), pair, 0.8, 6);
        assertThat(step(pair.reference(), pair, 0.8, 6))
            .isCloseTo(usual, within(1e-4 * Math.max(1, usual)));
      }
    }
  }

  static Stream<Loss> allLosses() {
    return Stream.concat(Stream.of(CrossEntropy.PLAIN), losses().stream());
  }

  /** Two labels of each example, as mixed pictures have. */
  @ParameterizedTest
  @MethodSource("allLosses")
  void step_severalLabels_sameLossAndState(Loss loss) {
    for (Blueprint blueprint : List.of(Pair.mlp(7, 4, 6), Pair.cnn(Cnn.Padding.VALID))) {
      try (Pair pair =
          trained(blueprint, new Recipe(loss, new Sgd(true, false), false, NO_CLIP), 0.8)) {
        pair.copyToReference();
        for (int s = 6; s < 9; s++) {
          double usual = mixedStep(pair.usual(), pair, s);
          assertThat(mixedStep(pair.reference(), pair, s))
              .isCloseTo(usual, within(1e-4 * Math.max(1, usual)));
        }
        pair.assertSameState(2e-4);
      }
    }
  }

  /** It is the step on a copy of each example for each label. */
  @ParameterizedTest
  @MethodSource("allLosses")
  void step_severalLabels_isTheStepOnCopies(Loss loss) {
    Recipe recipe = new Recipe(loss, new Sgd(true, false), false, NO_CLIP);
    try (Pair pair = trained(Pair.cnn(Cnn.Padding.VALID), recipe, 0.8)) {
      pair.copyToReference();
      float[] inputs = pair.inputs(N);
      float[] copies = Arrays.copyOf(inputs, 2 * inputs.length);
      System.arraycopy(inputs, 0, copies, inputs.length, inputs.length);
      Targets targets = mixed(pair, 6);
      StepSettings settings = new StepSettings(0.05, 0.8, DECAY, 5, 6);
      double usual = pair.usual().step(inputs, targets, settings);
      double twin =
          pair.reference().step(copies, targets.labels(), targets.weights(), 2 * N, settings);
      assertThat(usual).isCloseTo(twin, within(1e-4 * Math.max(1, twin)));
      pair.assertSameState(2e-4);
    }
  }

  private static double mixedStep(Network network, Pair pair, int s) {
    StepSettings settings = new StepSettings(0.05, 0.8, DECAY, 5, s);
    return network.step(pair.inputs(N), mixed(pair, s), settings);
  }

  private static Targets mixed(Pair pair, int s) {
    int[] labels = Arrays.copyOf(pair.labels(N), 2 * N);
    double[] weights = new double[2 * N];
    for (int i = 0; i < N; i++) {
      labels[N + i] = labels[(i + 1 + s) % N];
      weights[i] = 0.7 / N;
      weights[N + i] = 0.3 / N;
    }
    return new Targets(labels, weights, N, 2);
  }

  /** An mlp, and networks of every op that has second derivatives, which cards have none of. */
  private static List<Blueprint> curving() {
    return Stream.concat(Stream.of(Pair.mlp(7, 4, 6)), AgreementSuite.curving())
        .filter(blueprint -> !Pair.USUAL.equals("cuda") || DenseChain.of(blueprint).isPresent())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("losses")
  void directions_anyLoss_sameGradientsHessiansAndUnrolls(Loss loss) {
    Recipe recipe = new Recipe(loss, new Sgd(false, false), false, NO_CLIP);
    double[] weights = new double[N];
    Arrays.setAll(weights, i -> i / 20.0);
    int[] slots = {0, 1, -1, 1, 0, 0, -1, 1, 0};
    for (Blueprint blueprint : curving()) {
      try (Pair pair = trained(blueprint, recipe, 0)) {
        pair.copyToReference();
        try (Directions usual = pair.usual().directions(2, 2, Directions.Mode.TRAINING);
            Directions reference = pair.reference().directions(2, 2, Directions.Mode.TRAINING)) {
          for (Directions each : List.of(usual, reference)) {
            each.gradient(0, pair.inputs(N), pair.labels(N), weights, N);
            each.write(1, AgreementSuite.vector(pair.usual(), 1));
            each.unroll(pair.inputs(N), pair.labels(N), slots, N, 0.3, 0.2);
            each.multiplyByHessian(pair.inputs(N), pair.labels(N), N);
          }
          AgreementSuite.assertSame(pair, usual, reference, 2, 1e-4);
        }
      }
    }
  }
}
