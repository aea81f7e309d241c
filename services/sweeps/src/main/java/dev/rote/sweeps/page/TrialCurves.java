package dev.rote.sweeps.page;

import dev.rote.v1.EpochRecord;
import dev.rote.v1.Figure;
import dev.rote.v1.Panel;
import dev.rote.v1.PartRecord;
import dev.rote.v1.Series;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
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
        .addSeries(series(TRAINING, history, EpochRecord::getTrain, value))
        .addSeries(series(VALIDATION, history, EpochRecord::getValidation, value));
  }

  private static Series.Builder series(
      String name,
      List<EpochRecord> history,
      Function<EpochRecord, PartRecord> part,
      ToDoubleFunction<PartRecord> value) {
    Series.Builder series = Series.newBuilder().setName(name).setLabel(name);
    for (EpochRecord epoch : history) {
      double y = value.applyAsDouble(part.apply(epoch));
      series.addX(epoch.getEpoch()).addY(y).addLow(y).addHigh(y).addRepetitions(1);
    }
    return series;
  }
}
