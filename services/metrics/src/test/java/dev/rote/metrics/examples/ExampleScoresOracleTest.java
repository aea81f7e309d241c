package dev.rote.metrics.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rote.agreement.EngineUnderTest;
import dev.rote.blueprint.Blueprint;
import dev.rote.metrics.ArrayExamples;
import dev.rote.metrics.accuracy.Accuracy;
import dev.rote.networks.Network;
import dev.rote.v1.Mlp;
import dev.rote.v1.ModelSpec;
import dev.rote.v1.Shape;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ExampleScoresOracleTest {
  private static final Network IDENTITY = identity();

  private static Network identity() {
    Network network =
        EngineUnderTest.open()
            .create(
                Blueprint.of(
                    ModelSpec.newBuilder().setMlp(Mlp.getDefaultInstance()).build(),
                    Shape.newBuilder().setChannels(1).setHeight(1).setWidth(2).build(),
                    2),
                1);
    network.write(0, new float[] {1, 0, 0, 1});
    return network;
  }

  @AfterAll
  static void close() {
    IDENTITY.close();
  }

  /** Logits equal the inputs, so that losses are log(1 + e^(z_other - z_label)). */
  @Test
  void of_handWorkedLogits_lossesErrorsAndAccuracies() {
    float[] inputs = {0, 0, 2, 0, 0, 2, 1, 3};
    ArrayExamples examples = new ArrayExamples(inputs, new int[] {0, 0, 0, 1}, Set.of(2, 3));
    ExampleScores scores = ExampleScores.of(IDENTITY, examples, () -> {});
    assertThat(scores.lossNats(0)).isCloseTo(0.693147, within(1e-6));
    assertThat(scores.lossNats(1)).isCloseTo(0.126928, within(1e-6));
    assertThat(scores.lossNats(2)).isCloseTo(2.126928, within(1e-6));
    assertThat(scores.lossNats(3)).isCloseTo(0.126928, within(1e-6));
    /* The tie of example 0 goes to class 0, its label: only example 2 is wrong. */
    assertThat(scores.errors().toBytes()).containsExactly(0b0100);
    assertThat(scores.corrupted().toBytes()).containsExactly(0b1100);
    Accuracy accuracy = Accuracy.of(scores);
    assertThat(accuracy.examples()).isEqualTo(4);
    assertThat(accuracy.accuracy()).isEqualTo(0.75);
    assertThat(accuracy.lossNats()).isCloseTo(3.073931 / 4, within(1e-6));
    assertThat(accuracy.corruptedAccuracy()).isEqualTo(0.5);
    assertThat(accuracy.cleanAccuracy()).isEqualTo(1);
  }

  /** The number that the trainer's history holds of such a network, to the bit. */
  @Test
  void of_anyLogits_meanLossIsNotRounded() {
    ArrayExamples examples =
        new ArrayExamples(new float[] {0, 2, 1, 4}, new int[] {0, 1}, Set.of());
    double wrong = StrictMath.log(StrictMath.exp(-2) + 1) + 2 - 0;
    double right = StrictMath.log(StrictMath.exp(-3) + 1) + 4 - 4;
    assertThat(Accuracy.of(ExampleScores.of(IDENTITY, examples, () -> {})).lossNats())
        .isEqualTo((wrong + right) / 2);
  }

  @Test
  void of_noCorruptedExamples_theirAccuracyIsNaN() {
    ArrayExamples examples = new ArrayExamples(new float[] {2, 0}, new int[] {0}, Set.of());
    Accuracy accuracy = Accuracy.of(ExampleScores.of(IDENTITY, examples, () -> {}));
    assertThat(accuracy.corruptedAccuracy()).isNaN();
    assertThat(accuracy.cleanAccuracy()).isEqualTo(1);
  }

  @Test
  void of_hugeLogits_lossIsTheMarginWithoutOverflow() {
    float[] inputs = {1e30f, 0, 0, 1000};
    ArrayExamples examples = new ArrayExamples(inputs, new int[] {1, 0}, Set.of());
    ExampleScores scores = ExampleScores.of(IDENTITY, examples, () -> {});
    assertThat(scores.lossNats(0)).isEqualTo((double) 1e30f);
    assertThat(scores.lossNats(1)).isEqualTo(1000);
  }

  @Test
  void of_nonFiniteLogits_isAnErrorWithLossNaN() {
    float[] inputs = {Float.POSITIVE_INFINITY, 1};
    ArrayExamples examples = new ArrayExamples(inputs, new int[] {0}, Set.of());
    ExampleScores scores = ExampleScores.of(IDENTITY, examples, () -> {});
    assertThat(scores.errors().get(0)).isTrue();
    assertThat(scores.lossNats(0)).isNaN();
    assertThat(Accuracy.of(scores).lossNats()).isNaN();
  }

  /** Bit i mod 8 of byte i / 8, over more than one byte and more than one batch. */
  @Test
  void of_manyExamples_bitsLieInOrder() {
    int n = 700;
    float[] inputs = new float[2 * n];
    int[] labels = new int[n];
    for (int i = 0; i < n; i++) {
      inputs[2 * i] = 1;
      labels[i] = i % 3 == 0 ? 1 : 0;
    }
    ArrayExamples examples = new ArrayExamples(inputs, labels, Set.of(9, 699));
    ExampleScores scores = ExampleScores.of(IDENTITY, examples, () -> {});
    byte[] errors = scores.errors().toBytes();
    assertThat(errors).hasSize(88);
    assertThat(errors[0]).isEqualTo((byte) 0b01001001);
    assertThat(errors[1]).isEqualTo((byte) 0b10010010);
    assertThat(errors[87]).isEqualTo((byte) 0b1001);
    byte[] corrupted = scores.corrupted().toBytes();
    assertThat(corrupted[1]).isEqualTo((byte) 0b10);
    assertThat(corrupted[87]).isEqualTo((byte) 0b1000);
  }
}
