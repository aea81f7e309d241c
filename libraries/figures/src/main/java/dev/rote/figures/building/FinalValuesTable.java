package dev.rote.figures.building;

import dev.rote.figures.statistics.Interval;
import dev.rote.figures.study.FinalCells;
import dev.rote.figures.study.StudyData;
import dev.rote.v1.FinalRow;
import dev.rote.v1.FinalValues;
import dev.rote.v1.Metric;
import java.util.List;

/** What the trials of each cell ended with, as means over repetitions with their 95 % intervals. */
final class FinalValuesTable {
  private FinalValuesTable() {}

  static FinalValues of(StudyData data) {
    FinalCells cells = data.finals();
    List<String> axes = data.axes().names();
    FinalValues.Builder table =
        FinalValues.newBuilder()
            .addAllAxes(axes)
            .addAllQuantities(cells.metrics().stream().map(MetricNames::of).toList())
            .setTotal(data.lines());
    for (FinalCells.Row row : cells.rows()) {
      FinalRow.Builder to =
          table.addRowsBuilder().setRepetitions(row.repetitions()).setDiverged(row.diverged());
      axes.forEach(axis -> to.addLabels(row.labels().getOrDefault(axis, "")));
      for (int i = 0; i < cells.metrics().size(); i++) {
        add(to, cells.metrics().get(i), row.values(i));
      }
    }
    return table.build();
  }

  private static void add(FinalRow.Builder row, Metric metric, double[] values) {
    Interval mean =
        values.length == 0 ? Interval.point(Double.NaN, 0) : MetricRange.of(metric).mean(values);
    row.addMeans(mean.estimate()).addLow(mean.low()).addHigh(mean.high());
  }
}
