package dev.rote.figures.building;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rote.figures.drawing.FigureImages;
import dev.rote.figures.report.FigureTable;
import dev.rote.figures.study.DetectionResult;
import dev.rote.figures.study.Scored;
import dev.rote.figures.study.SyntheticStudy;
import dev.rote.v1.AgreementPanel;
import dev.rote.v1.DataMapPanel;
import dev.rote.v1.DensityPanel;
import dev.rote.v1.DetectionPanel;
import dev.rote.v1.ExampleScore.Suspect;
import dev.rote.v1.ExamplesPanel;
import dev.rote.v1.Figure;
import dev.rote.v1.HeatMap;
import dev.rote.v1.MeasuredScore;
import dev.rote.v1.NumberRow;
import dev.rote.v1.Panel;
import dev.rote.v1.PanelSpec;
import dev.rote.v1.PictureOf;
import dev.rote.v1.Provenance;
import dev.rote.v1.Series;
import dev.rote.v1.SortedScoresPanel;
import dev.rote.v1.SweepSpec;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Panels of the scores of single examples. */
class ScorePanelsTest {

  private static MeasuredScore score(String name) {
    return MeasuredScore.newBuilder().setMeasurement("m").setScore(name).build();
  }

  private static PanelSpec.Builder spec() {
    return PanelSpec.newBuilder().setTitle("p").addLabels("a");
  }

  private static Figure figure(PanelSpec.Builder panel, Scored... repetitions) {
    SweepSpec.Builder spec = SweepSpec.newBuilder();
    spec.addAxesBuilder().setName("data");
    spec.addFiguresBuilder().setName("f").addPanels(panel);
    SyntheticStudy study = SyntheticStudy.of(spec.build());
    for (int i = 0; i < repetitions.length; i++) {
      study.add(
          Map.of("data", "a"),
          i,
          SyntheticStudy.trial("t" + i, new double[] {0, 1}, new double[] {0, 1}),
          Map.of("m", repetitions[i].at(1)));
    }
    return ReportBuilder.build("f-0", study, Provenance.getDefaultInstance()).getFigures(0);
  }

  private static Panel build(PanelSpec.Builder panel, Scored... repetitions) {
    return figure(panel, repetitions).getPanels(0);
  }

  /** s and t: 1 and -1 of ranks in two repetitions; the interval is cut at -1 and 1. */
  @Test
  void agreement_isTheMeanOfRankCorrelations() {
    PanelSpec.Builder panel = spec();
    panel.getAgreementBuilder().addScores(score("firstLearned")).addScores(score("t"));
    Scored alike =
        Scored.of(1, 2, 3)
            .score("firstLearned", Suspect.HIGH, 1, 2, 3)
            .score("t", Suspect.HIGH, 5, 7, 9);
    Scored half =
        Scored.of(1, 2, 3)
            .score("firstLearned", Suspect.HIGH, 1, 2, 3)
            .score("t", Suspect.HIGH, 7, 5, 9);
    Figure figure = figure(panel, alike, half);
    HeatMap map = figure.getPanels(0).getHeatMap();
    assertThat(map.getScale()).isEqualTo(HeatMap.Scale.CORRELATION);
    assertThat(map.getRowsList()).containsExactly("first learned", "t");
    assertThat(map.getValuesList().stream().mapToDouble(v -> v).toArray())
        .containsExactly(new double[] {1, 0.75, 0.75, 1}, within(1e-12));
    assertThat(map.getHigh(1)).isEqualTo(1);
    assertThat(map.getLow(1)).isEqualTo(-1);
    assertThat(map.getRepetitions()).isEqualTo(2);
    assertThat(FigureTable.csv(figure))
        .contains("f,p,,rank correlation,,0.75,-1,1,2,first learned,t");
  }

  /** One is suspect when it is small: both say of the same examples that they are. */
  @Test
  void agreement_ofScoresWithOppositeEnds_isThatOfWhatIsSuspect() {
    PanelSpec.Builder panel = spec();
    panel.getAgreementBuilder().addScores(score("s")).addScores(score("t"));
    HeatMap map =
        build(
                panel,
                Scored.of(1, 2, 3)
                    .score("s", Suspect.HIGH, 1, 2, 3)
                    .score("t", Suspect.LOW, 9, 7, 5))
            .getHeatMap();
    assertThat(map.getValuesList()).containsExactly(1.0, 1.0, 1.0, 1.0);
  }

