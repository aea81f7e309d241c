package dev.rote.figures.building;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rote.figures.study.SyntheticStudy;
import dev.rote.v1.ClaimSpec;
import dev.rote.v1.ClaimSpec.Comparison;
import dev.rote.v1.FigureSpec;
import dev.rote.v1.Metric;
import dev.rote.v1.Metric.Kind;
import dev.rote.v1.Panel;
import dev.rote.v1.PanelSpec;
import dev.rote.v1.Provenance;
import dev.rote.v1.Report;
import dev.rote.v1.Series;
import dev.rote.v1.SweepSpec;
import dev.rote.v1.Term;
import dev.rote.v1.Term.Moment;
import dev.rote.v1.TrialResult;
import dev.rote.v1.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Rates 1, of which no trial diverges, 5, of which one of three does at epoch 2, and 1000, of which
 * all do at epoch 1.
 */
class DivergenceTest {
  private static final Metric ACCURACY = Metric.newBuilder().setKind(Kind.TRAIN_ACCURACY).build();
  private static final Metric LOSS = Metric.newBuilder().setKind(Kind.TRAIN_LOSS).build();
  private static final Metric RATIO =
      Metric.newBuilder().setKind(Kind.CRITICAL_SAMPLE_RATIO).setMeasurement("csr").build();
  private static final Metric ERRORS =
      Metric.newBuilder().setKind(Kind.DISPERSION).setMeasurement("errors").build();

  private static Report report(FigureSpec figure) {
    SweepSpec.Builder spec = SweepSpec.newBuilder().setRepetitions(3).addFigures(figure);
    spec.addAxesBuilder().setName("rate");
    SyntheticStudy study = SyntheticStudy.of(spec.build());
    for (int r = 0; r < 3; r++) {
      add(study, "1", r, 0);
      add(study, "5", r, r == 2 ? 2 : 0);
      add(study, "1000", r, 1);
    }
    return ReportBuilder.build("f-0", study, Provenance.getDefaultInstance());
  }

  /** Accuracies .1, .5, .9; where it diverges the network predicts class 0, right for a tenth. */
  private static void add(SyntheticStudy study, String rate, int repetition, int divergedAt) {
    double[] accuracies = {0.1, 0.5, 0.9 + 0.01 * repetition};
    TrialResult.Builder trial =
        SyntheticStudy.trial(rate + "/" + repetition, accuracies, accuracies).toBuilder();
    if (divergedAt > 0) {
      trial.setOutcome(TrialResult.Outcome.DIVERGED).setDivergedAtEpoch(divergedAt);
      while (trial.getHistoryCount() > divergedAt + 1) {
        trial.removeHistory(divergedAt + 1);
      }
      trial.getHistoryBuilder(divergedAt).getTrainBuilder().setAccuracy(0.1).setLoss(Double.NaN);
    }
    boolean[] wrong = {repetition == 0, true, false, false};
    study.add(
        Map.of("rate", rate),
        repetition,
        trial.build(),
        Map.of(
            "csr",
            SyntheticStudy.ratios(new int[] {0, 1, 2}, new double[] {0.3, 0.2, 0.1}),
            "errors",
            SyntheticStudy.errors(1, wrong)));
  }

  private static Verdict judge(ClaimSpec.Builder claim) {
    return report(FigureSpec.newBuilder().setName("f").addClaims(claim).build())
        .getFigures(0)
        .getVerdicts(0);
  }

  private static Term term(Metric metric, String rate, Moment moment) {
    return Term.newBuilder().setMetric(metric).setLabel(rate).setMoment(moment).build();
  }

  private static ClaimSpec.Builder value(Term term, Comparison comparison, double threshold) {
    return ClaimSpec.newBuilder().setValue(term).setComparison(comparison).setThreshold(threshold);
  }

  @Test
  void shouldLeaveClaimsUndecidedThatNeedTheEndOfATrialThatDiverged() {
    for (Metric metric : List.of(LOSS, ACCURACY, RATIO)) {
      Verdict verdict = judge(value(term(metric, "1000", Moment.LAST), Comparison.AT_LEAST, 0));
      assertThat(verdict.getHolds()).isFalse();
      assertThat(verdict.getUndecided())
          .startsWith("there is no final ")
          .endsWith(" of 1000: 3 of 3 repetitions diverged");
    }
    assertThat(judge(value(term(LOSS, "5", Moment.LAST), Comparison.BELOW, 10)).getUndecided())
        .isEqualTo("there is no final training loss (nats) of 5: 1 of 3 repetitions diverged");
    assertThat(judge(value(term(LOSS, "1", Moment.LAST), Comparison.BELOW, 10)).getHolds())
        .isTrue();
    ClaimSpec.Builder trend = ClaimSpec.newBuilder();
    trend
        .getTrendBuilder()
        .setTerm(term(LOSS, "", Moment.LAST))
        .addAllLabels(List.of("1", "5", "1000"));
    assertThat(judge(trend).getUndecided()).contains("diverged");
    ClaimSpec.Builder difference = ClaimSpec.newBuilder();
    difference
        .getDifferenceBuilder()
        .setMinuend(term(ACCURACY, "1", Moment.LAST))
        .setSubtrahend(term(ACCURACY, "1000", Moment.LAST));
    assertThat(judge(difference).getUndecided()).contains("3 of 3 repetitions diverged");
    assertThat(judge(value(term(ERRORS, "1000", Moment.LAST), Comparison.ABOVE, 0)).getUndecided())
        .contains("3 of 3 repetitions diverged");
  }

