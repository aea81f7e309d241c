package dev.rote.figures.building;

import static dev.rote.figures.building.Claims.EPOCHS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rote.v1.ClaimSpec;
import dev.rote.v1.ClaimSpec.Comparison;
import dev.rote.v1.Metric;
import dev.rote.v1.Term;
import dev.rote.v1.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Trials that ended before they had reached an accuracy: only lower bounds are known of them. */
class CensoringTest {
  private static final Term SLOW = Claims.term(EPOCHS, "slow");
  private static final Term FAST = Claims.term(EPOCHS, "fast");

  /** Slow: 10, over 20; fast: 3, 5. */
  private static Verdict judge(ClaimSpec claim) {
    return new Claims(claim)
        .converges("slow", "8", 0, 10)
        .stays("slow", "8", 1, 20)
        .converges("fast", "8", 0, 3)
        .converges("fast", "8", 1, 5)
        .judge();
  }

  @Test
  void shouldCountEpochsToAnAccuracy() {
    assertThat(judge(Claims.value(FAST, Comparison.AT_MOST, 4)).getStatistic()).isEqualTo(4);
    assertThat(judge(Claims.value(FAST, Comparison.AT_MOST, 4)).getStatisticName())
        .startsWith("epochs to training accuracy 1 of fast (width = 8), mean over 2 repetitions");
    Metric anything = EPOCHS.toBuilder().setAccuracy(1e-9).build();
    Verdict low = judge(Claims.value(Claims.term(anything, "slow"), Comparison.ABOVE, 0));
    assertThat(low.getUndecided()).isEmpty();
    assertThat(low.getStatisticName()).contains("at least: 1 of 2 repetitions is censored");
  }

  /** Mean at least (10 + 20) / 2 = 15. */
  @Test
  void shouldJudgeAMeanOnlyWhereItsBoundSettlesIt() {
    Verdict above = judge(Claims.value(SLOW, Comparison.ABOVE, 14));
    assertThat(above.getStatistic()).isEqualTo(15);
    assertThat(above.getHolds()).isTrue();
    assertThat(above.getStatisticName()).contains(", at least: 1 of 2 repetitions is censored");
    Verdict open = judge(Claims.value(SLOW, Comparison.ABOVE, 16));
    assertThat(open.getHolds()).isFalse();
    assertThat(open.getStatistic()).isNaN();
    assertThat(open.getUndecided())
        .contains("at least 15, which leaves open whether it is above 16");
    assertThat(judge(Claims.value(SLOW, Comparison.BELOW, 16)).getUndecided()).isNotEmpty();
    Verdict refuted = judge(Claims.value(SLOW, Comparison.BELOW, 15));
    assertThat(refuted.getUndecided()).isEmpty();
    assertThat(refuted.getHolds()).isFalse();
  }

  /**
   * Differences 7 and over 15: mean 11, s = 5.6568542, half = 12.7062047 · 5.6568542 / √2 =
   * 50.824819.
   */
  @Test
  void shouldJudgeADifferenceOnlyWhereItsBoundSettlesIt() {
    Verdict above = judge(Claims.difference(SLOW, FAST, Comparison.ABOVE, -40));
    assertThat(above.getStatistic()).isCloseTo(11 - 50.824819, within(1e-5));
    assertThat(above.getHolds()).isTrue();
    assertThat(above.getStatisticName()).contains("lower end").contains("at least: 1 of 2");
    assertThat(judge(Claims.difference(SLOW, FAST, Comparison.ABOVE, 0)).getUndecided())
        .contains("leaves open");
    /* Below: only the mean at the bounds can speak, and only against. */
    assertThat(judge(Claims.difference(SLOW, FAST, Comparison.BELOW, 100)).getUndecided())
        .contains("leaves open");
    Verdict refuted = judge(Claims.difference(SLOW, FAST, Comparison.BELOW, 10));
    assertThat(refuted.getUndecided()).isEmpty();
    assertThat(refuted.getStatistic()).isEqualTo(11);
    assertThat(refuted.getHolds()).isFalse();
    /* The other way round the difference is at most -11. */
    Verdict below = judge(Claims.difference(FAST, SLOW, Comparison.BELOW, 40));
    assertThat(below.getStatistic()).isCloseTo(50.824819 - 11, within(1e-5));
    assertThat(below.getHolds()).isTrue();
    assertThat(below.getStatisticName()).contains("at most: 1 of 2");
    assertThat(judge(Claims.difference(SLOW, SLOW, Comparison.ABOVE, -1)).getUndecided())
        .startsWith("both sides are censored");
  }

  /** 4, at least 15, at least 2: only the first pair is ordered: 1 / √(3 · 1). */
  @Test
  void shouldTieThePairsOfATrendThatAreOpen() {
    ClaimSpec.Builder claim = ClaimSpec.newBuilder().setThreshold(0.5);
    claim
        .getTrendBuilder()
        .setTerm(Claims.term(EPOCHS, ""))
        .addAllLabels(List.of("fast", "slow", "cut"));
    Verdict verdict =
        new Claims(claim.build())
            .converges("fast", "8", 0, 3)
            .converges("fast", "8", 1, 5)
            .converges("slow", "8", 0, 10)
            .stays("slow", "8", 1, 20)
            .stays("cut", "8", 0, 2)
            .judge();
    assertThat(verdict.getStatistic()).isCloseTo(1 / Math.sqrt(3), within(1e-12));
    assertThat(verdict.getStatisticName()).contains("means 4, at least 15, at least 2");
    assertThat(verdict.getUndecided()).isEmpty();
  }
}
