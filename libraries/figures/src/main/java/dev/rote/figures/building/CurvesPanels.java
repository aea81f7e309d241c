package dev.rote.figures.building;

import dev.rote.figures.statistics.Interval;
import dev.rote.figures.study.EpochSeries;
import dev.rote.figures.study.Fate;
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
 * repetitions (`Series.repetitions` says on how many). A trial that diverged has no value from
 * there on (`Series.diverged`); where none is left, a point without a value says so.
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
                .setPlace(Panels.place(axis))
                .setStyle(style);
        fill(
            series,
            metrics.get(style),
            data.series(metrics.get(style), line).values(),
            data.fates(line).values());
        if (series.getXCount() > 0) {
          panel.addSeries(Panels.withoutIdleCounts(series));
        }
      }
    }
    return panel.build();
  }

  private static void fill(
      Series.Builder series,
      Metric metric,
      Collection<EpochSeries> repetitions,
      Collection<Fate> fates) {
    TreeSet<Integer> epochs = new TreeSet<>();
    fates.stream()
        .filter(fate -> !repetitions.isEmpty())
        .forEach(fate -> fate.divergedAt().ifPresent(epochs::add));
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
      long diverged = fates.stream().filter(fate -> !fate.reached(epoch)).count();
      if (values.length > 0) {
        Panels.add(series, epoch, MetricRange.of(metric).mean(values));
        series.addDiverged((int) diverged);
      } else if (diverged == fates.size()) {
        Panels.add(series, epoch, Interval.point(Double.NaN, 0));
        series.addDiverged((int) diverged);
      }
    }
  }
}
