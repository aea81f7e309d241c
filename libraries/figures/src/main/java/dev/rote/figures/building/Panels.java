package dev.rote.figures.building;

import dev.rote.figures.FigureException;
import dev.rote.figures.FigureException.Reason;
import dev.rote.figures.statistics.Interval;
import dev.rote.figures.study.Selection;
import dev.rote.figures.study.StudyData;
import dev.rote.v1.LabelPlace;
import dev.rote.v1.Panel;
import dev.rote.v1.PanelSpec;
import dev.rote.v1.Series;
import java.util.List;

/** Panels of every kind. */
final class Panels {

  private Panels() {}

  static Panel build(PanelSpec spec, StudyData data) {
    return switch (spec.getKindCase()) {
      case CURVES -> CurvesPanels.build(spec, data);
      case DIFFICULTY -> DifficultyPanels.build(spec, data);
      case PROFILE -> ProfilePanels.build(spec, data);
      case CLASS_MATRIX -> ClassMatrixPanels.build(spec, data);
      case FILTERS -> FiltersPanels.build(spec, data);
      case TRADEOFF -> TradeoffPanels.build(spec, data);
      case AGREEMENT -> AgreementPanels.build(spec, data);
      case DETECTION -> DetectionPanels.build(spec, data);
      case EXAMPLES -> ExamplesPanels.build(spec, data);
      case DATA_MAP -> DataMapPanels.build(spec, data);
      case DENSITY -> ScoreSpreadPanels.density(spec, data);
      case SORTED_SCORES -> ScoreSpreadPanels.sorted(spec, data);
      case KIND_NOT_SET ->
          throw new FigureException(
              Reason.UNKNOWN_KIND, "panel `" + spec.getTitle() + "` needs a kind, had none");
    };
  }

  /** Labels of the lines, in the order drawn. */
  static List<String> labels(PanelSpec spec, StudyData data, String axis) {
    return spec.getLabelsCount() > 0 ? List.copyOf(spec.getLabelsList()) : data.labels(axis);
  }

  /** The line of a panel that shows one label. */
  static Selection onlyLine(PanelSpec spec, StudyData data) {
    String axis = data.axes().ofLines(spec);
    return Selection.line(axis, labels(spec, data, axis).get(0), spec.getWhereMap());
  }

  /** Name of a line: its label, and the metric where the panel has several. */
  static String name(String label, List<String> metrics, int style) {
    if (label.isEmpty()) {
      return metrics.get(style);
    }
    return metrics.size() == 1 ? label : label + ", " + metrics.get(style);
  }

  static void add(Series.Builder series, double x, Interval point) {
    series
        .addX(x)
        .addY(point.estimate())
        .addLow(point.low())
        .addHigh(point.high())
        .addRepetitions(point.samples());
  }

  /** That a line's label is one of an axis; {@link LabelPlaces} says which. */
  static LabelPlace place(String axis) {
    return LabelPlace.newBuilder().setAxis(axis).build();
  }

  /** The series with its counts of censored and diverged ones left out when none is above zero. */
  static Series withoutIdleCounts(Series.Builder series) {
    if (series.getCensoredList().stream().allMatch(count -> count == 0)) {
      series.clearCensored();
    }
    if (series.getDivergedList().stream().allMatch(count -> count == 0)) {
      series.clearDiverged();
    }
    return series.build();
  }
}
