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
import dev.rote.v1.Series;
import dev.rote.v1.SweepSpec;
import dev.rote.v1.Term;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Panels that look across trials, and those that are no lines. */
class GridPanelsTest {

  private static SyntheticStudy study(PanelSpec panel) {
    SweepSpec.Builder spec = SweepSpec.newBuilder();
    spec.addAxesBuilder().setName("data");
    spec.addFiguresBuilder().setName("f").addPanels(panel);
    return SyntheticStudy.of(spec.build());
  }

  private static Panel build(SyntheticStudy study) {
    return ReportBuilder.build("f-0", study, Provenance.getDefaultInstance())
        .getFigures(0)
        .getPanels(0);
  }

  private static SyntheticStudy grid(PanelSpec panel) {
    SweepSpec.Builder spec = SweepSpec.newBuilder();
    spec.addAxesBuilder().setName("data");
    spec.addAxesBuilder().setName("width");
    spec.addFiguresBuilder().setName("f").addPanels(panel);
    return SyntheticStudy.of(spec.build());
  }

  private static void add(
      SyntheticStudy study, String data, String width, int repetition, double... train) {
    study.add(
        Map.of("data", data, "width", width),
        repetition,
        SyntheticStudy.trial(data + width + repetition, train, train),
        Map.of("sensitivity", SyntheticStudy.gini(train[0])));
  }

  /**
   * Widths in the order of their numbers; epochs to accuracy 1: 2 and 1 at 8, over 2 and 1 at 32.
   */
  @Test
  void shouldDrawTermsAgainstTheNumbersOfAnAxis() {
    PanelSpec.Builder spec = PanelSpec.newBuilder().setSeries("data");
    var profile = spec.getProfileBuilder().setAxis("width").setLogX(true).setLogY(true);
    profile.addTermsBuilder().getMetricBuilder().setKind(Metric.Kind.EPOCHS_TO_ACCURACY);
    SyntheticStudy study = grid(spec.build());
    add(study, "real", "units 32", 0, 0.25, 0.5, 0.5);
    add(study, "real", "units 32", 1, 0.25, 1);
    add(study, "real", "units 8", 0, 0.25, 0.5, 1, 1);
    add(study, "real", "units 8", 1, 0.75, 1);
    Panel panel = build(study);
    assertThat(panel.getXLabel()).isEqualTo("units");
    assertThat(panel.getYLabel()).isEqualTo("epochs to training accuracy 1");
    assertThat(panel.getLogX()).isTrue();
    assertThat(panel.getLogY()).isTrue();
    Series series = panel.getSeries(0);
    assertThat(series.getName()).isEqualTo("real");
    assertThat(series.getXList()).containsExactly(8.0, 32.0);
    assertThat(series.getYList()).containsExactly(1.5, 1.5);
    assertThat(series.getCensoredList()).containsExactly(0, 1);
    /* 1 and 2: half = 12.7062047 / 2, a = half² / 1.5: 14.9539696 + √(14.9539696² - 1.5²). */
    assertThat(series.getHigh(1)).isCloseTo(29.8325187, within(1e-6));
  }

  /** One axis may hold two quantities: each panel draws its own. */
  @Test
  void shouldDrawOnlyTheLabelsChosen() {
    PanelSpec.Builder spec = PanelSpec.newBuilder().setSeries("data");
    var profile = spec.getProfileBuilder().setAxis("width");
    profile.addLabels("inputs 80 %").addLabels("inputs 20 %");
    profile.addTermsBuilder().getMetricBuilder().setKind(Metric.Kind.TRAIN_ACCURACY);
    SyntheticStudy study = grid(spec.build());
    add(study, "real", "inputs 20 %", 0, 0.25);
    add(study, "real", "inputs 80 %", 0, 0.75);
    add(study, "real", "labels 20 %", 0, 0.5);
    Panel panel = build(study);
    assertThat(panel.getXLabel()).isEqualTo("inputs (%)");
    assertThat(panel.getSeries(0).getXList()).containsExactly(20.0, 80.0);
    assertThat(panel.getSeries(0).getYList()).containsExactly(0.25, 0.75);
  }

