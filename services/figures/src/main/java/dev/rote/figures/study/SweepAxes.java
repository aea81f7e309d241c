package dev.rote.figures.study;

import dev.rote.v1.Axis;
import dev.rote.v1.SweepSpec;
import java.util.List;

/** Which axis of a sweep a line's label belongs to. */
public final class SweepAxes {
  private final List<String> names;

  SweepAxes(SweepSpec spec) {
    this.names = spec.getAxesList().stream().map(Axis::getName).toList();
  }

  /**
   * The axis that lines lie along: the one written, or the first; empty in a sweep without axes.
   */
  public String ofLines(String written) {
    return ofLines(written, "");
  }

  /**
   * The axis that lines lie along where another one gives their positions: the one written, or the
   * first that is not the other; empty when there is none.
   */
  public String ofLines(String written, String positions) {
    return written.isEmpty()
        ? names.stream().filter(name -> !name.equals(positions)).findFirst().orElse("")
        : written;
  }

  List<String> names() {
    return names;
  }
}
