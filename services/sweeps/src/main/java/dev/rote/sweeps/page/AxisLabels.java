package dev.rote.sweeps.page;

import dev.rote.spec.Grid;
import java.util.List;
import java.util.Map;

/** At which label of an axis a picture is: the field {@code at.AXIS}. */
final class AxisLabels {
  private static final String AT = "at.";

  private AxisLabels() {}

  /** The one that was asked for; the first if it is none. */
  static String chosen(Grid grid, String axis, Map<String, String> asked) {
    List<String> labels = grid.labels(axis);
    String label = asked.getOrDefault(AT + axis, "");
    return labels.contains(label) ? label : labels.get(0);
  }

  /** The list to choose from. */
  static ChosenPicture.Field field(Grid grid, String axis, String chosen) {
    return ChosenPicture.Field.of(AT + axis, axis, grid.labels(axis), chosen);
  }
}
