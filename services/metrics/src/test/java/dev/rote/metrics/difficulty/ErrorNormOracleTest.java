package dev.rote.metrics.difficulty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ErrorNormOracleTest {
  /**
   * {@code p = (2, 1, 1)/4}: errors of label 0 are (-1/2, 1/4, 1/4), of label 1 (1/2, -3/4, 1/4).
   */
  @Test
  void of_threeClasses_asWorkedOutByHand() {
    float[] logits = {9, (float) Math.log(2), 0, 0};
    assertThat(ErrorNorm.of(logits, 1, 3, 0)).isCloseTo(Math.sqrt(6) / 4, within(1e-7));
    assertThat(ErrorNorm.of(logits, 1, 3, 1)).isCloseTo(Math.sqrt(14) / 4, within(1e-7));
  }

  @Test
  void of_ends_areZeroAndTheRootOfTwo() {
    float[] sure = {200, 0};
    assertThat(ErrorNorm.of(sure, 0, 2, 0)).isCloseTo(0, within(1e-12));
    assertThat(ErrorNorm.of(sure, 0, 2, 1)).isCloseTo(Math.sqrt(2), within(1e-12));
  }

  @Test
  void of_logitThatIsNotFinite_isNaN() {
    assertThat(ErrorNorm.of(new float[] {0, Float.NaN}, 0, 2, 0)).isNaN();
    assertThat(ErrorNorm.of(new float[] {0, Float.POSITIVE_INFINITY}, 0, 2, 0)).isNaN();
  }
}
