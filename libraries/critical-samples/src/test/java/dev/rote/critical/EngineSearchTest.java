package dev.rote.critical;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.agreement.EngineUnderTest;
import dev.rote.blueprint.Blueprint;
import dev.rote.networks.Engine;
import dev.rote.networks.Network;
import dev.rote.random.CounterRandom;
import dev.rote.v1.Mlp;
import dev.rote.v1.ModelSpec;
import dev.rote.v1.Shape;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The searches on a whole engine. */
class EngineSearchTest {
  private static final Engine ENGINE = EngineUnderTest.open();
  private static final int EXAMPLES = 300;
  private static final int LENGTH = 16;
  private static final int CLASSES = 4;

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
        ENGINE.create(
            Blueprint.of(
                ModelSpec.newBuilder().setMlp(mlp).build(),
                Shape.newBuilder().setChannels(1).setHeight(4).setWidth(4).build(),
                CLASSES),
            1);
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

  @Test
  void lass_multilayerPerceptron_findsSamplesInTheBoxAndRepeats() {
    SearchRule rule = new SearchRule("lass", 0.1, 0.03, 0.02, 20, false, 0);
    try (Network network = network(32, 32)) {
      float[] inputs = inputs();
      float[] points = inputs.clone();
      SearchOutcome outcome =
          new CriticalSearch(network, rule, 1).search(points, EXAMPLES, 0, () -> {});
      assertThat(outcome.critical()).isBetween(10, EXAMPLES - 10);
      for (int i = 0; i < EXAMPLES; i++) {
        if (outcome.critical(i)) {
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