  @Test
  void shouldNameTermsAndMeasuredNumbers() {
    PanelSpec.Builder spec = PanelSpec.newBuilder();
    var profile = spec.getProfileBuilder().setAxis("width");
    profile
        .addTermsBuilder()
        .setMoment(Term.Moment.MAX)
        .getMetricBuilder()
        .setKind(Metric.Kind.VALIDATION_ACCURACY);
    profile
        .addTermsBuilder()
        .getMetricBuilder()
        .setKind(Metric.Kind.MEASURED)
        .setMeasurement("sensitivity")
        .setValue("gini");
    SyntheticStudy study = grid(spec.build());
    add(study, "real", "8", 0, 0.25, 0.5);
    Panel panel = build(study);
    assertThat(panel.getMetricsList()).containsExactly("largest validation accuracy", "final gini");
    assertThat(panel.getYLabel()).isEqualTo("accuracy / gini");
    assertThat(panel.getSeries(0).getYList()).containsExactly(0.5);
    assertThat(panel.getSeries(0).getCensoredList()).isEmpty();
    assertThat(panel.getSeries(1).getName()).isEqualTo("real, final gini");
    assertThat(panel.getSeries(1).getYList()).containsExactly(0.25);
    Metric eigenvalue =
        Metric.newBuilder()
            .setKind(Metric.Kind.MEASURED)
            .setMeasurement("sharpness")
            .setValue("largestEigenvalue")
            .build();
    assertThat(MetricNames.of(eigenvalue)).isEqualTo("largest eigenvalue (sharpness)");
    Metric other = eigenvalue.toBuilder().setMeasurement("other").build();
    assertThat(MetricNames.of(List.of(eigenvalue, other)))
        .containsExactly("largest eigenvalue (sharpness)", "largest eigenvalue (other)");
    assertThat(MetricNames.of(List.of(eigenvalue, eigenvalue)))
        .containsExactly("largest eigenvalue", "largest eigenvalue");
  }

  @Test
  void shouldAverageClassMatrices() {
    PanelSpec.Builder spec = PanelSpec.newBuilder().setTitle("real").addLabels("real");
    spec.getClassMatrixBuilder().setMeasurement("sensitivity");
    SyntheticStudy study = study(spec.build());
    double[][] matrices = {{4, 1, 2, 8}, {6, 3, 2, 10}};
    for (int repetition = 0; repetition < 2; repetition++) {
      study.add(
          Map.of("data", "real"),
          repetition,
          SyntheticStudy.trial("t" + repetition, new double[] {0.1}, new double[] {0.1}),
          Map.of("sensitivity", SyntheticStudy.classMatrix(2, matrices[repetition])));
    }
    Panel panel = build(study);
    assertThat(panel.getHeatMap().getValuesList()).containsExactly(5.0, 2.0, 2.0, 9.0);
    assertThat(panel.getHeatMap().getRowsList()).containsExactly("0", "1");
    assertThat(panel.getHeatMap().getRepetitions()).isEqualTo(2);
    assertThat(panel.getYLabel()).isEqualTo("loss of class");
    study.add(
        Map.of("data", "real"),
        2,
        SyntheticStudy.trial("t2", new double[] {0.1}, new double[] {0.1}),
        Map.of("sensitivity", SyntheticStudy.classMatrix(1, 1)));
    assertThatThrownBy(() -> build(study))
        .isInstanceOf(FigureException.class)
        .hasMessageContaining("must have 2 x 2 values");
  }

