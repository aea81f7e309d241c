package dev.rote.figures.building;

import dev.rote.figures.statistics.Interval;
import dev.rote.figures.study.StudyData;
import dev.rote.v1.Family;
import dev.rote.v1.Panel;
import dev.rote.v1.PanelSpec;
import dev.rote.v1.Series;
import dev.rote.v1.Term;
import dev.rote.v1.TradeoffPanel;
import java.util.HashSet;
import java.util.Set;

/**
 * Panels of one quantity against another, a point per label and a line per family (Fig 10 of Arpit
 * et al. 2017).
 *
 * <p>Both means of a point stand on the repetitions that have both values; each has its 95 %
 * interval. A point with a censored value in either direction counts it in {@code Series.censored}.
 */
final class TradeoffPanels {

  private TradeoffPanels() {}

  static Panel build(PanelSpec spec, StudyData data) {
    TradeoffPanel tradeoff = spec.getTradeoff();
    Term x = tradeoff.getX().toBuilder().setSeries(spec.getSeries()).build();
    Term y = tradeoff.getY().toBuilder().setSeries(spec.getSeries()).build();
    Panel.Builder panel =
        Panel.newBuilder()
            .setTitle(spec.getTitle())
            .setXLabel(TermWords.axis(x))
            .setYLabel(TermWords.axis(y))
            .addMetrics(TermWords.axis(y));
    TermValues values = new TermValues(data);
    for (Family family : tradeoff.getFamiliesList()) {
      Series.Builder series =
          Series.newBuilder()
              .setName(family.getName())
              .setLabel(family.getName())
              .setPlace(Panels.place(""));
      for (String label : family.getLabelsList()) {
        addPoint(
            series, values.of(x, label), values.of(y, label), MetricRange.of(x), MetricRange.of(y));
      }
      if (series.getXCount() > 0) {
        panel.addSeries(Panels.withoutIdleCounts(series));
      }
    }
    return panel.build();
  }

  private static void addPoint(
      Series.Builder series, Samples allX, Samples allY, MetricRange xRange, MetricRange yRange) {
    Samples x = allX.pairedWith(allY);
    Samples y = allY.pairedWith(allX);
    if (x.size() == 0) {
      return;
    }
    Interval position = xRange.mean(x.array());
    Panels.add(series, position.estimate(), yRange.mean(y.array()));
    Set<Integer> diverged = new HashSet<>(allX.gaps().diverged());
    diverged.addAll(allY.gaps().diverged());
    series
        .addXLow(position.low())
        .addXHigh(position.high())
        .addCensored(Math.max(x.censored(), y.censored()))
        .addDiverged(diverged.size());
  }
}
