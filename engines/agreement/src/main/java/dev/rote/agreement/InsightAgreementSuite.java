package dev.rote.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.rote.blueprint.Blueprint;
import dev.rote.blueprint.Node;
import dev.rote.networks.Engines;
import dev.rote.networks.Insight;
import dev.rote.networks.Network;
import dev.rote.networks.StepSettings;
import dev.rote.recipes.Loss;
import dev.rote.recipes.Recipe;
import dev.rote.v1.ModelSpec;
import dev.rote.v1.RegularizationSpec;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the engine under test says of single examples is what the reference engine says, which looks
 * at one after the other.
 */
public abstract class InsightAgreementSuite {
  /* More than one chunk of inference, and one that is not full. */
  private static final int N = 21;

  static Stream<Blueprint> blueprints() {
    return AgreementSuite.blueprints();
  }

  static List<Loss> losses() {
    return RecipeAgreementSuite.losses();
  }

  /** After steps that move running statistics away from their start. */
  private static Pair trained(Blueprint blueprint, Loss loss) {
    Pair pair = Pair.of(blueprint, Recipe.of(loss));
    pair.initialize(ModelSpec.Initialization.PYTORCH_DEFAULT);
    for (int s = 0; s < 3; s++) {
      StepSettings settings =
          new StepSettings(0.05, 0, RegularizationSpec.getDefaultInstance(), 5, s);
      pair.usual().step(pair.inputs(N), pair.labels(N), N, settings);
    }
    pair.copyToReference();
    return pair;
  }

  @ParameterizedTest
  @MethodSource("blueprints")
  void gradientNorms_everyOp_sameAsOneByOne(Blueprint blueprint) {
    assertSameNorms(blueprint, Recipe.SGD.loss());
  }

  @ParameterizedTest
  @MethodSource("losses")
  void gradientNorms_everyLoss_sameAsOneByOne(Loss loss) {
    assertSameNorms(OpNetwork.RESIDUAL.blueprint(), loss);
  }

  private static void assertSameNorms(Blueprint blueprint, Loss loss) {
    try (Pair pair = trained(blueprint, loss)) {
      double[][] squares = new double[2][N];
      Arrays.fill(squares[0], 7);
      pair.usual().insight().gradientNorms(pair.inputs(N), pair.labels(N), N, squares[0]);
      pair.reference().insight().gradientNorms(pair.inputs(N), pair.labels(N), N, squares[1]);
      for (int i = 0; i < N; i++) {
        assertThat(squares[0][i])
            .as("example %d", i)
            .isCloseTo(squares[1][i], within(1e-4 * squares[1][i] + 1e-8));
      }
    }
  }

  /** An example's numbers do not depend on those beside it, nor on what was asked before. */
  @ParameterizedTest
  @MethodSource("blueprints")
  void gradientNorms_alone_sameAsAmongOthers(Blueprint blueprint) {
    try (Pair pair = trained(blueprint, Recipe.SGD.loss())) {
      Insight insight = pair.usual().insight();
      float[] inputs = pair.inputs(N);
      int length = blueprint.inputLength();
      double[] all = new double[N];
      insight.gradientNorms(inputs, pair.labels(N), N, all);
      float[] last = Arrays.copyOfRange(inputs, (N - 1) * length, N * length);
      double[] alone = new double[1];
      insight.gradientNorms(last, new int[] {pair.labels(N)[N - 1]}, 1, alone);
      assertThat(alone[0]).isCloseTo(all[N - 1], within(1e-5 * all[N - 1] + 1e-9));
    }
  }

  @ParameterizedTest
  @MethodSource("blueprints")
  void logitGradient_everyOp_same(Blueprint blueprint) {
    try (Pair pair = trained(blueprint, Recipe.SGD.loss())) {
      float[] inputs = pair.inputs(N);
      float[][] gradients = new float[2][inputs.length];
      pair.usual().insight().logitGradient(inputs, pair.labels(N), N, gradients[0]);
      pair.reference().insight().logitGradient(inputs, pair.labels(N), N, gradients[1]);
      Pair.assertClose("gradients", gradients[0], gradients[1], 1e-5);
    }
  }

  @ParameterizedTest
  @MethodSource("blueprints")
  void activations_everyNode_sameAndTheLastAreLogits(Blueprint blueprint) {
    List<Node> nodes = blueprint.hidden();
    List<String> names = nodes.stream().map(Node::name).toList();
    try (Pair pair = trained(blueprint, Recipe.SGD.loss())) {
      float[] inputs = pair.inputs(N);
      float[][] usual = outputs(pair.usual(), inputs, nodes);
      float[][] reference = outputs(pair.reference(), inputs, nodes);
      for (int k = 0; k < nodes.size(); k++) {
        Pair.assertClose(names.get(k), usual[k], reference[k], 1e-5);
      }
      float[] logits = new float[N * blueprint.classes()];
      pair.usual().logits(inputs, N, logits);
      Pair.assertClose("logits", logits, usual[nodes.size() - 1], 1e-5);
    }
  }

  private static float[][] outputs(Network network, float[] inputs, List<Node> nodes) {
    float[][] outputs = new float[nodes.size()][];
    Arrays.setAll(outputs, k -> new float[N * nodes.get(k).extent().length()]);
    network.insight().activations(inputs, N, nodes.stream().map(Node::name).toList(), outputs);
    return outputs;
  }

  /** The next step goes on from the same bits. */
  @Test
  void everyCall_leavesNoTrace() {
    Blueprint blueprint = OpNetwork.RESIDUAL.blueprint();
    StepSettings settings =
        new StepSettings(0.05, 0, RegularizationSpec.getDefaultInstance(), 5, 9);
    for (String engine : List.of(Pair.USUAL, "reference")) {
      try (Network asked = Engines.named(engine).create(blueprint, 1);
          Network other = Engines.named(engine).create(blueprint, 1);
          Pair batches = Pair.of(blueprint)) {
        float[] inputs = batches.inputs(N);
        int[] labels = batches.labels(N);
        asked.initialize(3, ModelSpec.Initialization.HE_NORMAL);
        other.initialize(3, ModelSpec.Initialization.HE_NORMAL);
        asked.insight().gradientNorms(inputs, labels, N, new double[N]);
        asked.insight().logitGradient(inputs, labels, N, new float[inputs.length]);
        outputs(asked, inputs, blueprint.hidden());
        asked.step(inputs, labels, N, settings);
        other.step(inputs, labels, N, settings);
        for (int t = 0; t < asked.tensors().size(); t++) {
          assertThat(Pair.read(asked, t)).containsExactly(Pair.read(other, t));
        }
      }
    }
  }

  @Test
  void activations_ofNoSuchNode_namesThoseThatAre() {
    try (Pair pair = Pair.of(Pair.mlp(3, 2))) {
      for (Network network : List.of(pair.usual(), pair.reference())) {
        assertThatIllegalArgumentException()
            .isThrownBy(
                () ->
                    network
                        .insight()
                        .activations(new float[3], 1, List.of("input"), new float[1][3]))
            .withMessageStartingWith("must be a node after what enters the network, one of [")
            .withMessageEndingWith("was input");
      }
    }
  }
}
