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

  @Test
  void shouldRefuseASingleValue() {
    assertThatThrownBy(() -> KendallTau.againstOrder(new double[] {1}))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
