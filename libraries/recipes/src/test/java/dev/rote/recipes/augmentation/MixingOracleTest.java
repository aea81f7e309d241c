package dev.rote.recipes.augmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rote.random.CounterRandom;
import dev.rote.v1.TrialSpec;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MixingOracleTest {
  private static final int DRAWS = 40_000;

  /** Moments of Beta(α, α): mean 1/2, variance 1 / (4 (2 α + 1)), no skew. */
  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.2, 1, 2.5, 8})
  void draw_manyTimes_hasTheMomentsOfBeta(double alpha) {
    SymmetricBeta beta = new SymmetricBeta(alpha, CounterRandom.of(3, "beta"));
    double[] draws = IntStream.range(0, DRAWS).mapToDouble(beta::draw).toArray();
    double mean = 0;
    double square = 0;
    double fourth = 0;
    for (double draw : draws) {
      assertThat(draw).isBetween(0.0, 1.0);
      mean += draw / DRAWS;
      square += (draw - 0.5) * (draw - 0.5) / DRAWS;
      fourth += Math.pow(draw - 0.5, 4) / DRAWS;
    }
    double variance = 1 / (4 * (2 * alpha + 1));
    double error = 4 / Math.sqrt(DRAWS);
    assertThat(mean).isCloseTo(0.5, within(error * Math.sqrt(variance)));
    assertThat(square).isCloseTo(variance, within(error * variance * 1.5));
    double kurtosis = 3 - 6 / (2 * alpha + 3);
    assertThat(fourth).isCloseTo(kurtosis * variance * variance, within(0.06 * fourth));
  }

  /**
   * Kolmogorov's and Smirnov's test against distributions in closed form: of Beta(1/2, 1/2), {@code
   * 2/π asin √x}; of Beta(1, 1), x; of Beta(2, 2), {@code 3 x² - 2 x³}; of Beta(3, 3), {@code 10 x³
   * - 15 x⁴ + 6 x⁵}.
   */
  @ParameterizedTest
  @ValueSource(doubles = {0.5, 1, 2, 3})
  void draw_manyTimes_isDistributedAsBeta(double alpha) {
    SymmetricBeta beta = new SymmetricBeta(alpha, CounterRandom.of(5, "beta"));
    double[] draws = IntStream.range(0, DRAWS).mapToDouble(beta::draw).sorted().toArray();
    double distance = 0;
    for (int i = 0; i < DRAWS; i++) {
      double expected = distribution(alpha, draws[i]);
      distance = Math.max(distance, Math.abs(expected - (double) i / DRAWS));
      distance = Math.max(distance, Math.abs(expected - (i + 1.0) / DRAWS));
    }
    /* The bound that one sound sample in a hundred exceeds. */
    assertThat(distance).isLessThan(1.628 / Math.sqrt(DRAWS));
  }

  private static double distribution(double alpha, double x) {
    if (alpha == 0.5) {
      return 2 / Math.PI * Math.asin(Math.sqrt(x));
    }
    if (alpha == 1) {
      return x;
    }
    return alpha == 2 ? x * x * (3 - 2 * x) : x * x * x * (10 - 15 * x + 6 * x * x);
  }

  /** Draws have addresses: any order, any number of times. */
  @Test
  void draw_inAnotherOrder_isTheSame() {
    SymmetricBeta beta = new SymmetricBeta(0.2, CounterRandom.of(5, "beta"));
    double seventh = beta.draw(7);
    assertThat(beta.draw(3)).isNotEqualTo(seventh);
    assertThat(beta.draw(7)).isEqualTo(seventh);
  }

  /** Written out: lam * x + (1 - lam) * x[index], y, y[index] of the authors' mixup_data. */
  @Test
  void apply_aBatch_isThatOfTheAuthorsCode() {
    TrialSpec trial = Pictures.trial(Pictures.mixup(0.7), 6).build();
    int[] indices = {4, 8, 15, 16, 23, 42};
    float[] plain = Pictures.of(indices, 6);
    boolean moved = false;
    for (long step : new long[] {71, 0, 3}) {
      float[] pictures = plain.clone();
      int[] labels = {0, 1, 2, 3, 4, 5, -1, -1, -1, -1, -1, -1};
      double[] weights = mixing(trial).apply(step, 6, pictures, labels);
      double lam = new SymmetricBeta(0.7, CounterRandom.of(7, "augmentation/mixup")).draw(step);
      boolean[] taken = new boolean[6];
      for (int i = 0; i < 6; i++) {
        int other = labels[6 + i];
        moved |= other != i;
        assertThat(taken[other]).isFalse();
        taken[other] = true;
        assertThat(labels[i]).isEqualTo(i);
        assertThat(weights[i]).isEqualTo(lam / 6);
        assertThat(weights[6 + i]).isEqualTo((1 - lam) / 6);
        for (int at = 0; at < Pictures.LENGTH; at++) {
          double expected =
              lam * plain[i * Pictures.LENGTH + at]
                  + (1 - lam) * plain[other * Pictures.LENGTH + at];
          assertThat(pictures[i * Pictures.LENGTH + at]).isEqualTo((float) expected);
        }
      }
    }
    assertThat(moved).isTrue();
  }

  @Test
  void apply_anotherStep_drawsShareAndPartnersAnew() {
    Mixing mixing = mixing(Pictures.trial(Pictures.mixup(0.7), 50).build());
    float[] pictures = Pictures.of(IntStream.range(0, 50).toArray(), 50);
    int[][] labels = new int[2][100];
    double[][] weights = new double[2][];
    for (int step = 0; step < 2; step++) {
      Arrays.setAll(labels[step], i -> i % 50);
      weights[step] = mixing.apply(step, 50, pictures.clone(), labels[step]);
    }
    assertThat(labels[1]).isNotEqualTo(labels[0]);
    assertThat(weights[1][0]).isNotEqualTo(weights[0][0]);
  }

  private static Mixing mixing(TrialSpec trial) {
    return Mixing.of(trial, Pictures.LENGTH).orElseThrow();
  }

  @Test
  void of_noMixup_isNone() {
    assertThat(Mixing.of(Pictures.trial(Pictures.flip(), 6).build(), Pictures.LENGTH)).isEmpty();
  }
}