  @Test
  void shouldJudgeWhatATrialHadBeforeItDiverged() {
    Verdict smallest = judge(value(term(LOSS, "1000", Moment.MIN), Comparison.BELOW, 3));
    assertThat(smallest.getStatistic()).isCloseTo(1.8, within(1e-12));
    Term second = term(ACCURACY, "5", Moment.AT_EPOCH).toBuilder().setEpoch(1).build();
    assertThat(judge(value(second, Comparison.ABOVE, 0)).getStatistic()).isEqualTo(0.5);
    Term third = second.toBuilder().setEpoch(2).build();
    assertThat(judge(value(third, Comparison.ABOVE, 0)).getUndecided()).contains("1 of 3");
    Verdict best = judge(value(term(ACCURACY, "1000", Moment.MAX), Comparison.ABOVE, 0));
    assertThat(best.getStatistic()).isCloseTo(0.1, within(1e-12));
    /* A loss that diverges has no largest value. */
    assertThat(judge(value(term(LOSS, "5", Moment.MAX), Comparison.ABOVE, 0)).getUndecided())
        .contains("1 of 3 repetitions diverged");
  }

  @Test
  void shouldCountDivergenceAsTheWorstWhereTheClaimSaysSo() {
    Verdict high =
        judge(
            value(term(ACCURACY, "5", Moment.LAST), Comparison.ABOVE, 0.5)
                .setDiverged(ClaimSpec.Diverged.WORST));
    assertThat(high.getStatistic()).isCloseTo((0.9 + 0.91) / 3, within(1e-12));
    assertThat(high.getStatisticName()).contains("1 of 3 repetitions diverged and count as 0");
    Verdict low =
        judge(
            value(term(LOSS, "5", Moment.LAST), Comparison.BELOW, 10)
                .setDiverged(ClaimSpec.Diverged.WORST));
    assertThat(low.getUndecided()).isEmpty();
    assertThat(low.getHolds()).isFalse();
    assertThat(low.getStatisticName()).contains("count as worse than every number");
    ClaimSpec.Builder difference =
        ClaimSpec.newBuilder().setDiverged(ClaimSpec.Diverged.WORST).setThreshold(0.5);
    difference
        .getDifferenceBuilder()
        .setMinuend(term(ACCURACY, "1", Moment.LAST))
        .setSubtrahend(term(ACCURACY, "1000", Moment.LAST));
    /* Worst for "1 is better than 1000" is that 1000 would have had accuracy 1. */
    assertThat(judge(difference).getHolds()).isFalse();
    assertThat(judge(difference).getStatistic()).isNegative();
  }

  @Test
  void shouldMarkDivergenceInCurves() {
    PanelSpec.Builder panel = PanelSpec.newBuilder();
    panel.getCurvesBuilder().addMetrics(ACCURACY);
    Panel drawn =
        report(FigureSpec.newBuilder().setName("f").addPanels(panel).build())
            .getFigures(0)
            .getPanels(0);
    Series none = drawn.getSeries(0);
    assertThat(none.getDivergedList()).isEmpty();
    Series one = drawn.getSeries(1);
    assertThat(one.getXList()).containsExactly(0.0, 1.0, 2.0);
    assertThat(one.getDivergedList()).containsExactly(0, 0, 1);
    assertThat(one.getRepetitionsList()).containsExactly(3, 3, 2);
    Series all = drawn.getSeries(2);
    assertThat(all.getXList()).containsExactly(0.0, 1.0);
    assertThat(all.getY(1)).isNaN();
    assertThat(all.getDivergedList()).containsExactly(0, 3);
  }

  @Test
  void shouldMarkDivergenceInProfilesAndFinalValues() {
    PanelSpec.Builder panel = PanelSpec.newBuilder();
    panel
        .getProfileBuilder()
        .setAxis("rate")
        .setLogX(true)
        .setLogY(true)
        .addTerms(term(LOSS, "", Moment.LAST));
    Report report = report(FigureSpec.newBuilder().setName("f").addPanels(panel).build());
    Series line = report.getFigures(0).getPanels(0).getSeries(0);
    assertThat(line.getXList()).containsExactly(1.0, 5.0, 1000.0);
    assertThat(line.getRepetitionsList()).containsExactly(3, 2, 0);
    assertThat(line.getDivergedList()).containsExactly(0, 1, 3);
    assertThat(line.getY(2)).isNaN();
    assertThat(report.getCoverage().getDiverged()).isEqualTo(4);
    assertThat(report.getCoverage().getDone()).isEqualTo(9);
    assertThat(report.getFinalValues().getRows(2).getDiverged()).isEqualTo(3);
    assertThat(report.getFinalValues().getRows(2).getMeans(0)).isNaN();
    assertThat(report.getFinalValues().getRows(1).getMeans(0))
        .isCloseTo((0.9 + 0.91) / 2, within(1e-12));
  }
}
