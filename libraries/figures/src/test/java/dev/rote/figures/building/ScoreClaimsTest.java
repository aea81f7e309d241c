package dev.rote.figures.building;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rote.figures.study.Scored;
import dev.rote.figures.study.SyntheticStudy;
import dev.rote.v1.ClaimSpec;
import dev.rote.v1.ClaimSpec.Comparison;
import dev.rote.v1.DetectionPanel.Target;
import dev.rote.v1.ExampleScore.Suspect;
import dev.rote.v1.Measurement;
import dev.rote.v1.Metric;
import dev.rote.v1.Metric.Kind;
import dev.rote.v1.Provenance;
import dev.rote.v1.SweepSpec;
import dev.rote.v1.Term;
import dev.rote.v1.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Claims about scores of single examples, judged over repetitions as any other. */
class ScoreClaimsTest {

  private static Metric.Builder metric(Kind kind, String score) {
    return Metric.newBuilder().setKind(kind).setMeasurement("m").setScore(score);
  }

  private static ClaimSpec claim(Metric.Builder metric, Comparison comparison, double threshold) {
    Term term = Term.newBuilder().setMetric(metric).setLabel("a").build();
    return Claims.value(term, comparison, threshold);
  }

  /** The verdict on repetitions that have these measurements named {@code m} and {@code other}. */
  private static Verdict judge(ClaimSpec claim, List<Map<String, Measurement>> repetitions) {
    SweepSpec.Builder spec = SweepSpec.newBuilder();
    spec.addAxesBuilder().setName("data");
    spec.addFiguresBuilder().setName("f").addClaims(claim);
    SyntheticStudy study = SyntheticStudy.of(spec.build());
    for (int i = 0; i < repetitions.size(); i++) {
      study.add(
          Map.of("data", "a"),
          i,
          SyntheticStudy.trial("t" + i, new double[] {0, 1}, new double[] {0, 1}),
          repetitions.get(i));
    }
    return ReportBuilder.build("f-0", study, Provenance.getDefaultInstance())
        .getFigures(0)
        .getVerdicts(0);
  }

  private static Verdict judge(ClaimSpec claim, Scored... repetitions) {
    return judge(
        claim, List.of(repetitions).stream().map(scored -> Map.of("m", scored.at(1))).toList());
  }

  /** 1 and 2 are trained on other labels, the input of 3 is noise; 4 has no value. */
  private static Scored mixed(Suspect suspect, double... values) {
    return Scored.of(10, 11, 12, 13, 14)
        .labels(0, 1, 1, 0, 1)
        .replaced(3)
        .score("s", suspect, values);
  }

  @Test
  void detection_ofEachTarget_countsWhatIsToBeFound() {
    Scored scored = mixed(Suspect.HIGH, 1, 3, 2, 4, Double.NaN);
    Metric.Builder auroc = metric(Kind.DETECTION_AUROC, "s");
    /* Changed: 3 and 2 against 1 and 4, two pairs of four. */
    assertThat(judge(claim(auroc, Comparison.AT_LEAST, 0.5), scored).getStatistic()).isEqualTo(0.5);
    auroc.setTarget(Target.REPLACED_INPUTS);
    assertThat(judge(claim(auroc, Comparison.AT_LEAST, 1), scored).getHolds()).isTrue();
    auroc.setTarget(Target.EITHER);
    assertThat(judge(claim(auroc, Comparison.AT_LEAST, 1), scored).getHolds()).isTrue();
    Metric.Builder precision = metric(Kind.DETECTION_PRECISION, "s");
    assertThat(judge(claim(precision, Comparison.ABOVE, 0), scored).getStatistic()).isEqualTo(0.5);
    /* 4-, 3+, 2+: 1/2 and 2/3. */
    assertThat(
            judge(claim(metric(Kind.DETECTION_AVERAGE_PRECISION, "s"), Comparison.ABOVE, 0), scored)
                .getStatistic())
        .isCloseTo((1 / 2.0 + 2 / 3.0) / 2, within(1e-12));
  }

  /** An example of the threshold class is neither to be found nor to be left alone. */
  @Test
  void detection_leavesTheThresholdClassOut() {
    Scored scored = mixed(Suspect.HIGH, 5, 3, 2, 1, 4).threshold(0);
    assertThat(
            judge(claim(metric(Kind.DETECTION_AUROC, "s"), Comparison.AT_LEAST, 1), scored)
                .getHolds())
        .isTrue();
  }