  @Test
  void agreement_ofAScoreThatIsNotThere_hasNoNumber() {
    PanelSpec.Builder panel = spec();
    panel.getAgreementBuilder().addScores(score("s")).addScores(score("t"));
    HeatMap map = build(panel, Scored.of(1, 2).score("s", Suspect.HIGH, 1, 2)).getHeatMap();
    assertThat(map.getValues(0)).isEqualTo(1);
    assertThat(map.getValues(1)).isNaN();
  }

  private static Scored detected(double... values) {
    return Scored.of(1, 2, 3, 4).labels(1, 1, 0, 0).score("s", Suspect.LOW, values);
  }

  /** The first finds all, the second one of two before anything else. */
  @Test
  void detection_roc_isAveragedVertically() {
    PanelSpec.Builder panel = spec();
    panel.getDetectionBuilder().addScores(score("s"));
    Figure figure = figure(panel, detected(1, 2, 3, 4), detected(1, 4, 2, 3));
    Panel built = figure.getPanels(0);
    Series series = built.getSeries(0);
    assertThat(series.getXCount()).isEqualTo(DetectionResult.POINTS);
    assertThat(series.getY(0)).isEqualTo(0.75);
    assertThat(series.getY(50)).isEqualTo(0.75);
    assertThat(series.getY(100)).isEqualTo(1);
    assertThat(series.getRepetitions(0)).isEqualTo(2);
    assertThat(built.getSeries(1).getLabel()).isEmpty();
    assertThat(built.getSeries(1).getYList()).containsExactly(0.0, 1.0);
    NumberRow row = built.getTable().getRows(0);
    /* Areas 1 and 1/2, precisions 1 and (1 + 2/4) / 2, one of two. */
    assertThat(row.getMeans(0)).isEqualTo(0.75);
    assertThat(row.getMeans(1)).isEqualTo(0.875);
    assertThat(row.getMeans(2)).isEqualTo(0.75);
    assertThat(row.getLow(0)).isBetween(0.0, 0.75);
    assertThat(FigureTable.csv(figure)).contains("f,p,s,AUROC,,0.75,");
  }

  @Test
  void detection_precisionRecall_standsBesideTheShareOfTheTarget() {
    PanelSpec.Builder panel = spec();
    panel
        .getDetectionBuilder()
        .addScores(score("s"))
        .setCurve(DetectionPanel.Curve.PRECISION_RECALL);
    Panel built = build(panel, detected(1, 4, 2, 3));
    assertThat(built.getXLabel()).isEqualTo("recall");
    assertThat(built.getSeries(0).getY(50)).isEqualTo(1);
    assertThat(built.getSeries(0).getY(51)).isEqualTo(0.5);
    assertThat(built.getSeries(1).getYList()).containsExactly(0.5, 0.5);
  }

  private static Scored pictured() {
    return Scored.of(10, 20, 30, 40, 50)
        .labels(3, 1, 3, 1, 3)
        .score("s", Suspect.LOW, 5, 1, 4, 2, Double.NaN)
        .score("never", Suspect.HIGH, 5, 1, 4, 2, 3)
        .censored(1);
  }

  private static int[] shown(ExamplesPanel.Builder panel) {
    Panel built = build(spec().setExamples(panel), pictured());
    assertThat(built.getImages().getPixels().size())
        .isEqualTo(built.getImages().getPicturesCount());
    return built.getImages().getPicturesList().stream()
        .mapToInt(PictureOf::getSourceIndex)
        .toArray();
  }

