package dev.rote.figures.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Boundaries of textbooks, and of an integration over twice as many points. */
class BoundariesOracleTest {
  private static final double[] FIFTHS = {0.2, 0.4, 0.6, 0.8, 1};

  private static double[] of60(int... looks) {
    return Arrays.stream(looks).mapToDouble(look -> look / 60.0).toArray();
  }

  @Test
  void obrienFleming_fiveEqualLooks_isThatOfTextbooks() {
    assertThat(Boundaries.of(Spending.OBRIEN_FLEMING, 0.05, FIFTHS))
        .containsExactly(new double[] {4.8769, 3.3570, 2.6803, 2.2898, 2.0310}, within(2e-4));
  }

  @Test
  void pocock_fiveEqualLooks_isThatOfTextbooks() {
    assertThat(Boundaries.of(Spending.POCOCK, 0.05, FIFTHS))
        .containsExactly(new double[] {2.4380, 2.4268, 2.4102, 2.3966, 2.3860}, within(2e-4));
  }

  @Test
  void pocock_unequalLooks_isThatOfAFinerIntegration() {
    assertThat(Boundaries.of(Spending.POCOCK, 0.05, of60(3, 5, 8, 12, 20, 30, 60)))
        .containsExactly(
            new double[] {2.8687, 2.9147, 2.8066, 2.7137, 2.5466, 2.4715, 2.2389}, within(2e-4));
  }

  @Test
  void oneLook_isTheQuantileItself() {
    assertThat(Boundaries.of(Spending.POCOCK, 0.05, new double[] {1}))
        .containsExactly(new double[] {1.959964}, within(1e-5));
  }

  @Test
  void obrienFleming_atThreeOfSixty_neverDecides() {
    double[] boundaries = Boundaries.of(Spending.OBRIEN_FLEMING, 0.05, of60(3, 30, 60));
    assertThat(boundaries[0]).isInfinite();
    assertThat(boundaries[2]).isBetween(1.96, 2.0);
  }

  @Test
  void spent_atTheEnd_isTheWholeError() {
    for (Spending spending : Spending.values()) {
      assertThat(spending.spent(0.05, 1)).isEqualTo(0.05);
      assertThat(spending.spent(0.05, 0.9999)).isCloseTo(0.05, within(1e-4));
    }
  }

  @Test
  void fractions_thatDoNotAscend_areRefused() {
    assertThatThrownBy(() -> Boundaries.of(Spending.POCOCK, 0.05, new double[] {0.5, 0.5}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0.5 after 0.5");
  }
}
