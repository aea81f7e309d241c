package dev.rote.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rote.recipes.CrossEntropy;
import dev.rote.recipes.Loss;
import dev.rote.recipes.ShiftedLogLoss;
import dev.rote.recipes.SquaredError;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TargetsOracleTest {
  private static final double[] Z = {0.3, -1.2, 0.9, 2.1};

  /**
   * Two labels of each of three examples; the second has one label twice. What is behind does not
   * count.
   */
  private static final Targets TARGETS =
      new Targets(
          new int[] {0, 2, 3, 1, 2, 0, 3}, new double[] {0.3, 0.1, 0.2, 0.05, 0.25, 0.1, 9}, 3, 2);

  static Stream<Loss> losses() {
    return Stream.of(
        CrossEntropy.PLAIN,
        new CrossEntropy(0.1),
        new SquaredError(true),
        new SquaredError(false),
        new ShiftedLogLoss());
  }

  /** {@code lam * criterion(pred, y_a) + (1 - lam) * criterion(pred, y_b)}. */
  @ParameterizedTest
  @MethodSource("losses")
  void differentiate_twoLabels_isTheSumOfBoth(Loss loss) {
    double total = TARGETS.differentiate(loss, Z, 0, new double[4]);
    assertThat(total).isCloseTo(0.3 * loss.of(Z, 0) + 0.05 * loss.of(Z, 1), within(1e-15));
    double twice = TARGETS.differentiate(loss, Z, 1, new double[4]);
    assertThat(twice).isCloseTo(0.35 * loss.of(Z, 2), within(1e-15));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void differentiate_twoLabels_gradientIsThatOfFiniteDifferences(Loss loss) {
    double h = 1e-5;
    for (int i = 0; i < 3; i++) {
      double[] gradient = new double[4];
      TARGETS.differentiate(loss, Z, i, gradient);
      for (int k = 0; k < 4; k++) {
        double[] moved = Z.clone();
        moved[k] += h;
        double above = TARGETS.differentiate(loss, moved, i, new double[4]);
        moved[k] -= 2 * h;
        double below = TARGETS.differentiate(loss, moved, i, new double[4]);
        assertThat(gradient[k]).isCloseTo((above - below) / (2 * h), within(1e-9));
      }
    }
  }

  /** As one has it where each example has one label: no rounding is added. */
  @ParameterizedTest
  @MethodSource("losses")
  void differentiate_oneLabel_isTheWeightedLossBitForBit(Loss loss) {
    double[] own = new double[4];
    double value = loss.differentiate(Z, 3, own);
    double[] gradient = new double[4];
    double total = Targets.mean(new int[] {1, 3, 0}, 3).differentiate(loss, Z, 1, gradient);
    assertThat(total).isEqualTo(1.0 / 3 * value);
    for (int k = 0; k < 4; k++) {
      assertThat(gradient[k]).isEqualTo(1.0 / 3 * own[k]);
    }
  }
}
