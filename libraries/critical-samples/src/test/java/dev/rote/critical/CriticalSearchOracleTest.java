package dev.rote.critical;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.random.CounterRandom;
import dev.rote.v1.AdversarialTraining;
import dev.rote.v1.CriticalSamples;
import dev.rote.v1.Fgsm;
import dev.rote.v1.Lass;
import dev.rote.v1.Pgd;
import org.junit.jupiter.api.Test;

/**
 * Against a two-class linear classifier, where the max-norm distance of x to the boundary is {@code
 * |(w0 - w1) x + b0 - b1| / ||w0 - w1||_1}: x is critical iff that is below r.
 */
class CriticalSearchOracleTest {
  private static final int EXAMPLES = 400;
  private static final int LENGTH = 12;
  private static final double RADIUS = 8;

  /** Examples whose distance to the boundary is drawn from [0, 2r), with a gap around r. */
  private static final class Case {
    private final LinearNetwork network;
    private final ArrayInputs examples;
    private final boolean[] critical;

    private Case(LinearNetwork network, ArrayInputs examples, boolean[] critical) {
      this.network = network;
      this.examples = examples;
      this.critical = critical;
    }

    static Case draw(long seed) {
      return draw(seed, RADIUS / 255, 0, 1);
    }

    /** Of inputs that are spread over [from, from + spread]. */
    static Case draw(long seed, double radius, double from, double spread) {
      CounterRandom random = CounterRandom.of(seed, "case");
      float[] weights = new float[LENGTH * 2];
      double norm1 = 0;
      for (int i = 0; i < LENGTH; i++) {
        weights[2 * i] = (float) random.gaussian(0, 2L * i);
        weights[2 * i + 1] = (float) random.gaussian(0, 2L * i + 1);
        norm1 += Math.abs((double) weights[2 * i] - weights[2 * i + 1]);
      }
      float[] inputs = new float[EXAMPLES * LENGTH];
      boolean[] critical = new boolean[EXAMPLES];
      for (int n = 0; n < EXAMPLES; n++) {
        double distance = radius * 2 * random.uniform(1, n);
        if (Math.abs(distance - radius) < 0.02 * radius) {
          distance = 1.5 * radius;
        }
        critical[n] = distance < radius;
        double side = random.uniform(2, n) < 0.5 ? -1 : 1;
        place(random, inputs, n, weights, side * distance * norm1, from, spread);
      }
      LinearNetwork network = new LinearNetwork(weights, new float[] {0.25f, -0.5f});
      return new Case(network, new ArrayInputs(inputs, EXAMPLES), critical);
    }

    /** A random point, then moved along w0 - w1 until its margin is {@code margin}. */
    private static void place(
        CounterRandom random,
        float[] inputs,
        int n,
        float[] weights,
        double margin,
        double from,
        double spread) {
      double value = 0.75;
      double norm2 = 0;
      for (int i = 0; i < LENGTH; i++) {
        double w = (double) weights[2 * i] - weights[2 * i + 1];
        inputs[n * LENGTH + i] = (float) (from + spread * random.uniform(3L + n, i));
        value += w * inputs[n * LENGTH + i];
        norm2 += w * w;
      }
      for (int i = 0; i < LENGTH; i++) {
        double w = (double) weights[2 * i] - weights[2 * i + 1];
        inputs[n * LENGTH + i] += (float) (w * (margin - value) / norm2);
      }
    }

    SearchOutcome search(CriticalSamples spec) {
      return new CriticalSearch(network, SearchRule.of(spec), 7).search(examples, () -> {});
    }

    void assertExact(SearchOutcome outcome) {
      int expected = 0;
      for (int i = 0; i < EXAMPLES; i++) {
        assertThat(outcome.critical(i)).as("example %d", i).isEqualTo(critical[i]);
        expected += critical[i] ? 1 : 0;
      }
      assertThat(outcome.critical()).isEqualTo(expected);
      assertThat(outcome.ratio()).isEqualTo((double) expected / EXAMPLES);
    }
  }

  private static CriticalSamples.Builder spec() {
    return CriticalSamples.newBuilder().setRadius(RADIUS);
  }

  @Test
  void fgsm_linearClassifier_findsExactlyThoseWithinTheMargin() {
    for (long seed = 1; seed <= 5; seed++) {
      Case drawn = Case.draw(seed);
      drawn.assertExact(drawn.search(spec().setFgsm(Fgsm.getDefaultInstance()).build()));
    }
  }

  @Test
  void pgd_linearClassifier_findsExactlyThoseWithinTheMargin() {
    for (long seed = 1; seed <= 5; seed++) {
      Case drawn = Case.draw(seed);
      Pgd pgd = Pgd.newBuilder().setAlpha(RADIUS / 4).setIterations(10).build();
      drawn.assertExact(drawn.search(spec().setPgd(pgd).build()));
    }
  }

