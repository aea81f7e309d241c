package dev.rote.figures.study;

import dev.rote.spec.LineAxis;
import dev.rote.v1.Axis;
import dev.rote.v1.PanelSpec;
import dev.rote.v1.SweepSpec;
import dev.rote.v1.Term;
import java.util.List;

/** Which axis of a sweep a line's label belongs to. */
public final class SweepAxes {
  private final List<String> names;

  SweepAxes(SweepSpec spec) {
    this.names = spec.getAxesList().stream().map(Axis::getName).toList();
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

  List<String> names() {
    return names;
  }
}
