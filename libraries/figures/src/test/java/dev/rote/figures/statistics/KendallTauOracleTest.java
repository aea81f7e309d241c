package dev.rote.figures.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class KendallTauOracleTest {

  @Test
  void shouldBeOneAndMinusOneForMonotoneValues() {
    assertThat(KendallTau.againstOrder(new double[] {0.1, 0.2, 0.4, 0.8})).isEqualTo(1);
    assertThat(KendallTau.againstOrder(new double[] {9, 5, 2})).isEqualTo(-1);
  }

  /** Of 6 pairs one is discordant (3, 2): (5 - 1) / 6. */
  @Test
  void shouldCountDiscordantPairs() {
    assertThat(KendallTau.againstOrder(new double[] {1, 3, 2, 4}))
        .isCloseTo(4 / 6.0, within(1e-12));
  }

  /** 1, 2, 2, 3: 5 concordant, none discordant, one tie in y: 5 / √(6 · 5). */
  @Test
  void shouldCorrectForTies() {
    assertThat(KendallTau.againstOrder(new double[] {1, 2, 2, 3}))
        .isCloseTo(5 / Math.sqrt(30), within(1e-12));
  }

  @Test
  void shouldBeZeroForConstantValues() {
    assertThat(KendallTau.againstOrder(new double[] {0.3, 0.3, 0.3})).isZero();
  }

  /**
   * 1, 3, over 2, over 4: (1, 3), (1, over 2), (1, over 4) and (3, over 4) rise; (3, over 2) and
   * (over 2, over 4) are open, so tied: 4 / √(6 · 4).
   */
  @Test
  void shouldCountPairsThatCensoringLeavesOpenAsTied() {
    double[] values = {1, 3, 2, 4};
    boolean[] censored = {false, false, true, true};
    assertThat(KendallTau.againstOrder(values, censored))
        .isCloseTo(4 / Math.sqrt(24), within(1e-12));
    /* A value is larger than its bound: over 3 exceeds 3. */
    assertThat(KendallTau.againstOrder(new double[] {3, 3}, new boolean[] {false, true}))
        .isEqualTo(1);
    assertThat(KendallTau.againstOrder(new double[] {3, 3}, new boolean[] {true, false}))
        .isEqualTo(-1);
    assertThat(KendallTau.againstOrder(new double[] {3, 9}, new boolean[] {true, true})).isZero();
  }

  @Test
  void shouldRefuseASingleValue() {
    assertThatThrownBy(() -> KendallTau.againstOrder(new double[] {1}))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