  @Test
  void detection_overRepetitions_isTheirMeanWithAnInterval() {
    Verdict verdict =
        judge(
            claim(metric(Kind.DETECTION_AUROC, "s"), Comparison.ABOVE, 0.7),
            mixed(Suspect.HIGH, 1, 3, 2, 4, Double.NaN),
            mixed(Suspect.HIGH, 1, 3, 2, 0, Double.NaN));
    assertThat(verdict.getStatistic()).isEqualTo(0.75);
    assertThat(verdict.getHolds()).isTrue();
    assertThat(verdict.getStatisticName())
        .startsWith("final AUROC of s for changed labels (m) of a, mean over 2 repetitions (95 %");
  }

  /** What is known as a lower bound is above every number, and so are never learned examples. */
  @Test
  void detection_censoredScores_areAboveAllOthers() {
    Scored scored =
        Scored.of(1, 2, 3).labels(1, 0, 0).score("s", Suspect.HIGH, 5, 9, 7).censored(0);
    assertThat(
            judge(claim(metric(Kind.DETECTION_AUROC, "s"), Comparison.AT_LEAST, 1), scored)
                .getHolds())
        .isTrue();
  }

  /** A score and its negative, each with the end that is suspect, find the same: no sign errors. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void detection_turnedScore_findsTheSame(int seed) {
    Random random = new Random(seed);
    int n = 20 + random.nextInt(40);
    double[] values = new double[n];
    double[] turned = new double[n];
    int[] labels = new int[n];
    int[] indices = new int[n];
    for (int i = 0; i < n; i++) {
      indices[i] = i;
      labels[i] = i == 0 || random.nextInt(3) == 0 ? 1 : 0;
      values[i] = random.nextInt(8) + 3 * labels[i];
      turned[i] = -values[i];
    }
    for (Kind kind :
        List.of(Kind.DETECTION_AUROC, Kind.DETECTION_AVERAGE_PRECISION, Kind.DETECTION_PRECISION)) {
      ClaimSpec claim = claim(metric(kind, "s"), Comparison.ABOVE, 0.5);
      Verdict high =
          judge(claim, Scored.of(indices).labels(labels).score("s", Suspect.HIGH, values));
      Verdict low = judge(claim, Scored.of(indices).labels(labels).score("s", Suspect.LOW, turned));
      Verdict upsideDown =
          judge(claim, Scored.of(indices).labels(labels).score("s", Suspect.HIGH, turned));
      assertThat(high.getStatistic())
          .isEqualTo(low.getStatistic())
          .isGreaterThan(upsideDown.getStatistic());
    }
  }

  @Test
  void detection_withoutAnythingToFind_isUndecided() {
    Verdict verdict =
        judge(
            claim(metric(Kind.DETECTION_AUROC, "s"), Comparison.ABOVE, 0.5),
            Scored.of(1, 2).score("s", Suspect.HIGH, 1, 2));
    assertThat(verdict.getUndecided()).isNotEmpty();
    assertThat(
            judge(
                    claim(metric(Kind.DETECTION_AUROC, "t"), Comparison.ABOVE, 0.5),
                    mixed(Suspect.HIGH, 1, 2, 3, 4, 5))
                .getUndecided())
        .isNotEmpty();
  }

  @Test
  void detection_overEpochs_isTakenAtItsMoment() {
    Measurement both =
        Scored.measurement(
            List.of(1, 5),
            List.of(mixed(Suspect.HIGH, 0, 3, 3, 0, 0), mixed(Suspect.HIGH, 4, 0, 0, 4, 0)));
    ClaimSpec last = claim(metric(Kind.DETECTION_AUROC, "s"), Comparison.ABOVE, 0.5);
    Term first = last.getValue().toBuilder().setMoment(Term.Moment.MAX).build();
    assertThat(judge(last, List.of(Map.of("m", both))).getStatistic()).isZero();
    assertThat(
            judge(Claims.value(first, Comparison.ABOVE, 0), List.of(Map.of("m", both)))
                .getStatistic())
        .isCloseTo(5 / 6.0, within(1e-12));
  }

  /**
   * Examples 1, 2, 3 are in both; 9 and 7 are not. 1 2 3 against 2 1 3 of ranks: 1 - 6 · 2 / 24.
   */
  @Test
  void correlation_ofTwoMeasurements_joinsBySourceIndex() {
    Metric.Builder metric = metric(Kind.RANK_CORRELATION, "s");
    metric.getWithBuilder().setMeasurement("other").setScore("t");
    Measurement one = Scored.of(1, 9, 2, 3).score("s", Suspect.HIGH, 10, 99, 20, 30).at(4);
    Measurement other = Scored.of(3, 2, 1, 7).score("t", Suspect.LOW, 3, 1, 2, 0).at(2);
    Verdict verdict =
        judge(claim(metric, Comparison.ABOVE, 0.4), List.of(Map.of("m", one, "other", other)));
    assertThat(verdict.getStatistic()).isCloseTo(0.5, within(1e-12));
    assertThat(verdict.getStatisticName())
        .startsWith("final rank correlation of s and t of other (m) of a");
    metric.getWithBuilder().setEpoch(3);
    assertThat(
            judge(claim(metric, Comparison.ABOVE, 0), List.of(Map.of("m", one, "other", other)))
                .getUndecided())
        .isNotEmpty();
  }