  @Test
  void lassWithoutNoise_linearClassifier_findsExactlyThoseWithinTheMargin() {
    for (long seed = 1; seed <= 5; seed++) {
      Case drawn = Case.draw(seed);
      Lass lass = Lass.newBuilder().setAlpha(RADIUS / 4).setBeta(0).setIterations(6).build();
      drawn.assertExact(drawn.search(spec().setLass(lass).build()));
    }
  }

  /** The noise is far below the drift, so that every coordinate ends near its wall. */
  @Test
  void lassWithNoise_linearClassifier_findsExactlyThoseWithinTheMargin() {
    for (long seed = 1; seed <= 5; seed++) {
      Case drawn = Case.draw(seed);
      Lass lass = Lass.newBuilder().setAlpha(4).setBeta(0.4).setIterations(100).build();
      drawn.assertExact(drawn.search(spec().setLass(lass).build()));
    }
  }

  /** Standardized inputs, within three deviations of 0, and a box of a third of one. */
  @Test
  void unitOfInputs_linearClassifier_findsExactlyThoseWithinTheMargin() {
    CriticalSamples spec =
        CriticalSamples.newBuilder().setRadius(0.33).setUnit(CriticalSamples.Unit.INPUTS).build();
    Pgd pgd = Pgd.newBuilder().setAlpha(0.33 / 4).setIterations(10).build();
    Lass lass = Lass.newBuilder().setAlpha(0.16).setBeta(0.016).setIterations(100).build();
    for (long seed = 1; seed <= 5; seed++) {
      Case drawn = Case.draw(seed, 0.33, -3, 6);
      drawn.assertExact(drawn.search(spec.toBuilder().setFgsm(Fgsm.getDefaultInstance()).build()));
      drawn.assertExact(drawn.search(spec.toBuilder().setPgd(pgd).build()));
      drawn.assertExact(drawn.search(spec.toBuilder().setLass(lass).build()));
    }
  }

  @Test
  void unitOfGreyLevels_writtenOrNot_isTheSame() {
    CriticalSamples spec = spec().setFgsm(Fgsm.getDefaultInstance()).build();
    assertThat(SearchRule.of(spec.toBuilder().setUnit(CriticalSamples.Unit.GREY_LEVELS).build()))
        .isEqualTo(SearchRule.of(spec));
    AdversarialTraining training =
        AdversarialTraining.newBuilder()
            .setRadius(0.3)
            .setUnit(CriticalSamples.Unit.INPUTS)
            .setLass(Lass.newBuilder().setAlpha(0.25).setBeta(0.2).setIterations(10))
            .build();
    assertThat(SearchRule.of(training))
        .isEqualTo(new SearchRule("adversarial", 0.3, 0.25, 0.2, 10, false, 0));
  }

  /**
   * One input, two classes with logits x and -x: at x = 2.5 steps of 1 the third step crosses 0.
   */
  @Test
  void lass_oneInput_handWorkedIterations() {
    LinearNetwork network = new LinearNetwork(new float[] {1, -1}, new float[] {0, 0});
    float[] inputs = {2.5f / 255, -0.5f / 255, 9f / 255};
    Lass lass = Lass.newBuilder().setAlpha(1).setBeta(0).setIterations(5).build();
    CriticalSamples spec = CriticalSamples.newBuilder().setRadius(4).setLass(lass).build();
    SearchOutcome outcome =
        new CriticalSearch(network, SearchRule.of(spec), 1)
            .search(new ArrayInputs(inputs, 3), () -> {});
    assertThat(outcome.iterations(0)).isEqualTo(3);
    assertThat(outcome.predicted(0)).isZero();
    assertThat(outcome.adversarialClass(0)).isOne();
    assertThat(outcome.iterations(1)).isEqualTo(1);
    assertThat(outcome.predicted(1)).isOne();
    assertThat(outcome.adversarialClass(1)).isZero();
    assertThat(outcome.critical(2)).isFalse();
    assertThat(outcome.adversarialClass(2)).isEqualTo(outcome.predicted(2));
    assertThat(outcome.iterations(2)).isEqualTo(5);
    assertThat(outcome.iterations()).isEqualTo(5);
    assertThat(outcome.exampleIterations()).isEqualTo(3 + 1 + 5);
    assertThat(outcome.ratio()).isEqualTo(2.0 / 3);
    /* Calls: x0 of 3, x1 of 3, x2 of 2, x3 of 2, x4 of 1 with gradients, then x5 of 1 without. */
    assertThat(network.gradientRows()).isEqualTo(3 + 3 + 2 + 2 + 1);
    assertThat(network.forwardRows()).isEqualTo(1);
  }

  @Test
  void nextLargerRadius_linearClassifier_keepsEveryCriticalSample() {
    Case drawn = Case.draw(9);
    Fgsm fgsm = Fgsm.getDefaultInstance();
    int before = 0;
    for (double radius : new double[] {0.5, 1, 2, 4, 8, 16}) {
      int now = drawn.search(spec().setRadius(radius).setFgsm(fgsm).build()).critical();
      assertThat(now).isGreaterThanOrEqualTo(before);
      before = now;
    }
    assertThat(before).isEqualTo(EXAMPLES);
  }
}
