package dev.rote.figures.building;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.figures.report.CoverageWords;
import dev.rote.figures.study.Fate.End;
import dev.rote.figures.study.SyntheticStudy;
import dev.rote.v1.ClaimSpec;
import dev.rote.v1.Coverage;
import dev.rote.v1.Metric;
import dev.rote.v1.Provenance;
import dev.rote.v1.Report;
import dev.rote.v1.SweepSpec;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Two of three repetitions of one label have results, and all of the other. */
class PartialStudyTest {
  private static Report report(End third) {
    SweepSpec.Builder spec = SweepSpec.newBuilder();
    spec.addAxesBuilder().setName("data");
    Metric accuracy = Metric.newBuilder().setKind(Metric.Kind.VALIDATION_ACCURACY).build();
    for (String label : new String[] {"real", "noise"}) {
      spec.addFiguresBuilder()
          .setName(label)
          .addClaims(
              ClaimSpec.newBuilder().setValue(SampleTerms.of(accuracy, label)).setThreshold(0.5))
          .addPanelsBuilder()
          .getCurvesBuilder()
          .addMetrics(accuracy);
    }
    SyntheticStudy study = SyntheticStudy.of(spec.build());
    for (String label : new String[] {"real", "noise"}) {
      for (int r = 0; r < 3; r++) {
        if (r == 2 && label.equals("real")) {
          study.addMissing(Map.of("data", label), r, third);
        } else {
          double[] accuracies = {0.1, 0.9 + 0.01 * r};
          study.add(
              Map.of("data", label),
              r,
              SyntheticStudy.trial(label + r, accuracies, accuracies),
              Map.of());
        }
      }
    }
    return ReportBuilder.build("f-0", study, Provenance.getDefaultInstance());
  }

  @ParameterizedTest
  @EnumSource(
      value = End.class,
      names = {"UNFINISHED", "CANCELLED"})
  void shouldDrawWhatThereIsAndLeaveUndecidedWhatIsNot(End third) {
    Report report = report(third);
    assertThat(report.getFigures(0).getVerdicts(0).getUndecided())
        .isEqualTo(
            "too few results for: final validation accuracy of real (of 3 repetitions 1 "
                + third.words()
                + ")");
    assertThat(report.getFigures(1).getVerdicts(0).getHolds()).isTrue();
    assertThat(report.getFigures(0).getPanels(0).getSeries(0).getRepetitionsList())
        .containsExactly(2, 2);
    assertThat(report.getCoverage().getDone()).isEqualTo(5);
    assertThat(CoverageWords.isPartial(report.getCoverage())).isTrue();
    assertThat(CoverageWords.of(report.getCoverage()))
        .containsExactly(
            "Partial: results of 5 of 6 trials; 1 "
                + third.words()
                + ". Claims that need the others are undecided.");
  }

  @Test
  void shouldJudgeByTheRestWhatTheFailureBudgetBore() {
    Report report = report(End.FAILED);
    assertThat(report.getFigures(0).getVerdicts(0).getHolds()).isTrue();
    assertThat(report.getFigures(0).getVerdicts(0).getStatisticName())
        .endsWith(", without 1 of 3 repetitions, which failed");
    assertThat(CoverageWords.isPartial(report.getCoverage())).isFalse();
    assertThat(CoverageWords.of(report.getCoverage()))
        .containsExactly("There are results of 5 of 6 trials; 1 failed.");
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "4, 1"})
  void shouldSayWhatDiverged(int diverged, int sentences) {
    Coverage coverage =
        Coverage.newBuilder().setCells(12).setDone(12).setDiverged(diverged).build();
    assertThat(CoverageWords.of(coverage))
        .hasSize(sentences)
        .allMatch(sentence -> sentence.startsWith("4 of 12 trials diverged"));
  }
}