  @Test
  void correlation_withinAMeasurement_leavesOutExamplesWithoutAValue() {
    Metric.Builder metric = metric(Kind.RANK_CORRELATION, "s");
    metric.getWithBuilder().setMeasurement("m").setScore("t");
    Scored scored =
        Scored.of(1, 2, 3, 4)
            .score("s", Suspect.HIGH, 1, 2, 3, Double.NaN)
            .score("t", Suspect.HIGH, 3, 2, 1, 9);
    assertThat(judge(claim(metric, Comparison.BELOW, 0), scored).getStatistic())
        .isCloseTo(-1, within(1e-12));
  }

  private static Metric.Builder unforgettable(Kind kind) {
    return metric(kind, "forgetting").setBelow(0.5);
  }

  private static Scored forgetting(int[] neverLearned, double... values) {
    return Scored.of(1, 2, 3, 4).score("forgetting", Suspect.HIGH, values).censored(neverLearned);
  }

  /** 0 and never learned is not 0: of 0, 0 (never), 2, 0 two of four are unforgettable. */
  @Test
  void share_belowABound_leavesOutWhatWasNeverLearned() {
    Scored scored = forgetting(new int[] {1}, 0, 0, 2, 0);
    Verdict verdict =
        judge(claim(unforgettable(Kind.SHARE_OF_EXAMPLES), Comparison.ABOVE, 0.4), scored);
    assertThat(verdict.getStatistic()).isEqualTo(0.5);
    assertThat(verdict.getStatisticName())
        .startsWith("final share of examples with forgetting below 0.5 (m) of a");
    Metric.Builder above = metric(Kind.SHARE_OF_EXAMPLES, "forgetting").setAbove(1);
    assertThat(judge(claim(above, Comparison.ABOVE, 0), scored).getStatistic()).isEqualTo(0.5);
    above.setBelow(3);
    assertThat(judge(claim(above, Comparison.ABOVE, 0), scored).getStatistic()).isEqualTo(0.25);
  }

  /** 1 and 4, then 1 and 3: 1 alone in both, one of four; of the shares the mean is a half. */
  @Test
  void share_inEveryRepetition_isOfTheIntersection() {
    Scored first = forgetting(new int[] {1}, 0, 0, 2, 0);
    Scored second = forgetting(new int[0], 0, 1, 0, 3);
    Verdict verdict =
        judge(
            claim(unforgettable(Kind.SHARE_IN_EVERY_REPETITION), Comparison.AT_LEAST, 0.25),
            first,
            second);
    assertThat(verdict.getStatistic()).isEqualTo(0.25);
    assertThat(verdict.getHolds()).isTrue();
    assertThat(verdict.getStatisticName()).endsWith("over 2 repetitions and 4 examples");
    Verdict mean =
        judge(claim(unforgettable(Kind.SHARE_OF_EXAMPLES), Comparison.ABOVE, 0), first, second);
    assertThat(mean.getStatistic()).isEqualTo(0.5);
  }

  @Test
  void share_inEveryRepetition_hasADifferenceWithoutAnInterval() {
    Term low =
        Term.newBuilder()
            .setMetric(unforgettable(Kind.SHARE_IN_EVERY_REPETITION))
            .setLabel("a")
            .build();
    Term high =
        low.toBuilder()
            .setMetric(metric(Kind.SHARE_IN_EVERY_REPETITION, "forgetting").setAbove(0.5))
            .build();
    Verdict verdict =
        judge(
            Claims.difference(high, low, Comparison.ABOVE, 0.1),
            forgetting(new int[] {1}, 0, 0, 2, 0),
            forgetting(new int[0], 0, 1, 5, 3));
    /* Above: 2 (never) with 1, and 3; below: 1. */
    assertThat(verdict.getStatistic()).isEqualTo(0.25);
    assertThat(verdict.getStatisticName()).contains("no interval");
  }

  /** An example that one repetition lacks is not counted. */
  @Test
  void share_inEveryRepetition_isOfTheExamplesOfAll() {
    Verdict verdict =
        judge(
            claim(unforgettable(Kind.SHARE_IN_EVERY_REPETITION), Comparison.ABOVE, 0),
            Scored.of(1, 2, 3).score("forgetting", Suspect.HIGH, 0, 0, 0),
            Scored.of(2, 3, 4).score("forgetting", Suspect.HIGH, 0, 1, 0));
    assertThat(verdict.getStatistic()).isEqualTo(0.5);
  }
}
