package dev.rote.figures.building;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rote.figures.FigureException;
import dev.rote.figures.study.SyntheticStudy;
import dev.rote.v1.ClaimSpec;
import dev.rote.v1.ClaimSpec.Comparison;
import dev.rote.v1.Metric;
import dev.rote.v1.Provenance;
import dev.rote.v1.SweepSpec;
import dev.rote.v1.Term;
import dev.rote.v1.Term.Moment;
import dev.rote.v1.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClaimJudgeTest {
  private static final Metric VALIDATION =
      Metric.newBuilder().setKind(Metric.Kind.VALIDATION_ACCURACY).build();
  private static final Metric RATIO =
      Metric.newBuilder().setKind(Metric.Kind.CRITICAL_SAMPLE_RATIO).setMeasurement("csr").build();
  private static final Metric DISPERSION =
      Metric.newBuilder().setKind(Metric.Kind.DISPERSION).setMeasurement("errors").build();

  /** Two labels with two repetitions each, one label without results. */
  private static Verdict judge(ClaimSpec claim) {
    SweepSpec.Builder spec = SweepSpec.newBuilder();
    spec.addAxesBuilder().setName("data");
    spec.addFiguresBuilder().setName("f").addClaims(claim);
    SyntheticStudy study = SyntheticStudy.of(spec.build());
    double[][] real = {{0.1, 0.6, 0.9, 0.8}, {0.1, 0.7, 0.95, 0.9}};
    double[][] noise = {{0.1, 0.3, 0.2, 0.15}, {0.1, 0.25, 0.15, 0.15}};
    for (int r = 0; r < 2; r++) {
      add(study, "real", r, real[r], new boolean[] {false, false, true, true});
      add(study, "noise", r, noise[r], new boolean[] {r == 0, r == 1, r == 0, r == 1});
    }
    study.addMissing(Map.of("data", "lost"), 0);
    return ReportBuilder.build("f-0", study, Provenance.getDefaultInstance())
        .getFigures(0)
        .getVerdicts(0);
  }

  private static void add(
      SyntheticStudy study, String label, int repetition, double[] validation, boolean[] wrong) {
    double[] train = {0.1, 0.5, 0.9, 1};
    study.add(
        Map.of("data", label),
        repetition,
        SyntheticStudy.trial(label + repetition, train, validation),
        Map.of(
            "csr", SyntheticStudy.ratios(new int[] {0, 1, 3}, new double[] {0, 0.2, 0.6}),
            "errors", SyntheticStudy.errors(1, wrong)));
  }

  private static Term term(Metric metric, String label, Moment moment) {
    return Term.newBuilder().setMetric(metric).setLabel(label).setMoment(moment).build();
  }

  private static ClaimSpec value(Term term, Comparison comparison, double threshold) {
    return ClaimSpec.newBuilder()
        .setValue(term)
        .setComparison(comparison)
        .setThreshold(threshold)
        .build();
  }

  private static ClaimSpec difference(Term a, Term b, Comparison comparison) {
    ClaimSpec.Builder claim = ClaimSpec.newBuilder().setComparison(comparison);
    claim.getDifferenceBuilder().setMinuend(a).setSubtrahend(b);
    return claim.build();
  }

  private static ClaimSpec trend(Term term, String... labels) {
    ClaimSpec.Builder claim = ClaimSpec.newBuilder().setThreshold(0.5);
    claim.getTrendBuilder().setTerm(term).addAllLabels(List.of(labels));
    return claim.build();
  }

  @Test
  void shouldTakeEachMomentOfTraining() {
    assertThat(statistic(Moment.LAST)).isCloseTo(0.85, within(1e-12));
    assertThat(statistic(Moment.UNSPECIFIED)).isCloseTo(0.85, within(1e-12));
    assertThat(statistic(Moment.FIRST)).isCloseTo(0.1, within(1e-12));
    assertThat(statistic(Moment.MAX)).isCloseTo(0.925, within(1e-12));
    assertThat(statistic(Moment.MIN)).isCloseTo(0.1, within(1e-12));
    assertThat(statistic(Moment.EPOCH_OF_MAX)).isEqualTo(2);
    assertThat(statistic(Moment.AT_BEST_VALIDATION)).isCloseTo(0.925, within(1e-12));
  }

  private static double statistic(Moment moment) {
    return judge(value(term(VALIDATION, "real", moment), Comparison.ABOVE, 0)).getStatistic();
  }

  @Test
  void shouldTakeAMeasurementAtTheBestMeasuredEpoch() {
    /* Validation of real is best at epoch 2, which was not measured: of 0, 1 and 3 it is 3. */
    Term atBest = term(RATIO, "real", Moment.AT_BEST_VALIDATION);
    assertThat(judge(value(atBest, Comparison.ABOVE, 0)).getStatistic()).isEqualTo(0.6);
    Term ofNoise = term(RATIO, "noise", Moment.AT_BEST_VALIDATION);
    assertThat(judge(value(ofNoise, Comparison.ABOVE, 0)).getStatistic()).isEqualTo(0.2);
  }

  @Test
  void shouldCompareWithTheThreshold() {
    Term last = term(RATIO, "real", Moment.LAST);
    assertThat(judge(value(last, Comparison.ABOVE, 0.6)).getHolds()).isFalse();
    assertThat(judge(value(last, Comparison.AT_LEAST, 0.6)).getHolds()).isTrue();
    assertThat(judge(value(last, Comparison.BELOW, 0.6)).getHolds()).isFalse();
    assertThat(judge(value(last, Comparison.AT_MOST, 0.6)).getHolds()).isTrue();
    assertThat(judge(value(last, Comparison.AT_MOST, 0.59)).getHolds()).isFalse();
    assertThat(judge(value(last, Comparison.UNSPECIFIED, 0.5)).getComparison()).isEqualTo("above");
  }

  /** Differences .5 and .6: mean .55, s = .0707107, half = 12.706205 · .0707107 / √2 = .6353102. */
  @Test
  void shouldTakeTheLessFavourableEndOfADifference() {
    Term a = term(VALIDATION, "real", Moment.AT_EPOCH).toBuilder().setEpoch(1).build();
    Term b = term(VALIDATION, "noise", Moment.FIRST);
    Verdict above = judge(difference(a, b, Comparison.ABOVE));
    assertThat(above.getStatistic()).isCloseTo(0.55 - 0.6353102, within(1e-6));
    assertThat(above.getHolds()).isFalse();
    assertThat(above.getStatisticName()).contains("lower end").contains("2 repetitions");
    Verdict below = judge(difference(a, b, Comparison.BELOW));
    assertThat(below.getStatistic()).isCloseTo(0.55 + 0.6353102, within(1e-6));
  }

  @Test
  void shouldCompareDispersionsByExamples() {
    /* real: 0, 0, 2, 2 errors of R = 2: D = (1/3) / (1/8); noise: one error each: D = 0. */
    Term real = term(DISPERSION, "real", Moment.AT_EPOCH).toBuilder().setEpoch(1).build();
    Term noise = term(DISPERSION, "noise", Moment.LAST);
    assertThat(judge(value(real, Comparison.ABOVE, 2)).getStatistic())
        .isCloseTo(8 / 3.0, within(1e-12));
    assertThat(judge(value(noise, Comparison.AT_MOST, 1)).getStatistic()).isZero();
    Verdict verdict = judge(difference(real, noise, Comparison.ABOVE));
    assertThat(verdict.getUndecided()).isEmpty();
    assertThat(verdict.getStatisticName()).contains("bootstrap").contains("difference 2.667");
    Verdict mixed =
        judge(difference(real, term(VALIDATION, "real", Moment.LAST), Comparison.ABOVE));
    assertThat(mixed.getUndecided()).contains("cannot be paired");
    Term absent = real.toBuilder().setEpoch(9).build();
    assertThat(judge(value(absent, Comparison.ABOVE, 0)).getUndecided()).contains("no result");
  }

  /** Labels 0, 0, 1, 1 and errors 0, 2, 1, 1 of R = 2. */
  @Test
  void shouldJudgeDispersionsWithinClasses() {
    boolean[][] wrong = {{false, true, true, false}, {false, true, false, true}};
    int[] labels = {0, 0, 1, 1};
    Metric inClasses =
        DISPERSION.toBuilder().setKind(Metric.Kind.DISPERSION_WITHIN_CLASSES).build();
    ClaimSpec claim = value(term(inClasses, "a", Moment.LAST), Comparison.ABOVE, 1);
    /* Squares 1/2 and 0; u = 1/4 · 4/3 twice: (1/2) / ((1/3 + 1/3) / 2). */
    Verdict verdict = withinClasses(claim, wrong, labels, labels);
    assertThat(verdict.getStatistic()).isCloseTo(1.5, within(1e-12));
    assertThat(verdict.getStatisticName())
        .startsWith("final dispersion of error rates within classes (errors) of a")
        .contains("4 examples");
    assertThat(withinClasses(claim, wrong, labels, new int[] {0, 1, 1, 1}).getUndecided())
        .contains("a label that they keep");
    Term a = term(inClasses, "a", Moment.LAST);
    Verdict none = withinClasses(difference(a, a, Comparison.ABOVE), wrong, labels, labels);
    assertThat(none.getStatistic()).isZero();
    assertThat(none.getStatisticName()).contains("bootstrap interval over 4 examples");
    ClaimSpec mixed = difference(a, term(DISPERSION, "a", Moment.LAST), Comparison.ABOVE);
    assertThat(withinClasses(mixed, wrong, labels, labels).getUndecided())
        .contains("different kinds");
  }

  private static Verdict withinClasses(
      ClaimSpec claim, boolean[][] wrong, int[] firstLabels, int[] secondLabels) {
    SweepSpec.Builder spec = SweepSpec.newBuilder();
    spec.addAxesBuilder().setName("data");
    spec.addFiguresBuilder().setName("f").addClaims(claim);
    SyntheticStudy study = SyntheticStudy.of(spec.build());
    for (int r = 0; r < 2; r++) {
      study.add(
          Map.of("data", "a"),
          r,
          SyntheticStudy.trial("a" + r, new double[] {0}, new double[] {0}),
          Map.of(
              "errors", SyntheticStudy.errors(1, wrong[r], r == 0 ? firstLabels : secondLabels)));
    }
    return ReportBuilder.build("f-0", study, Provenance.getDefaultInstance())
        .getFigures(0)
        .getVerdicts(0);
  }

  @Test
  void shouldLeaveClaimsWithoutResultsUndecided() {
    Verdict lost = judge(value(term(VALIDATION, "lost", Moment.LAST), Comparison.BELOW, 1));
    assertThat(lost.getUndecided())
        .isEqualTo("no result for: final validation accuracy of lost (1 of 1 repetition failed)");
    assertThat(lost.getHolds()).isFalse();
    assertThat(lost.getStatistic()).isNaN();
    Verdict difference =
        judge(
            difference(
                term(VALIDATION, "real", Moment.LAST),
                term(VALIDATION, "lost", Moment.LAST),
                Comparison.ABOVE));
    assertThat(difference.getUndecided()).contains("no result");
    Verdict trend = judge(trend(term(RATIO, "", Moment.LAST), "noise", "lost", "real"));
    assertThat(trend.getUndecided()).contains("of lost");
    assertThat(judge(ClaimSpec.getDefaultInstance()).getUndecided()).contains("no statistic");
  }

  @Test
  void shouldJudgeATrendByKendallsTau() {
    Verdict rising = judge(trend(term(VALIDATION, "", Moment.LAST), "noise", "real", "real"));
    /* .15, .85, .85: 2 concordant pairs, one tie: 2 / √(3 · 2). */
    assertThat(rising.getStatistic()).isCloseTo(2 / Math.sqrt(6), within(1e-12));
    assertThat(rising.getHolds()).isTrue();
    assertThat(judge(trend(term(RATIO, "", Moment.LAST), "noise", "real")).getUndecided())
        .contains("at least 3 labels");
  }

  @Test
  void shouldRefuseALineThatSeveralCellsAnswerTo() {
    ClaimSpec claim = value(term(VALIDATION, "", Moment.LAST), Comparison.ABOVE, 0);
    SweepSpec.Builder spec = SweepSpec.newBuilder();
    spec.addAxesBuilder().setName("data");
    spec.addAxesBuilder().setName("width");
    spec.addFiguresBuilder()
        .setName("f")
        .addClaims(
            claim.toBuilder().setValue(claim.getValue().toBuilder().setLabel("real").build()));
    SyntheticStudy study = SyntheticStudy.of(spec.build());
    for (String width : List.of("16", "32")) {
      study.add(
          Map.of("data", "real", "width", width),
          0,
          SyntheticStudy.trial(width, new double[] {0.5}, new double[] {0.5}),
          Map.of());
    }
    assertThatThrownBy(() -> ReportBuilder.build("f-0", study, Provenance.getDefaultInstance()))
        .isInstanceOf(FigureException.class)
        .hasMessageContaining("`where`");
  }
}
