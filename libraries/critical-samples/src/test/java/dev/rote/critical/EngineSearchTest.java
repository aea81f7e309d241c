package dev.rote.critical;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.TextFormat;
import dev.rote.agreement.EngineUnderTest;
import dev.rote.blueprint.Blueprint;
import dev.rote.blueprint.Models;
import dev.rote.networks.Engine;
import dev.rote.networks.Network;
import dev.rote.random.CounterRandom;
import dev.rote.v1.Graph;
import dev.rote.v1.Mlp;
import dev.rote.v1.ModelSpec;
import dev.rote.v1.Shape;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The searches on a whole engine. */
class EngineSearchTest {
  private static final Engine ENGINE = EngineUnderTest.open();
  private static final int EXAMPLES = 300;
  private static final int LENGTH = 16;
  private static final int CLASSES = 4;
  private static final Shape SHAPE =
      Shape.newBuilder().setChannels(1).setHeight(4).setWidth(4).build();

  @AfterAll
  static void close() {
    ENGINE.close();
  }

  private static Network network(int... hidden) {
    Mlp.Builder mlp = Mlp.newBuilder();
    for (int units : hidden) {
      mlp.addHidden(units);
    }
    Network network =
        ENGINE.create(Blueprint.of(ModelSpec.newBuilder().setMlp(mlp).build(), SHAPE, CLASSES), 1);
    network.initialize(3, ModelSpec.Initialization.GLOROT_UNIFORM);
    return network;
  }

  private static float[] inputs() {
    CounterRandom random = CounterRandom.of(5, "inputs");
    float[] inputs = new float[EXAMPLES * LENGTH];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = (float) random.uniform(0, i);
    }
    return inputs;
  }

  /** A linear model on the engine and in plain loops: the same samples are critical. */
  @Test
  void fgsm_linearModel_equalsThePlainNetwork() {
    SearchRule rule = new SearchRule("fgsm", 0.1, 0.1, 0, 1, false, 0);
    ArrayInputs examples = new ArrayInputs(inputs(), EXAMPLES);
    try (Network network = network()) {
      float[] weights = new float[LENGTH * CLASSES];
      network.read(0, weights);
      float[] biases = new float[CLASSES];
      LinearNetwork plain = new LinearNetwork(weights, biases);
      SearchOutcome real = new CriticalSearch(network, rule, 1).search(examples, () -> {});
      SearchOutcome expected = new CriticalSearch(plain, rule, 1).search(examples, () -> {});
      assertThat(expected.critical()).isBetween(30, EXAMPLES - 30);
      for (int i = 0; i < EXAMPLES; i++) {
        assertThat(real.predicted(i)).isEqualTo(expected.predicted(i));
        assertThat(real.critical(i)).isEqualTo(expected.critical(i));
        assertThat(real.adversarialClass(i)).isEqualTo(expected.adversarialClass(i));
      }
    }
  }

  private static Network graph(String nodes) {
    try {
      ModelSpec.Builder model =
          ModelSpec.newBuilder().setGraph(TextFormat.parse(nodes, Graph.class));
      Models.fill(model, SHAPE);
      Network network = ENGINE.create(Blueprint.of(model.build(), SHAPE, CLASSES), 1);
      network.initialize(3, ModelSpec.Initialization.HE_NORMAL);
      return network;
    } catch (TextFormat.ParseException e) {
      throw new IllegalArgumentException(nodes, e);
    }
  }

  /** Convolutions without normalisation, as they come one after the other. */
  private static Network plain() {
    return graph(
        """
        nodes {name: 'a' convolution {filters: 8 kernel: 3}}
        nodes {name: 'r' relu {}}
        nodes {name: 'p' max_pool {size: 2 stride: 2}}
        nodes {name: 'f' flatten {}}
        nodes {name: 'd' dense {}}
        """);
  }

  /** A block with batch norm, whose input is added to its output. */
  private static Network residual() {
    return graph(
        """
        nodes {name: 'a' convolution {filters: 8 kernel: 3 padding: SAME}}
        nodes {name: 'n' batch_norm {}}
        nodes {name: 'r' relu {}}
        nodes {name: 'b' convolution {filters: 8 kernel: 3 padding: SAME}}
        nodes {name: 'm' batch_norm {}}
        nodes {name: 's' inputs: 'm' inputs: 'r' add {}}
        nodes {name: 't' relu {}}
        nodes {name: 'f' flatten {}}
        nodes {name: 'd' dense {}}
        """);
  }

  static Stream<Arguments> networks() {
    return Stream.of(
        made("mlp", () -> network(32, 32)),
        made("plain", EngineSearchTest::plain),
        made("residual", EngineSearchTest::residual));
  }

  private static Arguments made(String name, Supplier<Network> network) {
    return Arguments.of(name, network);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void lass_findsSamplesInTheBoxAndRepeats(String name, Supplier<Network> made) {
    SearchRule rule = new SearchRule("lass", 0.1, 0.03, 0.02, 20, false, 0);
    try (Network network = made.get()) {
      float[] inputs = inputs();
      float[] points = inputs.clone();
      SearchOutcome outcome =
          new CriticalSearch(network, rule, 1).search(points, EXAMPLES, 0, () -> {});
      assertThat(outcome.critical()).isBetween(10, EXAMPLES - 10);
      int[] found = predictions(network, points);
      int[] before = predictions(network, inputs);
      for (int i = 0; i < EXAMPLES; i++) {
        assertThat(outcome.predicted(i)).isEqualTo(before[i]);
        if (outcome.critical(i)) {
          assertThat(found[i]).isEqualTo(outcome.adversarialClass(i)).isNotEqualTo(before[i]);
          for (int d = i * LENGTH; d < (i + 1) * LENGTH; d++) {
            assertThat(Math.abs((double) points[d] - inputs[d])).isLessThanOrEqualTo(0.1);
          }
        }
      }
      float[] again = inputs.clone();
      SearchOutcome second =
          new CriticalSearch(network, rule, 1).search(again, EXAMPLES, 0, () -> {});
      assertThat(again).containsExactly(points);
      assertThat(second.exampleIterations()).isEqualTo(outcome.exampleIterations());
    }
  }

  private static int[] predictions(Network network, float[] inputs) {
    float[] logits = new float[EXAMPLES * CLASSES];
    network.logits(inputs, EXAMPLES, logits);
    int[] predictions = new int[EXAMPLES];
    for (int i = 0; i < EXAMPLES; i++) {
      for (int c = 1; c < CLASSES; c++) {
        if (logits[i * CLASSES + c] > logits[i * CLASSES + predictions[i]]) {
          predictions[i] = c;
        }
      }
    }
    return predictions;
  }

  /** The search is worth its price: it finds what noise of the same size does not. */
  @Test
  void lass_multilayerPerceptron_beatsNoiseAlone() {
    ArrayInputs examples = new ArrayInputs(inputs(), EXAMPLES);
    try (Network network = network(32)) {
      int found =
          critical(network, new SearchRule("lass", 0.1, 0.03, 0.02, 20, false, 0), examples);
      int byNoise = critical(network, new SearchRule("lass", 0.1, 0, 0.02, 20, false, 0), examples);
      assertThat(found).isGreaterThan(byNoise);
    }
  }

  private static int critical(Network network, SearchRule rule, ArrayInputs examples) {
    return new CriticalSearch(network, rule, 1).search(examples, () -> {}).critical();
  }
}
