package dev.rote.figures.building;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rote.v1.Along;
import dev.rote.v1.Along.Take;
import dev.rote.v1.ClaimSpec;
import dev.rote.v1.ClaimSpec.Comparison;
import dev.rote.v1.Metric;
import dev.rote.v1.Term;
import dev.rote.v1.Verdict;
import org.junit.jupiter.api.Test;

class AlongAxisTest {

  /** Validation accuracy at widths 8, 16, 32, two repetitions; another one lacks a width. */
  private static Verdict judge(ClaimSpec claim) {
    return new Claims(claim)
        .ends("real", "8", 0, 0.5, 0.2)
        .ends("real", "16", 0, 0.5, 0.8)
        .ends("real", "32", 0, 0.5, 0.8)
        .ends("real", "8", 1, 0.5, 0.2)
        .ends("real", "16", 1, 0.5, 0.4)
        .ends("real", "32", 1, 0.5, 0.6)
        .ends("real", "8", 2, 0.5, 1)
        .ends("noise", "8", 0, 0.5, 0.1)
        .ends("noise", "16", 0, 0.5, 0.2)
        .ends("noise", "32", 0, 0.5, 0.4)
        .judge();
  }

  private static double statistic(Metric metric, String label, Take take) {
    Verdict verdict = judge(Claims.value(Claims.along(metric, label, take), Comparison.ABOVE, 0));
    assertThat(verdict.getUndecided()).isEmpty();
    return verdict.getStatistic();
  }

  @Test
  void shouldSumUpEachRepetitionThatIsComplete() {
    assertThat(statistic(Claims.VALIDATION, "real", Take.LARGEST)).isCloseTo(0.7, within(1e-12));
    /* The first of equals at 16, then 32. */
    assertThat(statistic(Claims.VALIDATION, "real", Take.NUMBER_OF_LARGEST)).isEqualTo(24);
    /* (0.8 - 0.2) / 2 and (0.6 - 0.2) / 2. */
    assertThat(statistic(Claims.VALIDATION, "real", Take.SLOPE_PER_DOUBLING))
        .isCloseTo(0.25, within(1e-12));
    /* 0.1, 0.2, 0.4: proportional to the width. */
    assertThat(statistic(Claims.VALIDATION, "noise", Take.EXPONENT)).isCloseTo(1, within(1e-12));
    assertThat(statistic(Claims.GINI, "noise", Take.LARGEST)).isCloseTo(0.4, within(1e-12));
  }

  @Test
  void shouldSayWhatIsSummedUp() {
    Term term = Claims.along(Claims.VALIDATION, "real", Take.SLOPE_PER_DOUBLING);
    assertThat(judge(Claims.value(term, Comparison.ABOVE, 0)).getStatisticName())
        .startsWith(
            "slope per doubling of width of the final validation accuracy of real, mean over 2");
    Term gini = Claims.along(Claims.GINI, "noise", Take.NUMBER_OF_LARGEST);
    assertThat(judge(Claims.value(gini, Comparison.ABOVE, 0)).getStatisticName())
        .startsWith("width at which the final gini (sensitivity) is largest of noise");
  }

  @Test
  void shouldWorkInDifferencesAndOverChosenLabels() {
    Term real = Claims.along(Claims.VALIDATION, "real", Take.LARGEST);
    Term noise = Claims.along(Claims.VALIDATION, "noise", Take.LARGEST);
    Verdict verdict = judge(Claims.difference(real, noise, Comparison.ABOVE, 0));
    assertThat(verdict.getStatistic()).isCloseTo(0.4, within(1e-12));
    assertThat(verdict.getStatisticName()).contains("one repetition");
    Term chosen =
        real.toBuilder()
            .setAlong(
                Along.newBuilder()
                    .setAxis("width")
                    .setTake(Take.LARGEST)
                    .addLabels("8")
                    .addLabels("16"))
            .build();
    Verdict two = judge(Claims.value(chosen, Comparison.ABOVE, 0));
    assertThat(two.getStatistic()).isCloseTo(0.6, within(1e-12));
    assertThat(two.getStatisticName()).contains("(8, 16)");
  }

  @Test
  void shouldLeaveWhatCannotBeToldUndecided() {
    Term exponent = Claims.along(Claims.VALIDATION, "real", Take.EXPONENT);
    Verdict zero =
        new Claims(Claims.value(exponent, Comparison.ABOVE, 0))
            .ends("real", "8", 0, 0.5, 0)
            .ends("real", "16", 0, 0.5, 0.5)
            .judge();
    assertThat(zero.getUndecided()).contains("the value 0 has no logarithm");
    Verdict missing =
        new Claims(Claims.value(exponent, Comparison.ABOVE, 0))
            .ends("real", "8", 0, 0.5, 0.5)
            .ends("other", "16", 0, 0.5, 0.5)
            .judge();
    assertThat(missing.getUndecided()).contains("no result at width = 16");
    Verdict apart =
        new Claims(Claims.value(exponent, Comparison.ABOVE, 0))
            .ends("real", "8", 0, 0.5, 0.5)
            .ends("real", "16", 1, 0.5, 0.5)
            .judge();
    assertThat(apart.getUndecided()).contains("no result for");
  }

  /** Epochs to accuracy 1: 4 at width 8, over 9 at 16. */
  private static Verdict censored(Take take, int atWidth8) {
    Term term = Claims.along(Claims.EPOCHS, "real", take);
    return new Claims(Claims.value(term, Comparison.ABOVE, 3))
        .converges("real", "8", 0, atWidth8)
        .stays("real", "16", 0, 9)
        .judge();
  }

  @Test
  void shouldKnowOfCensoredValuesThatTheyAreLarger() {
    assertThat(censored(Take.LARGEST, 4).getStatistic()).isEqualTo(9);
    assertThat(censored(Take.LARGEST, 4).getStatisticName()).contains("at least");
    assertThat(censored(Take.LARGEST, 12).getStatistic()).isEqualTo(12);
    assertThat(censored(Take.LARGEST, 12).getStatisticName()).contains("at least");
    assertThat(censored(Take.NUMBER_OF_LARGEST, 4).getStatistic()).isEqualTo(16);
    assertThat(censored(Take.NUMBER_OF_LARGEST, 9).getStatistic()).isEqualTo(16);
    assertThat(censored(Take.NUMBER_OF_LARGEST, 12).getUndecided()).contains("leave open");
    assertThat(censored(Take.SLOPE_PER_DOUBLING, 4).getUndecided()).contains("censored");
    assertThat(censored(Take.EXPONENT, 4).getUndecided()).contains("censored");
  }
}
