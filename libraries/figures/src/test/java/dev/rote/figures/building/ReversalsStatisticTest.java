package dev.rote.figures.building;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.v1.ClaimSpec;
import dev.rote.v1.ClaimSpec.Comparison;
import dev.rote.v1.Metric;
import dev.rote.v1.Term;
import dev.rote.v1.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReversalsStatisticTest {

  private static Claims claims(Metric second) {
    ClaimSpec.Builder claim =
        ClaimSpec.newBuilder().setComparison(Comparison.AT_LEAST).setThreshold(1);
    claim
        .getReversalsBuilder()
        .setFirst(Term.newBuilder().setMetric(Claims.TRAIN).putWhere("width", "8"))
        .setSecond(Term.newBuilder().setMetric(second).putWhere("width", "8"))
        .addAllLabels(List.of("a", "b", "c"));
    return new Claims(claim.build());
  }

  /**
   * First: a &gt; b &gt; c by .1 and .2. Second: b &gt; a by .1 in both repetitions; c against both
   * by .1 and -.1, whose interval holds zero.
   */
  @Test
  void shouldCountPairsWhoseIntervalsLieOnOppositeSides() {
    Verdict verdict =
        claims(Claims.VALIDATION)
            .ends("a", "8", 0, 0.9, 0.5)
            .ends("b", "8", 0, 0.8, 0.6)
            .ends("c", "8", 0, 0.6, 0.7)
            .ends("a", "8", 1, 0.91, 0.52)
            .ends("b", "8", 1, 0.81, 0.62)
            .ends("c", "8", 1, 0.61, 0.4)
            .judge();
    assertThat(verdict.getStatistic()).isEqualTo(1);
    assertThat(verdict.getHolds()).isTrue();
    assertThat(verdict.getStatisticName())
        .isEqualTo(
            "pairs of a, b, c whose order is reversed between the final training accuracy"
                + " (width = 8) and the final validation accuracy (width = 8)"
                + " (a minus b: 0.1 and -0.1)");
  }

  @Test
  void shouldNeedTwoRepetitionsOfAllLabels() {
    Claims claims =
        claims(Claims.VALIDATION).ends("a", "8", 0, 0.9, 0.5).ends("b", "8", 0, 0.8, 0.6);
    assertThat(claims.judge().getUndecided()).contains("no result for").contains("of c");
    claims.ends("c", "8", 0, 0.6, 0.7);
    assertThat(claims.judge().getUndecided()).contains("at least 2 repetitions");
    Claims apart = claims(Claims.VALIDATION);
    apart.ends("a", "8", 0, 0.9, 0.5).ends("b", "8", 1, 0.8, 0.6).ends("c", "8", 2, 0.6, 0.7);
    assertThat(apart.judge().getUndecided()).contains("at least 2 repetitions");
  }

  /** Both pairs of `a`, which never gets to accuracy 1. */
  @Test
  void shouldCountPairsWithCensoredValuesAsOpen() {
    Claims claims = claims(Claims.EPOCHS);
    for (int repetition = 0; repetition < 2; repetition++) {
      claims
          .stays("a", "8", repetition, 5)
          .converges("b", "8", repetition, 3)
          .converges("c", "8", repetition, 2);
    }
    assertThat(claims.judge().getUndecided())
        .contains("(none), at least: 2 pairs are censored")
        .contains("at least 0, which leaves open whether it is at least 1");
  }
}
