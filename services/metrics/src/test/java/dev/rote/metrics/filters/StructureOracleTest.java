package dev.rote.metrics.filters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class StructureOracleTest {
  @Test
  void of_checkerboards_isMinusOne() {
    assertThat(Structure.of(new float[] {1, -1, -1, 1}, 1, 2, 2)).isEqualTo(-1);
    float[] three = {2, 0, 2, 0, 2, 0, 2, 0, 2};
    /* Mean 10/9, deviations 8/9 and -10/9: 12 pairs of -80/81 and a spread of (5*64 + 4*100)/81. */
    assertThat(Structure.of(three, 1, 3, 3))
        .isCloseTo(9.0 / 12 * (12 * -80.0) / 720, within(1e-12));
  }

  /**
   * Columns -1, 0, 1, mean 0. Two vertical pairs a column, of 1 in the outer ones: 4; horizontal
   * pairs all 0; spread 6: 9/12 * 4/6.
   */
  @Test
  void of_columns_handWorked() {
    float[] columns = {-1, 0, 1, -1, 0, 1, -1, 0, 1};
    assertThat(Structure.of(columns, 1, 3, 3)).isCloseTo(0.5, within(1e-12));
  }

  /** Channels differ in colour alone: 4 + 4 pairs of 1, spread 8. Channels are no neighbours. */
  @Test
  void of_flatChannelsOfTwoColours_isOne() {
    assertThat(Structure.of(new float[] {1, 1, 1, 1, -1, -1, -1, -1}, 2, 2, 2)).isEqualTo(1);
  }

  @Test
  void of_oneValueThroughout_isZero() {
    assertThat(Structure.of(new float[] {0.5f, 0.5f, 0.5f, 0.5f}, 1, 2, 2)).isZero();
  }

  @Test
  void of_noNeighboursOrNaN_isNaN() {
    assertThat(Structure.of(new float[] {1, 2, 3}, 3, 1, 1)).isNaN();
    assertThat(Structure.of(new float[] {1, Float.NaN}, 1, 1, 2)).isNaN();
  }
}
