package dev.rote.figures.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.Gson;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rank correlations and detection against numbers worked out by hand and in other ways. */
class RankOracleTest {
  private static final float INFINITE = Float.POSITIVE_INFINITY;

  /** One of {@code ranks.json}, which {@code ranks.py} beside it makes with SciPy. */
  static final class Recorded {
    float[] x = {};
    float[] y = {};
    boolean[] positive = {};
    double spearman;
    double auroc;
    double averagePrecision;
    double precision;
  }

  static List<Recorded> recorded() throws IOException {
    try (InputStream stream =
            Objects.requireNonNull(RankOracleTest.class.getResourceAsStream("ranks.json"));
        Reader reader = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
      return List.of(new Gson().fromJson(reader, Recorded[].class));
    }
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void of_recordedCases_isAsScipyHasIt(Recorded recorded) {
    assertThat(RankCorrelation.of(recorded.x, recorded.y))
        .isCloseTo(recorded.spearman, within(1e-12));
    Detection detection = Detection.of(recorded.x, recorded.positive);
    assertThat(detection.auroc()).isCloseTo(recorded.auroc, within(1e-12));
    assertThat(detection.averagePrecision()).isCloseTo(recorded.averagePrecision, within(1e-12));
    /* Recorded by chance: four standard errors of 20000 draws of a share of at least two. */
    assertThat(detection.precision()).isCloseTo(recorded.precision, within(0.01));
  }

  /** 3, -1, 3, -0, 0, inf: -1 is first, the zeros share 2 and 3, the threes 4 and 5. */
  @Test
  void of_tiedNegativeAndInfiniteValues_shareTheMeanOfTheirRanks() {
    assertThat(MidRanks.of(new float[] {3, -1, 3, -0f, 0, INFINITE}))
        .containsExactly(4.5, 1, 4.5, 2.5, 2.5, 6);
    assertThat(MidRanks.of(new float[] {-INFINITE, -2, -1.5f, -1e-30f, 1e-30f}))
        .containsExactly(1, 2, 3, 4, 5);
    assertThatThrownBy(() -> MidRanks.of(new float[] {1, Float.NaN}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("value 1 is none");
  }

  /** Ranks 1 2 3 4 against 2 1 4 3: 1 - 6 · 4 / (4 · 15). */
  @Test
  void of_pairs_isByTheDifferencesOfRanks() {
    assertThat(RankCorrelation.of(new float[] {1, 2, 3, 9}, new float[] {5, 4, 7, 6}))
        .isCloseTo(0.6, within(1e-12));
  }

  @Test
  void of_constantOrTooFew_isNotANumber() {
    assertThat(RankCorrelation.of(new float[] {1, 1}, new float[] {1, 2})).isNaN();
    assertThat(RankCorrelation.of(new float[] {1}, new float[] {2})).isNaN();
    assertThat(RankCorrelation.of(new float[0], new float[0])).isNaN();
  }

  /**
   * Values 5+ 4- 3+ 3- 1-, two positives: pairs 5 wins 3, 3 wins 1, ties 1, loses 1: (3 + 1 + 0.5)
   * / 6. Thresholds 5 (1 of 1) and 3 (2 of 4): (1 + 1/2) / 2. The two largest: 5 and 4, one
   * positive.
   */
  @Test
  void of_tiedScores_isWorkedOutByHand() {
    Detection detection =
        Detection.of(new float[] {3, 5, 4, 3, 1}, new boolean[] {true, true, false, false, false});
    assertThat(detection.auroc()).isCloseTo(4.5 / 6, within(1e-12));
    assertThat(detection.averagePrecision()).isCloseTo(0.75, within(1e-12));
    assertThat(detection.precision()).isCloseTo(0.5, within(1e-12));
  }

  /** All equal: chance. Of two places for one positive among four, half a positive is expected. */
  @Test
  void of_equalScores_isChance() {
    Detection detection =
        Detection.of(new float[] {2, 2, 2, 2}, new boolean[] {true, false, false, true});
    assertThat(detection).isEqualTo(new Detection(0.5, 0.5, 0.5));
  }

  @Test
  void of_oneGroupAlone_isNotANumber() {
    Detection none = Detection.of(new float[] {1, 2}, new boolean[2]);
    assertThat(none.auroc()).isNaN();
    assertThat(none.averagePrecision()).isNaN();
    assertThat(none.precision()).isNaN();
    assertThat(Detection.of(new float[] {1}, new boolean[] {true}).auroc()).isNaN();
    assertThat(Detection.of(new float[0], new boolean[0]).averagePrecision()).isNaN();
  }

  /** Every pair of a positive and a negative, one by one; the other way round is the complement. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void of_randomScores_isTheShareOfPairsInOrder(int seed) {
    Random random = new Random(seed);
    int n = 30 + random.nextInt(100);
    float[] scores = new float[n];
    boolean[] positive = new boolean[n];
    for (int i = 0; i < n; i++) {
      scores[i] = random.nextInt(9) - 4;
      positive[i] = i == 0 || (i > 1 && random.nextInt(3) == 0);
    }
    double won = 0;
    long pairs = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        if (positive[i] && !positive[j]) {
          won += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
          pairs++;
        }
      }
    }
    assertThat(Detection.of(scores, positive).auroc()).isCloseTo(won / pairs, within(1e-12));
    float[] turned = new float[n];
    for (int i = 0; i < n; i++) {
      turned[i] = -scores[i];
    }
    assertThat(Detection.of(turned, positive).auroc()).isCloseTo(1 - won / pairs, within(1e-12));
  }

  /** 5+ 4- 3+ 3- 1-: (0, 1/2), (1/3, 1/2), (2/3, 1), (1, 1). */
  @Test
  void curve_betweenThresholds_isStraight() {
    DetectionCurve curve =
        DetectionCurve.of(
            new float[] {5, 4, 3, 3, 1}, new boolean[] {true, false, true, false, false});
    assertThat(curve.truePositiveRate(0)).isEqualTo(0.5);
    assertThat(curve.truePositiveRate(1 / 6.0)).isCloseTo(0.5, within(1e-12));
    assertThat(curve.truePositiveRate(0.5)).isCloseTo(0.75, within(1e-12));
    assertThat(curve.truePositiveRate(1)).isEqualTo(1);
    assertThat(curve.precisionAt(0)).isEqualTo(1);
    assertThat(curve.precisionAt(0.5)).isEqualTo(1);
    assertThat(curve.precisionAt(0.51)).isEqualTo(0.5);
    assertThat(curve.precisionAt(1)).isEqualTo(0.5);
  }

  /** The area under the straight lines between the points is the AUROC. */
  @Test
  void curve_onAFineGrid_hasTheAreaOfAuroc() {
    Random random = new Random(8);
    float[] scores = new float[400];
    boolean[] positive = new boolean[400];
    for (int i = 0; i < scores.length; i++) {
      positive[i] = random.nextInt(4) == 0;
      scores[i] = (float) random.nextGaussian() + (positive[i] ? 1 : 0);
    }
    DetectionCurve curve = DetectionCurve.of(scores, positive);
    double area = 0;
    int steps = 20_000;
    for (int i = 0; i < steps; i++) {
      area += curve.truePositiveRate((i + 0.5) / steps) / steps;
    }
    assertThat(area).isCloseTo(Detection.of(scores, positive).auroc(), within(1e-3));
  }
}
