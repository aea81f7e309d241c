package dev.rote.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.cli.report.VerdictText.Judged;
import dev.rote.v1.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

final class VerdictTextTest {
  private static final Verdict HOLDS =
      Verdict.newBuilder()
          .setClaim("real data has easy and hard examples")
          .setStatisticName("dispersion")
          .setStatistic(3.21987)
          .setComparison("above")
          .setThreshold(2)
          .setHolds(true)
          .build();

  @Test
  void line_holds_namesStatisticAndThreshold() {
    assertThat(VerdictText.line(new Judged("fig1", HOLDS)))
        .isEqualTo(
            "holds          fig1: real data has easy and hard examples (3.22, claimed above 2)");
  }

  @Test
  void summary_counts() {
    Verdict fails = HOLDS.toBuilder().setHolds(false).build();

    assertThat(VerdictText.summary(List.of(new Judged("a", HOLDS), new Judged("a", fails))))
        .isEqualTo("1 of 2 claims hold");

    Verdict open = HOLDS.toBuilder().setHolds(false).setUndecided("one value is missing").build();
    assertThat(VerdictText.summary(List.of(new Judged("a", HOLDS), new Judged("a", open))))
        .isEqualTo("1 of 2 claims hold, 1 undecided");
  }

  @Test
  void summary_oneClaim_isSingular() {
    assertThat(VerdictText.summary(List.of(new Judged("a", HOLDS))))
        .isEqualTo("1 of 1 claim holds");
  }

  @Test
  void line_false_saysSo() {
    assertThat(VerdictText.line(new Judged("fig1", HOLDS.toBuilder().setHolds(false).build())))
        .startsWith("does not hold  fig1: ");
  }

  @Test
  void line_undecided_saysWhy() {
    Verdict undecided =
        HOLDS.toBuilder().setHolds(false).setUndecided("no trial has a value").build();

    assertThat(VerdictText.line(new Judged("fig1", undecided)))
        .isEqualTo(
            "undecided      fig1: real data has easy and hard examples (no trial has a value)");
  }
}