  @Test
  void examples_atEachEnd_areInTheOrderOfTheScore() {
    ExamplesPanel.Builder panel = ExamplesPanel.newBuilder().setScore(score("s"));
    assertThat(shown(panel)).containsExactly(20, 40, 30, 10);
    assertThat(shown(panel.setEnd(ExamplesPanel.End.UNSUSPECT))).containsExactly(10, 30, 40, 20);
    assertThat(shown(panel.setEnd(ExamplesPanel.End.HIGHEST).setCount(2))).containsExactly(10, 30);
    assertThat(shown(panel.setEnd(ExamplesPanel.End.LOWEST))).containsExactly(20, 40);
    assertThat(shown(panel.setPerClass(true))).containsExactly(20, 40, 30, 10);
    assertThat(shown(panel.setCount(1))).containsExactly(20, 30);
    /* Of 20 the score is a lower bound. */
    ExamplesPanel.Builder never = ExamplesPanel.newBuilder().setScore(score("never")).setCount(2);
    assertThat(shown(never)).containsExactly(20, 10);
  }

  @Test
  void examples_haveTheirLabelsAndScores() {
    PanelSpec.Builder panel = spec();
    panel.getExamplesBuilder().setScore(score("s")).setCount(1);
    Figure figure = figure(panel, pictured());
    assertThat(figure.getPanels(0).getImages().getPictures(0))
        .isEqualTo(PictureOf.newBuilder().setSourceIndex(20).setLabel(1).setScore(1).build());
    assertThat(figure.getPanels(0).getImages().getPixels().byteAt(0) & 0xff)
        .isEqualTo(Math.round(255 * 0.2f));
    assertThat(FigureTable.csv(figure))
        .contains("label,source_label,replaced_input,prediction")
        .contains("f,p,example,s,20,1,,,,1,0,0,");
  }

  @Test
  void examples_passedOver_areThoseBeforeAtThatEnd() {
    ExamplesPanel.Builder panel = ExamplesPanel.newBuilder().setScore(score("s")).setSkip(1);
    assertThat(shown(panel)).containsExactly(40, 30, 10);
    assertThat(shown(panel.setCount(2))).containsExactly(40, 30);
    assertThat(shown(panel.setSkip(3))).containsExactly(10);
    assertThat(shown(panel.setPerClass(true).setSkip(1).setCount(1))).containsExactly(40, 10);
  }

  /** Of the others the prediction of the first repetition stands, and how many predict it, too. */
  @Test
  void examples_haveWhatIsPredicted() {
    PanelSpec.Builder panel = spec();
    panel.getExamplesBuilder().setScore(score("s")).setCount(1);
    Scored[] repetitions = {
      Scored.of(1, 2).predicted(4, 7).score("s", Suspect.HIGH, 1, 9),
      Scored.of(1, 2).predicted(4, 8).score("s", Suspect.HIGH, 1, 9),
      Scored.of(1, 2).predicted(4, 7).score("s", Suspect.HIGH, 1, 9),
      Scored.of(1, 2).score("s", Suspect.HIGH, 1, 9)
    };
    Figure figure = figure(panel, repetitions);
    PictureOf shown = figure.getPanels(0).getImages().getPictures(0);
    assertThat(shown.getPrediction()).isEqualTo(7);
    assertThat(shown.getPredictedBy()).isEqualTo(2);
    assertThat(shown.getRepetitions()).isEqualTo(4);
    assertThat(FigureTable.csv(figure)).contains("f,p,example,s,2,9,,,,0,0,0,7");
    assertThat(new FigureImages().svg(figure)).contains(">→ 7 2/4<");
    assertThat(build(panel, repetitions[3]).getImages().getPictures(0).hasPrediction()).isFalse();
    assertThat(build(panel, Scored.of(1).predicted(-1).score("s", Suspect.HIGH, 1)))
        .returns(false, built -> built.getImages().getPictures(0).hasPrediction());
  }

  /** A corruption that is drawn anew gives other labels: the first repetition stands alone. */
  @Test
  void examples_ofOtherLabels_areThoseOfTheFirstRepetition() {
    PanelSpec.Builder panel = spec();
    panel.getExamplesBuilder().setScore(score("s")).setCount(1);
    Scored same = Scored.of(1, 2).score("s", Suspect.HIGH, 1, 9);
    Scored other = Scored.of(1, 2).labels(1, 1).score("s", Suspect.HIGH, 50, 0);
    Scored again = Scored.of(1, 2).score("s", Suspect.HIGH, 1, 11);
    assertThat(build(panel, same, other, again).getImages().getPictures(0).getScore())
        .isEqualTo(10);
  }

