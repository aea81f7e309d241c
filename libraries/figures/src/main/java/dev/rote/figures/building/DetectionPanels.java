package dev.rote.figures.building;

import dev.rote.figures.statistics.Interval;
import dev.rote.figures.statistics.ScoreInterval;
import dev.rote.figures.study.DetectionResult;
import dev.rote.figures.study.StudyData;
import dev.rote.v1.DetectionPanel;
import dev.rote.v1.NumberRow;
import dev.rote.v1.Panel;
import dev.rote.v1.PanelSpec;
import dev.rote.v1.Series;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Panels of how well scores find the corrupted examples: ROC or precision-recall curves, averaged
 * vertically over repetitions (T. Fawcett, "An introduction to ROC analysis", 2006, algorithm 3),
 * beside what chance would find, and a table of areas and precision.
 */
final class DetectionPanels {
  private static final String AXIS = "score";
  private static final List<String> QUANTITIES =
      List.of("AUROC", "average precision", "precision at the true share");

  private DetectionPanels() {}

  static Panel build(PanelSpec spec, StudyData data) {
    DetectionPanel detection = spec.getDetection();
    boolean recall = detection.getCurve() == DetectionPanel.Curve.PRECISION_RECALL;
    Panel.Builder panel =
        Panel.newBuilder()
            .setTitle(spec.getTitle())
            .setXLabel(recall ? "recall" : "false positive rate")
            .setYLabel(recall ? "precision" : "true positive rate")
            .addMetrics(recall ? "precision" : "true positive rate");
    panel.getTableBuilder().addAllQuantities(QUANTITIES);
    Collection<List<Optional<DetectionResult>>> repetitions =
        data.detections(detection, Panels.onlyLine(spec, data)).values();
    List<String> names = ScoreWords.of(detection.getScoresList());
    List<DetectionResult> all = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      int score = i;
      List<DetectionResult> found =
          repetitions.stream().flatMap(repetition -> repetition.get(score).stream()).toList();
      all.addAll(found);
      panel.getTableBuilder().addRows(row(names.get(i), found));
      Series.Builder series =
          Series.newBuilder()
              .setName(names.get(i))
              .setLabel(names.get(i))
              .setPlace(Panels.place(AXIS));
      fill(series, found);
      if (series.getXCount() > 0) {
        panel.addSeries(series);
      }
    }
    if (panel.getSeriesCount() > 0) {
      panel.addMetrics("chance").addSeries(chance(all, recall));
    }
    return panel.build();
  }

  private static void fill(Series.Builder series, List<DetectionResult> found) {
    for (int i = 0; i < DetectionResult.POINTS; i++) {
      int point = i;
      Interval mean = mean(found, result -> result.height(point));
      if (mean.samples() > 0) {
        Panels.add(series, DetectionResult.x(point), mean);
      }
    }
  }

  /** The diagonal, or the share of the corrupted examples. */
  private static Series chance(List<DetectionResult> all, boolean recall) {
    double share = mean(all, DetectionResult::share).estimate();
    Series.Builder series = Series.newBuilder().setName("chance").setStyle(1);
    for (double x : new double[] {0, 1}) {
      Panels.add(series, x, Interval.point(recall ? share : x, all.size()));
    }
    return series.build();
  }

  private static NumberRow row(String name, List<DetectionResult> found) {
    NumberRow.Builder row = NumberRow.newBuilder().setName(name).setRepetitions(found.size());
    for (Interval mean :
        List.of(
            mean(found, result -> result.numbers().auroc()),
            mean(found, result -> result.numbers().averagePrecision()),
            mean(found, result -> result.numbers().precision()))) {
      row.addMeans(mean.estimate()).addLow(mean.low()).addHigh(mean.high());
    }
    return row.build();
  }

  private static Interval mean(
      List<DetectionResult> found, ToDoubleFunction<DetectionResult> number) {
    double[] values =
        found.stream().mapToDouble(number).filter(value -> !Double.isNaN(value)).toArray();
    return values.length == 0 ? Interval.point(Double.NaN, 0) : ScoreInterval.of(values, 1);
  }
}
