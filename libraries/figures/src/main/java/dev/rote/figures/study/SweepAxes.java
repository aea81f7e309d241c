package dev.rote.figures.study;

import dev.rote.spec.Grid;
import dev.rote.spec.LabelNumber;
import dev.rote.spec.LineAxis;
import dev.rote.v1.Axis;
import dev.rote.v1.PanelSpec;
import dev.rote.v1.SweepSpec;
import dev.rote.v1.Term;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The axes of a sweep: which of them a line's label belongs to, and the numbers of labels. A label
 * of an axis that is written as {@code values} stands for its value; a label that is written as
 * text, for the number it ends in.
 */
public final class SweepAxes {
  private final List<String> names;
  private final Map<String, Map<String, Double>> values = new HashMap<>();

  SweepAxes(SweepSpec spec) {
    this.names = spec.getAxesList().stream().map(Axis::getName).toList();
    for (Axis axis : spec.getAxesList()) {
      if (axis.getValuesCount() > 0) {
        values.put(axis.getName(), numbers(axis));
      }
    }
  }

  private static Map<String, Double> numbers(Axis axis) {
    List<String> labels =
        Grid.of(SweepSpec.newBuilder().addAxes(axis).build()).labels(axis.getName());
    Map<String, Double> numbers = new HashMap<>();
    for (int i = 0; i < labels.size(); i++) {
      if (axis.getValues(i).hasNumberValue()) {
        numbers.put(labels.get(i), axis.getValues(i).getNumberValue());
      }
    }
    return numbers;
  }

  /** The axis of a panel's lines. */
  public String ofLines(PanelSpec panel) {
    return LineAxis.of(
        names, panel.getSeries(), panel.getProfile().getAxis(), panel.getWhereMap().keySet());
  }

  /** The axis of a term's label. */
  public String ofLabel(Term term) {
    return LineAxis.of(
        names, term.getSeries(), term.getAlong().getAxis(), term.getWhereMap().keySet());
  }

  /** The number of a label; empty when it has none. */
  public OptionalDouble number(String axis, String label) {
    Double value = values.getOrDefault(axis, Map.of()).get(label);
    return value == null ? LabelNumber.of(label) : OptionalDouble.of(value);
  }

  /** What stands before the number of a label; the whole label without one. */
  public String beforeNumber(String axis, String label) {
    return values.getOrDefault(axis, Map.of()).containsKey(label) ? "" : LabelNumber.before(label);
  }

  /** In order. */
  public List<String> names() {
    return names;
  }
}
