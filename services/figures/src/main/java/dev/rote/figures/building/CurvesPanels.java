package dev.rote.figures.building;

import dev.rote.figures.statistics.Dispersion;
import dev.rote.figures.statistics.Interval;
import dev.rote.figures.statistics.MeanInterval;
import dev.rote.figures.study.EpochSeries;
import dev.rote.figures.study.ErrorCounts;
import dev.rote.figures.study.Selection;
import dev.rote.figures.study.StudyData;
import dev.rote.v1.Metric;
import dev.rote.v1.Panel;
import dev.rote.v1.PanelSpec;
import dev.rote.v1.Series;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeSet;

/**
 * Panels of quantities against epochs.
 *
 * <p>Each point is the mean over the repetitions that have a value at that epoch, with its 95 %
 * interval: a trial that stopped early is not carried on, so later points stand on fewer
 * repetitions (`Series.repetitions` says on how many). The dispersion has one value per line, and
 * its interval is the bootstrap over examples.
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
    String axis = Panels.axis(spec, data);
    for (String label : Panels.labels(spec, data)) {
      Selection line = Selection.line(axis, label, spec.getWhereMap());
      for (int style = 0; style < metrics.size(); style++) {
        Series.Builder series =
            Series.newBuilder().setName(name(label, names, style)).setLabel(label).setStyle(style);
        fill(series, metrics.get(style), line, data);
        if (series.getXCount() > 0) {
          panel.addSeries(series);
        }
      }
    }
    return panel.build();
  }

  private static String name(String label, List<String> names, int style) {
    if (label.isEmpty()) {
      return names.get(style);
    }
    return names.size() == 1 ? label : label + ", " + names.get(style);
  }

  private static void fill(Series.Builder series, Metric metric, Selection line, StudyData data) {
    if (metric.getKind() == Metric.Kind.DISPERSION) {
      NavigableMap<Integer, ErrorCounts> counts = data.counts(metric.getMeasurement(), line);
      counts.forEach(
          (epoch, count) -> {
            Interval dispersion = Dispersion.of(count.errors(), count.repetitions());
            if (Double.isFinite(dispersion.estimate())) {
              add(series, epoch, dispersion, count.repetitions());
            }
          });
      return;
    }
    Collection<EpochSeries> repetitions = data.series(metric, line).values();
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
      add(series, epoch, MeanInterval.of(values), values.length);
    }
  }

  private static void add(Series.Builder series, double x, Interval point, int repetitions) {
    series
        .addX(x)
        .addY(point.estimate())
        .addLow(point.low())
        .addHigh(point.high())
        .addRepetitions(repetitions);
  }
}
