package dev.rote.figures.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rote.figures.sequential.SyntheticClaims.Outcomes;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Errors over looks of sequences that no level was taken from. */
class NominalLevelsTest {
  private static final List<Integer> LOOKS = List.of(3, 5, 8, 12, 20, 30, 60);
  private static final int SWEEPS = 200_000;
  private static final long SEED = 77;

  private static RepeatDesign design(Spending spending, double futility) {
    return new RepeatDesign(LOOKS, 0.05, spending, futility, false);
  }

  @Test
  void calibratedLevels_withoutAnEffect_missAsOftenAsTheErrorSays() {
    for (Spending spending : Spending.values()) {
      Outcomes outcomes = SyntheticClaims.repeated(design(spending, 0), 0, SWEEPS, SEED);
      double wrong = outcomes.holds() + outcomes.fails();
      // The levels' own standard error is 0.0003, that of this count 0.0005.
      assertThat(wrong).as(spending.name()).isCloseTo(0.05, within(4 * 0.0006));
      assertThat(outcomes.holds()).isCloseTo(0.025, within(4 * outcomes.error(0.025)));
    }
  }

  @Test
  void levels_areNearThoseOfAKnownVariance() {
    double[] known = {4.12e-3, 3.56e-3, 5.01e-3, 6.65e-3, 1.09e-2, 1.35e-2, 2.52e-2};
    double[] levels = NominalLevels.of(design(Spending.POCOCK, 0), 0.05);
    for (int i = 0; i < known.length; i++) {
      assertThat(levels[i]).isBetween(0.7 * known[i], 1.1 * known[i]);
    }
    assertThat(levels[0]).isCloseTo(0.05 * Math.log(1 + (Math.E - 1) / 20), within(1e-12));
  }

  @Test
  void levels_whereNothingMayBeSpent_areNil() {
    assertThat(NominalLevels.of(design(Spending.OBRIEN_FLEMING, 0), 0.05)[0]).isZero();
  }

  @Test
  void futility_onlyEverLowersTheError() {
    Outcomes outcomes = SyntheticClaims.repeated(design(Spending.POCOCK, 0.1), 0, 20_000, SEED);
    assertThat(outcomes.holds()).isLessThan(0.025 + 2 * outcomes.error(0.025));
    assertThat(outcomes.futile()).isGreaterThan(0.5);
    assertThat(outcomes.repetitions()).isLessThan(50);
  }

  @Test
  void largeEffect_isFoundEarly() {
    RepeatDesign design = design(Spending.POCOCK, 0.1);
    Outcomes repeated = SyntheticClaims.repeated(design, 2, 20_000, SEED);
    assertThat(repeated.holds()).isGreaterThan(0.999);
    assertThat(repeated.repetitions()).isLessThan(9);
    assertThat(SyntheticClaims.fixed(3, 0.05, 2, 20_000, SEED).holds()).isLessThan(0.65);
  }

  @Test
  void fixed_withoutAnEffect_holdsAsOftenAsHalfTheError() {
    Outcomes outcomes = SyntheticClaims.fixed(5, 0.05, 0, SWEEPS, SEED);
    assertThat(outcomes.holds()).isCloseTo(0.025, within(4 * outcomes.error(0.025)));
  }

  @Test
  void foresight_ofAClearEffect_isADecision() {
    RepeatDesign design = design(Spending.POCOCK, 0.1);
    double[] levels = NominalLevels.of(design, 0.05);
    assertThat(Foresight.of(design, 3, levels, 12, 3, 1).decided()).isGreaterThan(0.99);
    assertThat(Foresight.of(design, 5, levels, 30, 0, 1).decided()).isLessThan(0.1);
    // It does not depend on the scale of the values, nor on which side of the threshold they lie.
    assertThat(Foresight.of(design, 3, levels, 12, -30, 100).decided()).isGreaterThan(0.99);
  }
}
