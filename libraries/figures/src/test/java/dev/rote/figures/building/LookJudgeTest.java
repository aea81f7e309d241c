package dev.rote.figures.building;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rote.figures.report.Outcome;
import dev.rote.figures.report.ReportJson;
import dev.rote.figures.study.SyntheticStudy;
import dev.rote.random.CounterRandom;
import dev.rote.v1.ClaimLook;
import dev.rote.v1.ClaimLook.Decision;
import dev.rote.v1.ClaimSpec;
import dev.rote.v1.ClaimSpec.Comparison;
import dev.rote.v1.Look;
import dev.rote.v1.Metric;
import dev.rote.v1.Provenance;
import dev.rote.v1.RepeatSpec;
import dev.rote.v1.Report;
import dev.rote.v1.SweepSpec;
import dev.rote.v1.TrialResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class LookJudgeTest {
  private static final List<Integer> LOOKS = List.of(3, 5, 8, 12, 20, 30, 60);
  private static final Metric VALIDATION =
      Metric.newBuilder().setKind(Metric.Kind.VALIDATION_ACCURACY).build();
  private static final CounterRandom RANDOM = CounterRandom.of(5, "values");

  private static IntToDoubleFunction around(double mean, double deviation, int stream) {
    return repetition -> mean + deviation * RANDOM.gaussian(stream, repetition);
  }

  private static SweepSpec spec(RepeatSpec.Many many, ClaimSpec... claims) {
    SweepSpec.Builder spec = SweepSpec.newBuilder();
    spec.addAxesBuilder().setName("data");
    spec.getRepeatBuilder()
        .addAllLooks(LOOKS)
        .setError(0.05)
        .setFutility(0.1)
        .setSpending(RepeatSpec.Spending.POCOCK)
        .setMany(many);
    spec.addFiguresBuilder().setName("f").addAllClaims(List.of(claims));
    return spec.build();
  }

  private static ClaimSpec difference(Comparison comparison, double threshold) {
    ClaimSpec.Builder claim =
        ClaimSpec.newBuilder().setComparison(comparison).setThreshold(threshold);
    claim.getDifferenceBuilder().getMinuendBuilder().setMetric(VALIDATION).setLabel("a");
    claim.getDifferenceBuilder().getSubtrahendBuilder().setMetric(VALIDATION).setLabel("b");
    return claim.build();
  }

  private static SyntheticStudy study(
      SweepSpec spec, int repetitions, IntToDoubleFunction a, IntToDoubleFunction b) {
    SyntheticStudy study = SyntheticStudy.of(spec);
    for (int r = 0; r < repetitions; r++) {
      add(study, "a", r, a.applyAsDouble(r));
      add(study, "b", r, b.applyAsDouble(r));
    }
    return study;
  }

  private static void add(SyntheticStudy study, String label, int repetition, double value) {
    study.add(
        Map.of("data", label),
        repetition,
        SyntheticStudy.trial(label + repetition, new double[] {0, 1}, new double[] {0, value}),
        Map.of());
  }

  /** Looks until all claims are closed. */
  private static List<Look> looks(SweepSpec spec, IntToDoubleFunction a, IntToDoubleFunction b) {
    List<Look> looks = new ArrayList<>();
    for (int repetitions : LOOKS) {
      Look look = LookJudge.judge(study(spec, repetitions, a, b), looks);
      looks.add(look);
      if (look.getClaimsList().stream().noneMatch(c -> c.getDecision() == Decision.OPEN)) {
        break;
      }
    }
    return looks;
  }

  private static ClaimLook last(List<Look> looks) {
    return looks.get(looks.size() - 1).getClaims(0);
  }

  @Test
  void largeDifference_holdsAtTheFirstLook_orFailsWhereTheContraryIsClaimed() {
    IntToDoubleFunction a = around(0.9, 0.002, 1);
    IntToDoubleFunction b = around(0.5, 0.002, 2);
    List<Look> holds = looks(spec(RepeatSpec.Many.NONE, difference(Comparison.ABOVE, 0)), a, b);
    assertThat(holds).hasSize(1);
    assertThat(last(holds).getDecision()).isEqualTo(Decision.HOLDS);
    assertThat(last(holds).getLow()).isGreaterThan(0.2);
    assertThat(last(holds).getStatistic()).isCloseTo(0.4, within(0.01));
    List<Look> fails = looks(spec(RepeatSpec.Many.NONE, difference(Comparison.AT_MOST, 0)), a, b);
    assertThat(last(fails).getDecision()).isEqualTo(Decision.FAILS);
  }

  @Test
  void smallDifference_waitsForItsLook() {
    List<Look> looks =
        looks(
            spec(RepeatSpec.Many.NONE, difference(Comparison.ABOVE, 0)),
            around(0.61, 0.02, 3),
            around(0.6, 0.02, 4));
    assertThat(looks.size()).isGreaterThan(2);
    for (Look look : looks.subList(0, looks.size() - 1)) {
      ClaimLook claim = look.getClaims(0);
      assertThat(claim.getDecision()).isEqualTo(Decision.OPEN);
      assertThat(claim.getLow()).isLessThanOrEqualTo(0);
      assertThat(claim.getHigh()).isGreaterThan(0);
      assertThat(claim.getPower()).isGreaterThanOrEqualTo(0.1);
      assertThat(claim.getExpectedRepetitions()).isBetween(5.0, 60.0);
    }
  }

  @Test
  void noDifference_isFutile_alsoWhereItIsClaimedToBeAtMostNothing() {
    for (Comparison comparison : List.of(Comparison.ABOVE, Comparison.AT_MOST)) {
      /* Their mean is 0 at every even look, and near it at the others. */
      List<Look> looks =
          looks(
              spec(RepeatSpec.Many.NONE, difference(comparison, 0)),
              r -> 0.6 + (r % 2 == 0 ? 0.01 : -0.01),
              r -> 0.6);
      assertThat(last(looks).getDecision()).isEqualTo(Decision.FUTILE);
      assertThat(last(looks).getReason()).contains("60 repetitions with a probability of");
      assertThat(last(looks).getRepetitions()).isLessThan(60);
    }
  }

  @Test
  void equality_withinABand_isDecidedByBothOfItsClaims() {
    List<Look> looks =
        looks(
            spec(
                RepeatSpec.Many.NONE,
                difference(Comparison.AT_MOST, 0.05),
                difference(Comparison.AT_LEAST, -0.05)),
            around(0.6, 0.005, 5),
            around(0.6, 0.005, 6));
    assertThat(looks.get(looks.size() - 1).getClaimsList())
        .allMatch(claim -> claim.getDecision() == Decision.HOLDS);
  }

  @Test
  void equalValues_sayNothingBeforeTheSignTestDoes() {
    List<Look> looks =
        looks(spec(RepeatSpec.Many.NONE, difference(Comparison.ABOVE, 0)), r -> 0.75, r -> 0.5);
    assertThat(last(looks).getDecision()).isEqualTo(Decision.HOLDS);
    assertThat(last(looks).getRepetitions()).isEqualTo(12);
  }

  @Test
  void repetitionThatDiverged_isNeverLeftOut() {
    SweepSpec undecided = spec(RepeatSpec.Many.NONE, difference(Comparison.ABOVE, 0));
    assertThat(judgeDiverged(undecided).getDecision()).isEqualTo(Decision.FUTILE);
    assertThat(judgeDiverged(undecided).getReason()).contains("1 of 3 repetitions diverged");
    SweepSpec worst =
        spec(
            RepeatSpec.Many.NONE,
            difference(Comparison.ABOVE, 0).toBuilder()
                .setDiverged(ClaimSpec.Diverged.WORST)
                .build());
    ClaimLook counted = judgeDiverged(worst);
    assertThat(counted.getDecision()).isEqualTo(Decision.OPEN);
    assertThat(counted.getSpread().getRepetitions()).isEqualTo(3);
    assertThat(counted.getStatistic()).isCloseTo((0.4 + 0.4 - 0.5) / 3, within(1e-9));
  }

  private static ClaimLook judgeDiverged(SweepSpec spec) {
    SyntheticStudy study = study(spec, 2, r -> 0.9, r -> 0.5);
    TrialResult diverged =
        SyntheticStudy.trial("d", new double[] {0, 1}, new double[] {0, 0.9}).toBuilder()
            .setOutcome(TrialResult.Outcome.DIVERGED)
            .build();
    study.add(Map.of("data", "a"), 2, diverged, Map.of());
    add(study, "b", 2, 0.5);
    return LookJudge.judge(study, List.of()).getClaims(0);
  }

  @Test
  void holm_takesTheErrorOfDecidedClaimsFromTheOthers() {
    IntToDoubleFunction a = around(0.9, 0.002, 7);
    IntToDoubleFunction b = around(0.5, 0.002, 8);
    ClaimSpec clear = difference(Comparison.ABOVE, 0);
    ClaimSpec near = difference(Comparison.ABOVE, 0.4);
    List<ClaimLook> none = first(spec(RepeatSpec.Many.NONE, near, clear), a, b);
    List<ClaimLook> holm = first(spec(RepeatSpec.Many.HOLM, near, clear), a, b);
    assertThat(holm.get(1).getDecision()).isEqualTo(Decision.HOLDS);
    assertThat(holm.get(1).getLevel()).isCloseTo(none.get(1).getLevel() / 2, within(2e-4));
    /* Once the other is decided, the one that is left has the whole error. */
    assertThat(holm.get(0).getLevel()).isEqualTo(none.get(0).getLevel());
  }

  private static List<ClaimLook> first(
      SweepSpec spec, IntToDoubleFunction a, IntToDoubleFunction b) {
    return LookJudge.judge(study(spec, 3, a, b), List.of()).getClaimsList();
  }

  @Test
  void trend_isJudgedByDrawsOfTheMeans() {
    ClaimSpec.Builder claim = ClaimSpec.newBuilder().setThreshold(0.9);
    claim.getTrendBuilder().getTermBuilder().setMetric(VALIDATION);
    claim.getTrendBuilder().addAllLabels(List.of("b", "a", "c"));
    SweepSpec spec = spec(RepeatSpec.Many.NONE, claim.build());
    SyntheticStudy study = study(spec, 8, around(0.5, 0.01, 9), around(0.3, 0.01, 10));
    for (int r = 0; r < 8; r++) {
      add(study, "c", r, around(0.7, 0.01, 11).applyAsDouble(r));
    }
    ClaimLook judged = LookJudge.judge(study, List.of()).getClaims(0);
    assertThat(judged.getDecision()).isEqualTo(Decision.HOLDS);
    assertThat(judged.getLow()).isEqualTo(1);
    assertThat(judged.getPower()).isNaN();
  }

  @Test
  void report_showsEachLook_andTheVerdictOfTheLast() {
    SweepSpec spec = spec(RepeatSpec.Many.NONE, difference(Comparison.ABOVE, 0));
    IntToDoubleFunction a = around(0.61, 0.02, 3);
    IntToDoubleFunction b = around(0.6, 0.02, 4);
    List<Look> looks = looks(spec, a, b);
    Report report =
        ReportBuilder.build("s-1", study(spec, 60, a, b), looks, Provenance.getDefaultInstance());
    var verdict = report.getFigures(0).getVerdicts(0);
    assertThat(verdict.getLooksCount()).isEqualTo(looks.size());
    boolean holds = last(looks).getDecision() == Decision.HOLDS;
    assertThat(Outcome.of(verdict)).isEqualTo(holds ? Outcome.HOLDS : Outcome.UNDECIDED);
    assertThat(ReportJson.verdicts(report))
        .contains("\"looks\"", "\"decision\": \"open\"", "\"repetitions\": 3,");
    Report before =
        ReportBuilder.build(
            "s-1", study(spec, 3, a, b), looks.subList(0, 1), Provenance.getDefaultInstance());
    assertThat(before.getFigures(0).getVerdicts(0).getUndecided())
        .isEqualTo("open after 3 repetitions");
  }
}