  /** [2, 3, 1, 2] weights: -1 becomes 0, 1 becomes 255, 0 is in the middle; a flat one is grey. */
  @Test
  void shouldStretchEachFilterOfTheFirstRepetition() {
    PanelSpec.Builder spec = PanelSpec.newBuilder().addLabels("real");
    spec.getFiltersBuilder().setMeasurement("filters");
    SyntheticStudy study = study(spec.build());
    float[] weights = {-1, 0, 1, 0.5f, 0, -0.5f, 7, 7, 7, 7, 7, 7};
    for (int repetition = 0; repetition < 2; repetition++) {
      study.add(
          Map.of("data", "real"),
          repetition,
          SyntheticStudy.trial("t" + repetition, new double[] {0.1}, new double[] {0.1}),
          Map.of(
              "filters",
              SyntheticStudy.filters(3, 3, 1, 2, repetition == 0 ? weights : new float[6])));
    }
    Panel panel = build(study);
    assertThat(panel.getImages().getColumns()).isEqualTo(8);
    assertThat(panel.getImages().getWidth()).isEqualTo(2);
    byte[] pixels = panel.getImages().getPixels().toByteArray();
    /* Height, width, channels: the first pixel is -1, 1, 0, the second 0, .5, -.5. */
    assertThat(pixels).containsExactly(0, 255, 128, 128, 191, 64, 128, 128, 128, 128, 128, 128);
  }

  @Test
  void shouldRefuseFiltersThatAreNoImages() {
    PanelSpec.Builder spec = PanelSpec.newBuilder().addLabels("real");
    spec.getFiltersBuilder().setMeasurement("filters");
    SyntheticStudy study = study(spec.build());
    study.add(
        Map.of("data", "real"),
        0,
        SyntheticStudy.trial("t", new double[] {0.1}, new double[] {0.1}),
        Map.of("filters", SyntheticStudy.filters(3, 2, 1, 1, 1, 2)));
    assertThatThrownBy(() -> build(study))
        .isInstanceOf(FigureException.class)
        .hasMessageContaining("2 weights of the shape 2 x 1 x 1");
  }

  @Test
  void shouldDrawWhatWasNotMeasuredAsEmpty() {
    PanelSpec.Builder matrix = PanelSpec.newBuilder().addLabels("real");
    matrix.getClassMatrixBuilder().setMeasurement("sensitivity");
    assertThat(build(study(matrix.build())).hasHeatMap()).isTrue();
    PanelSpec.Builder filters = PanelSpec.newBuilder().addLabels("real");
    filters.getFiltersBuilder().setMeasurement("filters");
    assertThat(build(study(filters.build())).hasImages()).isTrue();
  }

  /** x of width 8, y of width 32; the second repetition of `a` lacks its y. */
  @Test
  void shouldPairTheDirectionsOfATradeoff() {
    PanelSpec.Builder spec = PanelSpec.newBuilder();
    var tradeoff = spec.getTradeoffBuilder();
    tradeoff
        .getXBuilder()
        .putWhere("width", "8")
        .getMetricBuilder()
        .setKind(Metric.Kind.TRAIN_ACCURACY);
    tradeoff
        .getYBuilder()
        .putWhere("width", "32")
        .setMoment(Term.Moment.MAX)
        .getMetricBuilder()
        .setKind(Metric.Kind.VALIDATION_ACCURACY);
    tradeoff.addFamiliesBuilder().setName("both").addLabels("b").addLabels("a");
    tradeoff.addFamiliesBuilder().setName("lost").addLabels("c");
    SyntheticStudy study = grid(spec.build());
    add(study, "a", "8", 0, 0.25);
    add(study, "a", "8", 1, 0.5);
    add(study, "a", "32", 0, 0.75, 0.5);
    add(study, "b", "8", 0, 0.5);
    add(study, "b", "8", 1, 0.75);
    add(study, "b", "32", 0, 0.25);
    add(study, "b", "32", 1, 0.25);
    Panel panel = build(study);
    assertThat(panel.getXLabel()).isEqualTo("final training accuracy (width = 8)");
    assertThat(panel.getYLabel()).isEqualTo("largest validation accuracy (width = 32)");
    assertThat(panel.getSeriesCount()).isEqualTo(1);
    Series series = panel.getSeries(0);
    assertThat(series.getLabel()).isEqualTo("both");
    assertThat(series.getXList()).containsExactly(0.625, 0.25);
    assertThat(series.getYList()).containsExactly(0.25, 0.75);
    assertThat(series.getRepetitionsList()).containsExactly(2, 1);
    /* .5 and .75: half = 1.5882756, a = half² / .234375; a share's interval stays below 1. */
    assertThat(series.getXHigh(0)).isCloseTo(0.9876294, within(1e-6));
    assertThat(series.getXLow(1)).isEqualTo(0.25);
  }
}
