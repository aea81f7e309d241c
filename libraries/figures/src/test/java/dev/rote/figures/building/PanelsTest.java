package dev.rote.figures.building;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rote.figures.FigureException;
import dev.rote.figures.study.SyntheticStudy;
import dev.rote.v1.Metric;
import dev.rote.v1.Panel;
import dev.rote.v1.PanelSpec;
import dev.rote.v1.Provenance;
import dev.rote.v1.Report;
import dev.rote.v1.Series;
import dev.rote.v1.SweepSpec;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PanelsTest {

  private static SyntheticStudy study(PanelSpec panel) {
    SweepSpec.Builder spec = SweepSpec.newBuilder();
    spec.addAxesBuilder().setName("data");
    spec.addFiguresBuilder().setName("f").addPanels(panel);
    return SyntheticStudy.of(spec.build());
  }

  private static Panel build(SyntheticStudy study) {
    return report(study).getFigures(0).getPanels(0);
  }

  private static Report report(SyntheticStudy study) {
    return ReportBuilder.build("f-0", study, Provenance.getDefaultInstance());
  }

  private static PanelSpec curves(Metric.Kind... kinds) {
    PanelSpec.Builder panel = PanelSpec.newBuilder().setTitle("panel");
    for (Metric.Kind kind : kinds) {
      panel.getCurvesBuilder().addMetricsBuilder().setKind(kind).setMeasurement("");
    }
    return panel.build();
  }

  @Test
  void shouldAverageOnlyRepetitionsThatReachedAnEpoch() {
    SyntheticStudy study =
        study(curves(Metric.Kind.TRAIN_ACCURACY, Metric.Kind.VALIDATION_ACCURACY));
    study.add(
        Map.of("data", "real"),
        0,
        SyntheticStudy.trial("a", new double[] {0.1, 0.5, 1}, new double[] {0.1, 0.4, 0.6}),
        Map.of());
    study.add(
        Map.of("data", "real"),
        1,
        SyntheticStudy.trial("b", new double[] {0.3, 1}, new double[] {0.1, 0.5}),
        Map.of());
    Panel panel = build(study);
    assertThat(panel.getMetricsList()).containsExactly("training accuracy", "validation accuracy");
    assertThat(panel.getYLabel()).isEqualTo("accuracy");
    Series train = panel.getSeries(0);
    assertThat(train.getName()).isEqualTo("real, training accuracy");
    assertThat(train.getXList()).containsExactly(0.0, 1.0, 2.0);
    assertThat(train.getYList()).containsExactly(0.2, 0.75, 1.0);
    assertThat(train.getRepetitionsList()).containsExactly(2, 2, 1);
    /* .1 and .3: half = 12.706205 · .1414214 / √2 = 1.2706205, a = half² / .16: a share's interval. */
    assertThat(train.getLow(0)).isCloseTo(0.0038285, within(1e-6));
    assertThat(train.getHigh(2)).isEqualTo(1);
    assertThat(panel.getSeries(1).getStyle()).isEqualTo(1);
  }

  @Test
  void shouldLeaveOutLinesWithoutValues() {
    SyntheticStudy study = study(curves(Metric.Kind.CORRUPTED_ACCURACY));
    study.add(
        Map.of("data", "real"),
        0,
        SyntheticStudy.trial("a", new double[] {0.1}, new double[] {0.1}),
        Map.of());
    assertThat(build(study).getSeriesList()).isEmpty();
  }

  @Test
  void shouldSortErrorRatesAndAddTheReference() {
    PanelSpec.Builder spec = PanelSpec.newBuilder();
    spec.getDifficultyBuilder().setMeasurement("errors").setBinomialOf("real");
    SyntheticStudy study = study(spec.build());
    boolean[][] wrong = {{true, false, true}, {true, false, false}};
    for (int repetition = 0; repetition < 2; repetition++) {
      study.add(
          Map.of("data", "real"),
          repetition,
          SyntheticStudy.trial("t" + repetition, new double[] {0.1}, new double[] {0.1}),
          Map.of("errors", SyntheticStudy.errors(1, wrong[repetition])));
    }
    Panel panel = build(study);
    assertThat(panel.getSeries(0).getXList()).containsExactly(1.0, 2.0, 3.0);
    assertThat(panel.getSeries(0).getYList()).containsExactly(0.0, 0.5, 1.0);
    assertThat(panel.getSeries(0).getRepetitions(0)).isEqualTo(2);
    assertThat(panel.getSeries(1).getName()).isEqualTo("Binomial(2, 0.500), mean of real");
    assertThat(panel.getSeries(1).getYList()).containsExactly(0.0, 0.5, 1.0);
    assertThat(panel.getSeries(1).getLabel()).isEmpty();
  }

  @Test
  void shouldRefuseErrorsOverDifferentExamples() {
    PanelSpec.Builder spec = PanelSpec.newBuilder();
    spec.getDifficultyBuilder().setMeasurement("errors");
    SyntheticStudy study = study(spec.build());
    for (int repetition = 0; repetition < 2; repetition++) {
      study.add(
          Map.of("data", "real"),
          repetition,
          SyntheticStudy.trial("t" + repetition, new double[] {0.1}, new double[] {0.1}),
          Map.of("errors", SyntheticStudy.errors(1, new boolean[3 + repetition])));
    }
    assertThatThrownBy(() -> build(study))
        .isInstanceOf(FigureException.class)
        .hasMessageContaining("must cover 3 examples")
        .hasMessageContaining("covered 4");
  }

  @Test
  void shouldCountDistinctTrialsOnce() {
    SyntheticStudy study = study(curves(Metric.Kind.TRAIN_ACCURACY));
    for (String label : new String[] {"a", "b"}) {
      study.add(
          Map.of("data", label),
          0,
          SyntheticStudy.trial("same", new double[] {0.1}, new double[] {0.1}),
          Map.of());
    }
    assertThat(report(study).getProvenance().getTrials()).isEqualTo(1);
    assertThat(report(study).getProvenance().getTrainingSeconds()).isEqualTo(1.5);
    assertThat(report(study).getProvenance().getBackendsList()).containsExactly("by hand");
  }
}
