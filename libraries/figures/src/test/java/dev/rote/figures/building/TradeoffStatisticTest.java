package dev.rote.figures.building;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rote.v1.ClaimSpec;
import dev.rote.v1.ClaimSpec.Comparison;
import dev.rote.v1.Term;
import dev.rote.v1.TradeoffGap;
import dev.rote.v1.TradeoffGap.Compare;
import dev.rote.v1.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Points (x, y) = (training accuracy, validation accuracy) of the labels of the axis `data`. */
class TradeoffStatisticTest {

  private static ClaimSpec claim(Compare compare, double slack) {
    TradeoffGap.Builder gap =
        TradeoffGap.newBuilder()
            .setX(Term.newBuilder().setMetric(Claims.TRAIN).putWhere("width", "8"))
            .setY(Term.newBuilder().setMetric(Claims.VALIDATION).putWhere("width", "8"))
            .addAllLabels(List.of("d1", "d2"))
            .addAllAgainst(List.of("w1", "w2"))
            .setReference("none")
            .setCompare(compare);
    if (slack > 0) {
      gap.setSlack(slack);
    }
    return ClaimSpec.newBuilder().setTradeoff(gap).setComparison(Comparison.ABOVE).build();
  }

  /** One repetition; `shift` moves x of d2. */
  private static Claims points(Claims claims, int repetition, double shift) {
    return claims
        .ends("none", "8", repetition, 1, 0.7)
        .ends("d1", "8", repetition, 0.6, 0.71)
        .ends("d2", "8", repetition, 0.3 + shift, 0.69)
        .ends("w1", "8", repetition, 0.9, 0.7)
        .ends("w2", "8", repetition, 0.5, 0.4);
  }

  @Test
  void shouldCompareTheLowestXThatKeepsY() {
    /* y at least .7: d1 (.6) and w1 (.9). */
    Verdict strict = points(new Claims(claim(Compare.LOWEST_X, 0)), 0, 0).judge();
    assertThat(strict.getStatistic()).isCloseTo(0.3, within(1e-12));
    assertThat(strict.getHolds()).isTrue();
    assertThat(strict.getStatisticName())
        .isEqualTo(
            "final training accuracy of w1 (width = 8) minus that of d1, each the lowest of its"
                + " family with a final validation accuracy (width = 8) of at least 0.7"
                + " (one repetition)");
    /* y at least .68: d2 (.3), too. */
    Verdict slack = points(new Claims(claim(Compare.LOWEST_X, 0.02)), 0, 0).judge();
    assertThat(slack.getStatistic()).isCloseTo(0.6, within(1e-12));
  }

  /** Differences .6 and .5: mean .55, half = .6353102 as in ClaimJudgeTest. */
  @Test
  void shouldPairRepetitions() {
    Claims claims = new Claims(claim(Compare.LOWEST_X, 0.02));
    Verdict verdict = points(points(claims, 0, 0), 1, 0.1).judge();
    assertThat(verdict.getStatistic()).isCloseTo(0.55 - 0.6353102, within(1e-6));
    assertThat(verdict.getHolds()).isFalse();
    assertThat(verdict.getStatisticName()).contains("lower end").contains("mean 0.55");
  }

  /** Without any better point both families fall back on the reference. */
  @Test
  void shouldLetTheReferenceStandForAFamily() {
    ClaimSpec claim = claim(Compare.LOWEST_X, 0);
    Verdict verdict =
        new Claims(claim)
            .ends("none", "8", 0, 1, 0.9)
            .ends("d1", "8", 0, 0.6, 0.71)
            .ends("d2", "8", 0, 0.3, 0.69)
            .ends("w1", "8", 0, 0.9, 0.7)
            .ends("w2", "8", 0, 0.5, 0.4)
            .judge();
    assertThat(verdict.getStatistic()).isZero();
    assertThat(verdict.getStatisticName()).contains("of none").contains("that of none");
  }

  /**
   * Against: (1, .7), (.9, .7), (.5, .4): means .8 and .6, products .02 + .01 + .06 = .09, squares
   * .04 + .01 + .09 = .14. Labels: (1, .7), (.6, .71), (.3, .69): means 19/30 and .7, products 0 -
   * 1/3000 + 1/300 = .003, squares .2466667.
   */
  @Test
  void shouldCompareSlopes() {
    Verdict verdict = points(new Claims(claim(Compare.SLOPE, 0)), 0, 0).judge();
    assertThat(verdict.getStatistic()).isCloseTo(0.09 / 0.14 - 0.003 / (0.74 / 3), within(1e-9));
    assertThat(verdict.getStatisticName())
        .startsWith("slope of the final validation accuracy (width = 8) against the final training")
        .contains("none, w1, w2 minus that over none, d1, d2")
        .endsWith("mean slopes 0.6429 and 0.01216");
  }

  @Test
  void shouldLeaveWhatIsMissingUndecided() {
    ClaimSpec claim = claim(Compare.LOWEST_X, 0);
    assertThat(new Claims(claim).ends("none", "8", 0, 1, 0.7).judge().getUndecided())
        .contains("no result for")
        .contains("of w1");
    assertThat(points(new Claims(claim(Compare.UNSPECIFIED, 0)), 0, 0).judge().getUndecided())
        .contains("does not say what it compares");
    Claims same = new Claims(claim(Compare.SLOPE, 0));
    for (String label : List.of("none", "d1", "d2", "w1", "w2")) {
      same.ends(label, "8", 0, 0.5, 0.7);
    }
    assertThat(same.judge().getUndecided()).contains("the same x");
    ClaimSpec.Builder epochs = claim.toBuilder();
    epochs.getTradeoffBuilder().getXBuilder().setMetric(Claims.EPOCHS);
    assertThat(points(new Claims(epochs.build()), 0, 0).judge().getUndecided())
        .contains("is censored in 1 of 1 repetition");
  }
}
