package dev.rote.networks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TallyOracleTest {
  private static Tally of(float[] logits, int... labels) {
    Tally tally = new Tally();
    int classes = logits.length / labels.length;
    for (int i = 0; i < labels.length; i++) {
      tally.add(logits, i * classes, classes, labels[i]);
    }
    return tally;
  }

  @Test
  void add_finiteLogits_sharesAndMeansInTheOrderOfTheExamples() {
    Tally tally = of(new float[] {0, 2, 0, 2, 1, 1}, 0, 1, 0);
    double wrong = StrictMath.log(StrictMath.exp(-2) + 1) + 2 - 0;
    double right = StrictMath.log(StrictMath.exp(-2) + 1) + 2 - 2;
    double tied = StrictMath.log(2) + 1 - 1;
    assertThat(tally.examples()).isEqualTo(3);
    /* The tie goes to the first class, its label. */
    assertThat(tally.accuracy()).isEqualTo(2.0 / 3);
    assertThat(tally.meanLossNats()).isEqualTo((wrong + right + tied) / 3);
  }

  /** Wherever it stands, and even where the label is the first of the classes that compare. */
  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void add_oneLogitNotFinite_isWrongAndWithoutLoss(float bad) {
    for (int at = 0; at < 3; at++) {
      for (int label = 0; label < 3; label++) {
        float[] logits = {3, 2, 1};
        logits[at] = bad;
        Tally tally = of(logits, label);
        assertThat(tally.accuracy()).isZero();
        assertThat(tally.meanLossNats()).isNaN();
      }
    }
  }

  @Test
  void and_twoSets_isTheirUnionAndNoneOfNone() {
    Tally both = of(new float[] {0, 2}, 0).and(of(new float[] {0, 2, 5, 1}, 1, 0));
    assertThat(both.examples()).isEqualTo(3);
    assertThat(both.accuracy()).isEqualTo(2.0 / 3);
    assertThat(new Tally().accuracy()).isNaN();
    assertThat(new Tally().meanLossNats()).isNaN();
  }
}
