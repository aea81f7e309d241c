package dev.rote.figures.study;

import dev.rote.v1.Axis;
import dev.rote.v1.PanelSpec;
import dev.rote.v1.SweepSpec;
import dev.rote.v1.Term;
import java.util.List;
import java.util.Map;

/** Which axis of a sweep a line's label belongs to. */
public final class SweepAxes {
  private final List<String> names;

  SweepAxes(SweepSpec spec) {
    this.names = spec.getAxesList().stream().map(Axis::getName).toList();
  }

  /** The axis of a panel's lines. */
  public String ofLines(PanelSpec panel) {
    return ofLines(panel.getSeries(), panel.getProfile().getAxis(), panel.getWhereMap());
  }

  /** The axis of a term's label. */
  public String ofLabel(Term term) {
    return ofLines(term.getSeries(), term.getAlong().getAxis(), term.getWhereMap());
  }

  /** The one written, or the first that is left; empty when none is. */
  private String ofLines(String written, String positions, Map<String, String> where) {
    return written.isEmpty()
        ? names.stream()
            .filter(name -> !name.equals(positions) && !where.containsKey(name))
            .findFirst()
            .orElse("")
        : written;
  }

  List<String> names() {
    return names;
  }
}
