package dev.rote.spec;

import dev.rote.v1.Axis;
import dev.rote.v1.AxisPoint;
import dev.rote.v1.SweepSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What must hold of axes. */
final class AxisChecks {
  private static final int LONGEST_LABEL = 40;
  private static final int LONGEST_VALUE = 300;

  private AxisChecks() {}

  static void axis(Checks checks, Axis axis, Set<String> names) {
    checks.name("name", axis.getName());
    checks.require(
        names.add(axis.getName()), "name", "must be unique, was \"" + axis.getName() + "\" again");
    boolean points = axis.getPointsCount() > 0;
    boolean values = axis.getValuesCount() > 0;
    checks.require(points || values, "", "is empty: write points, or field and values");
    checks.require(!(points && values), "", "has both points and values: write one of the two");
    checks.require(
        values == axis.hasField(),
        "field",
        values ? "must be written beside values" : "is written, but no values are");
    for (int i = 0; i < axis.getPointsCount(); i++) {
      AxisPoint point = axis.getPoints(i);
      Checks at = checks.in("points[" + i + "]");
      at.require(
          !point.getLabel().isBlank() && point.getLabel().length() <= LONGEST_LABEL,
          "label",
          "must have 1 to " + LONGEST_LABEL + " characters, was \"" + point.getLabel() + "\"");
    }
    for (int i = 0; i < axis.getValuesCount(); i++) {
      switch (axis.getValues(i).getKindCase()) {
        case NULL_VALUE, KIND_NOT_SET ->
            checks.violate(
                "values[" + i + "]",
                "must be a value, was null: write the default itself, or use points with labels");
        case NUMBER_VALUE, STRING_VALUE, BOOL_VALUE, LIST_VALUE, STRUCT_VALUE -> {}
      }
    }
  }

  /** Figures, tables and listings tell points by their labels. */
  static void labels(Checks checks, SweepSpec spec, Grid grid) {
    for (int a = 0; a < spec.getAxesCount(); a++) {
      Checks at = checks.in("axes[" + a + "]");
      List<String> labels = grid.labels(grid.axisNames().get(a));
      boolean points = spec.getAxes(a).getPointsCount() > 0;
      Map<String, Integer> first = new HashMap<>();
      for (int i = 0; i < labels.size(); i++) {
        Integer before = first.putIfAbsent(labels.get(i), i);
        if (before != null) {
          at.violate(
              points ? "points[" + i + "].label" : "values[" + i + "]",
              (points
                      ? "must be unique on its axis, was \""
                      : "must have a label of its own, had \"")
                  + labels.get(i)
                  + "\" as "
                  + (points ? "points[" : "values[")
                  + before
                  + "] has");
        }
        at.require(
            points || labels.get(i).length() <= LONGEST_VALUE,
            "values[" + i + "]",
            "must have at most " + LONGEST_VALUE + " characters: give it a label, in points");
      }
    }
  }
}
