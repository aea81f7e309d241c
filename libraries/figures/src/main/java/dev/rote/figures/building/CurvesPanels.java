package dev.rote.figures.building;

import dev.rote.figures.statistics.MeanInterval;
import dev.rote.figures.study.EpochSeries;
import dev.rote.figures.study.Selection;
import dev.rote.figures.study.StudyData;
import dev.rote.v1.Metric;
import dev.rote.v1.Panel;
import dev.rote.v1.PanelSpec;
import dev.rote.v1.Series;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * Panels of quantities against epochs.
 *
 * <p>Each point is the mean over the repetitions that have a value at that epoch, with its 95 %
 * interval: a trial that stopped early is not carried on, so later points stand on fewer
 * repetitions (`Series.repetitions` says on how many).
 */
final class CurvesPanels {

  private CurvesPanels() {}

  static Panel build(PanelSpec spec, StudyData data) {
    List<Metric> metrics = spec.getCurves().getMetricsList();
    List<String> names = MetricNames.of(metrics);
    Panel.Builder panel =
        Panel.newBuilder()
            .setTitle(spec.getTitle())
            .setXLabel("epoch")
            .setYLabel(MetricNames.axis(metrics))
            .setLogX(spec.getCurves().getLogX())
            .addAllMetrics(names);
    String axis = data.axes().ofLines(spec);
    for (String label : Panels.labels(spec, data, axis)) {
      Selection line = Selection.line(axis, label, spec.getWhereMap());
      for (int style = 0; style < metrics.size(); style++) {
        Series.Builder series =
            Series.newBuilder()
                .setName(Panels.name(label, names, style))
                .setLabel(label)
                .setStyle(style);
        fill(series, data.series(metrics.get(style), line).values());
        if (series.getXCount() > 0) {
          panel.addSeries(series);
        }
      }
    }
    return panel.build();
  }

  private static void fill(Series.Builder series, Collection<EpochSeries> repetitions) {
    TreeSet<Integer> epochs = new TreeSet<>();
    for (EpochSeries repetition : repetitions) {
      for (int i = 0; i < repetition.size(); i++) {
        epochs.add(repetition.epoch(i));
      }
    }
    for (int epoch : epochs) {
      double[] values =
          repetitions.stream()
              .flatMapToDouble(repetition -> repetition.at(epoch).stream())
              .toArray();
      Panels.add(series, epoch, MeanInterval.of(values));
    }
  }
}
