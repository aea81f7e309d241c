package dev.rote.sweeps.page;

import dev.rote.v1.Figure;
import dev.rote.v1.Panel;
import dev.rote.v1.Series;
import dev.rote.v1.TrialResult;
import java.util.ArrayList;
import java.util.List;

/** Curves of several sweeps and trials in one figure, each under the name of where it is from. */
final class Overlay {
  private final CurvesChoice.Quantity quantity;
  private final List<Panel.Builder> panels = new ArrayList<>();
  private final List<String> names = new ArrayList<>();

  Overlay(CurvesChoice.Quantity quantity) {
    this.quantity = quantity;
    for (CurvesChoice.Part part : quantity.parts()) {
      panels.add(
          Panel.newBuilder()
              .setTitle(part.words())
              .setXLabel("epoch")
              .setYLabel(quantity.words())
              .addMetrics(part.words()));
    }
  }

  /** Adds the curves of a sweep, a panel for each part of the data. */
  void add(String name, Figure curves) {
    names.add(name);
    for (int i = 0; i < panels.size(); i++) {
      for (Series series : curves.getPanels(i).getSeriesList()) {
        String label = series.getLabel().isEmpty() ? name : name + ": " + series.getLabel();
        panels
            .get(i)
            .addSeries(series.toBuilder().clearPlace().setStyle(0).setName(label).setLabel(label));
      }
    }
  }

  /** Adds the history of a trial so far; nothing while it has none. */
  void add(String name, TrialResult trial) {
    names.add(name);
    for (int i = 0; i < panels.size(); i++) {
      Series.Builder series = TrialCurves.series(name, quantity.parts().get(i).kind(), trial);
      if (series.getXCount() > 0) {
        panels.get(i).addSeries(series);
      }
    }
  }

  /** What is in it, in the order in which it was added. */
  List<String> names() {
    return List.copyOf(names);
  }

  Figure figure() {
    Figure.Builder figure =
        Figure.newBuilder().setName("compare").setTitle(quantity.title() + " over epochs");
    panels.forEach(figure::addPanels);
    return figure.build();
  }
}
