package dev.rote.figures.building;

import dev.rote.figures.FigureException;
import dev.rote.figures.FigureException.Reason;
import dev.rote.figures.study.StudyData;
import dev.rote.v1.Panel;
import dev.rote.v1.PanelSpec;
import java.util.List;

/** Panels of every kind. */
final class Panels {

  private Panels() {}

  static Panel build(PanelSpec spec, StudyData data) {
    return switch (spec.getKindCase()) {
      case CURVES -> CurvesPanels.build(spec, data);
      case DIFFICULTY -> DifficultyPanels.build(spec, data);
      case KIND_NOT_SET ->
          throw new FigureException(
              Reason.UNKNOWN_KIND, "panel `" + spec.getTitle() + "` needs a kind, had none");
    };
  }

  /** The axis whose points are the lines. */
  static String axis(PanelSpec spec, StudyData data) {
    return spec.getSeries().isEmpty() ? data.firstAxis() : spec.getSeries();
  }

  /** Labels of the lines, in the order drawn. */
  static List<String> labels(PanelSpec spec, StudyData data) {
    return spec.getLabelsCount() > 0
        ? List.copyOf(spec.getLabelsList())
        : data.labels(axis(spec, data));
  }
}
