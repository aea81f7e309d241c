package dev.rote.sweeps.page;

import dev.rote.v1.EpochRecord;
import dev.rote.v1.Figure;
import dev.rote.v1.Panel;
import dev.rote.v1.PartRecord;
import dev.rote.v1.Series;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The history of one trial as a figure: accuracy and loss of both splits over epochs. */
final class TrialCurves {
  private static final String TRAINING = "training";
  private static final String VALIDATION = "validation";

  private TrialCurves() {}

  static Figure of(long index, List<EpochRecord> history) {
    return Figure.newBuilder()
        .setName("trial")
        .setTitle("Trial " + index)
        .addPanels(panel("Accuracy", history, PartRecord::getAccuracy))
        .addPanels(panel("Loss (nats)", history, PartRecord::getLoss))
        .build();
  }

  private static Panel.Builder panel(
      String quantity, List<EpochRecord> history, ToDoubleFunction<PartRecord> value) {
    return Panel.newBuilder()
        .setTitle(quantity)
        .setXLabel("epoch")
        .setYLabel(quantity.toLowerCase(Locale.ROOT))
        .addMetrics(quantity)
        .addSeries(series(TRAINING, history, epoch -> value.applyAsDouble(epoch.getTrain())))
        .addSeries(
            series(VALIDATION, history, epoch -> value.applyAsDouble(epoch.getValidation())));
  }

  /** A line with a point for each epoch of one trial. */
  static Series.Builder series(
      String name, List<EpochRecord> history, ToDoubleFunction<EpochRecord> value) {
    Series.Builder series = Series.newBuilder().setName(name).setLabel(name);
    for (EpochRecord epoch : history) {
      double y = value.applyAsDouble(epoch);
      series.addX(epoch.getEpoch()).addY(y).addLow(y).addHigh(y).addRepetitions(1);
    }
    return series;
  }
}
