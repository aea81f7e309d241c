package dev.rote.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rote.v1.LossSpec;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Losses, their gradients and second derivatives beside PyTorch's. */
class LossOracleTest {
  private static final double[][] LOGITS = {
    {0.3, -1.2, 2.1, 0.0}, {1.5, 1.4, -0.7, 0.2}, {-3.0, 0.5, 0.25, 4.0}
  };
  private static final int[] LABELS = {2, 1, 0};
  private static final double[][] TANGENTS = {
    {1.0, -0.5, 0.25, 0.75}, {0.2, 0.4, -1.1, 0.3}, {-0.6, 0.9, 1.3, -0.2}
  };

  static Stream<Arguments> losses() {
    return Stream.of(
        Arguments.of("crossEntropy", CrossEntropy.PLAIN),
        Arguments.of("smoothed", new CrossEntropy(0.1)),
        Arguments.of("squaredOfProbabilities", new SquaredError(true)),
        Arguments.of("squaredOfLogits", new SquaredError(false)),
        Arguments.of("shiftedLog", new ShiftedLogLoss()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("losses")
  void differentiateAndCurve_anyLoss_areThoseOfPyTorch(String name, Loss loss) {
    for (int i = 0; i < LABELS.length; i++) {
      double[] gradient = new double[4];
      double[] curved = new double[4];
      assertThat(loss.differentiate(LOGITS[i], LABELS[i], gradient))
          .isCloseTo(Recorded.of("loss/" + name)[i], within(1e-13));
      loss.curve(LOGITS[i], LABELS[i], TANGENTS[i], curved);
      for (int k = 0; k < 4; k++) {
        assertThat(gradient[k])
            .isCloseTo(Recorded.of("gradient/" + name)[4 * i + k], within(1e-13));
        assertThat(curved[k]).isCloseTo(Recorded.of("curved/" + name)[4 * i + k], within(1e-13));
      }
      assertThat(loss.of(LOGITS[i], LABELS[i]))
          .isEqualTo(loss.differentiate(LOGITS[i], LABELS[i], gradient));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("losses")
  void differentiate_logitsNotFinite_isNotFinite(String name, Loss loss) {
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      for (int at = 0; at < 3; at++) {
        double[] z = {0, 1, 2};
        z[at] = bad;
        assertThat(loss.of(z, 0)).as("%s at %d", bad, at).isNotFinite();
      }
    }
  }

  @Test
  void of_specifications_areTheirLosses() {
    LossSpec.Builder spec = LossSpec.newBuilder();
    assertThat(Loss.of(spec.build())).isEqualTo(CrossEntropy.PLAIN);
    spec.getCrossEntropyBuilder().setLabelSmoothing(0.2);
    assertThat(Loss.of(spec.build())).isEqualTo(new CrossEntropy(0.2));
    spec.getSquaredErrorBuilder().setOf(LossSpec.SquaredError.Of.LOGITS);
    assertThat(Loss.of(spec.build())).isEqualTo(new SquaredError(false));
    spec.getSquaredErrorBuilder().setOf(LossSpec.SquaredError.Of.PROBABILITIES);
    assertThat(Loss.of(spec.build())).isEqualTo(new SquaredError(true));
    spec.getShiftedLogBuilder();
    assertThat(Loss.of(spec.build())).isEqualTo(new ShiftedLogLoss());
  }
}
