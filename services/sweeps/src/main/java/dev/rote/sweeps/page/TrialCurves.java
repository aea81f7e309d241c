package dev.rote.sweeps.page;

import dev.rote.figures.study.EpochSeries;
import dev.rote.figures.study.HistorySeries;
import dev.rote.v1.Figure;
import dev.rote.v1.Metric;
import dev.rote.v1.Panel;
import dev.rote.v1.Series;
import dev.rote.v1.TrialResult;
import java.util.Collections;
import java.util.Locale;

/**
 * The history of one trial as a figure: accuracy and loss of both splits over epochs. As in reports
 * a trial that diverged has no value from there on, and a sign where it did.
 */
final class TrialCurves {
  private TrialCurves() {}

  /**
   * @param trial its history so far
   */
  static Figure of(long index, TrialResult trial) {
    return Figure.newBuilder()
        .setName("trial")
        .setTitle("Trial " + index)
        .addPanels(panel("Accuracy", CurvesChoice.Quantity.ACCURACY, trial))
        .addPanels(panel("Loss (nats)", CurvesChoice.Quantity.LOSS, trial))
        .build();
  }

  private static Panel.Builder panel(
      String title, CurvesChoice.Quantity quantity, TrialResult trial) {
    Panel.Builder panel =
        Panel.newBuilder()
            .setTitle(title)
            .setXLabel("epoch")
            .setYLabel(title.toLowerCase(Locale.ROOT))
            .addMetrics(title);
    for (CurvesChoice.Part part : quantity.parts()) {
      panel.addSeries(series(part.words(), part.kind(), trial));
    }
    return panel;
  }

  /** A line with a point for each epoch of one trial. */
  static Series.Builder series(String name, Metric.Kind kind, TrialResult trial) {
    Series.Builder series = Series.newBuilder().setName(name).setLabel(name);
    EpochSeries values = HistorySeries.of(kind, trial);
    for (int i = 0; i < values.size(); i++) {
      add(series, values.epoch(i), values.value(i), 1);
    }
    if (trial.getOutcome() == TrialResult.Outcome.DIVERGED) {
      add(series, trial.getDivergedAtEpoch(), Double.NaN, 0);
      series.addAllDiverged(Collections.nCopies(values.size(), 0)).addDiverged(1);
    }
    return series;
  }

  private static void add(Series.Builder series, int epoch, double y, int repetitions) {
    series.addX(epoch).addY(y).addLow(y).addHigh(y).addRepetitions(repetitions);
  }
}