  /** 0 to 4 in two bins of width 2: clean 0, 1, 3 are 2/3 and 1/3 of a bin's share, over 2. */
  @Test
  void density_ofGroups_integratesToOne() {
    PanelSpec.Builder panel = spec();
    panel.getDensityBuilder().setScore(score("s")).setBins(2);
    Panel built =
        build(
            panel,
            Scored.of(1, 2, 3, 4, 5)
                .labels(0, 0, 0, 1, 1)
                .replaced(4)
                .score("s", Suspect.HIGH, 0, 1, 3, 4, 2));
    assertThat(built.getSeriesList().stream().map(Series::getLabel))
        .containsExactly("clean", "changed label", "replaced input");
    assertThat(built.getSeries(0).getXList()).containsExactly(1.0, 3.0);
    assertThat(built.getSeries(0).getY(0)).isCloseTo(1 / 3.0, within(1e-12));
    assertThat(built.getSeries(0).getY(1)).isCloseTo(1 / 6.0, within(1e-12));
    assertThat(built.getSeries(1).getYList()).containsExactly(0.0, 0.5);
  }

  @Test
  void dataMap_hasAPointForEachExample() {
    PanelSpec.Builder panel = spec();
    panel.getDataMapBuilder().setMeasurement("m");
    Panel built =
        build(
            panel,
            Scored.of(1, 2, 3)
                .labels(0, 1, 0)
                .score("confidence", Suspect.LOW, 0.9, 0.2, Double.NaN)
                .score("variability", Suspect.HIGH, 0.1, 0.3, 0.2));
    assertThat(built.getSeriesCount()).isEqualTo(2);
    Series clean = built.getSeries(0);
    assertThat(clean.getScattered()).isTrue();
    assertThat(clean.getX(0)).isCloseTo(0.1, within(1e-6));
    assertThat(clean.getY(0)).isCloseTo(0.9, within(1e-6));
    assertThat(clean.getXCount()).isEqualTo(1);
  }

  @Test
  void sortedScores_ofManyExamples_areThinnedByRank() {
    int n = 2_001;
    PanelSpec.Builder panel = PanelSpec.newBuilder();
    panel.getSortedScoresBuilder().setScore(score("s"));
    double[] values = IntStream.range(0, n).mapToDouble(i -> n - i).toArray();
    Series series =
        build(
                panel,
                Scored.of(IntStream.range(0, n).toArray())
                    .score("s", Suspect.HIGH, values)
                    .censored(5))
            .getSeries(0);
    assertThat(series.getXCount()).isEqualTo(500);
    assertThat(series.getX(0)).isEqualTo(1);
    assertThat(series.getX(499)).isEqualTo(n);
    assertThat(series.getY(0)).isEqualTo(1);
    /* The lower bound stands last, whatever it is. */
    assertThat(series.getY(499)).isEqualTo(n - 5);
    assertThat(series.getCensored(499)).isEqualTo(1);
    assertThat(series.getX(497)).isEqualTo(1 + 497 * 2000 / 499);
    assertThat(series.getY(497)).isEqualTo(series.getX(497));
  }

  @Test
  void panels_ofWhatWasNotMeasured_areEmpty() {
    for (PanelSpec.Builder panel :
        new PanelSpec.Builder[] {
          spec().setAgreement(AgreementPanel.newBuilder().addScores(score("s"))),
          spec().setDetection(DetectionPanel.newBuilder().addScores(score("s"))),
          spec().setExamples(ExamplesPanel.newBuilder().setScore(score("s"))),
          spec().setDataMap(DataMapPanel.newBuilder().setMeasurement("m")),
          spec().setDensity(DensityPanel.newBuilder().setScore(score("s"))),
          spec().setSortedScores(SortedScoresPanel.newBuilder().setScore(score("s")))
        }) {
      Panel built = build(panel);
      assertThat(built.getSeriesCount()).isZero();
      assertThat(built.getHeatMap().getValuesCount()).isZero();
      assertThat(built.getImages().getPicturesCount()).isZero();
    }
  }
}
