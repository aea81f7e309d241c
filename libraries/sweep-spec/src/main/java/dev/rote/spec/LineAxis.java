package dev.rote.spec;

import java.util.Collection;
import java.util.List;

/** The rule for the axis that lines and labels of a figure belong to when none is written. */
public final class LineAxis {
  private LineAxis() {}

  /**
   * The axis written, or the first that is left; empty when none is.
   *
   * @param axes of the sweep, in order
   * @param written empty: not written
   * @param positions axis that gives positions instead of lines; empty: none
   * @param fixed axes that {@code where} fixes
   */
  public static String of(
      List<String> axes, String written, String positions, Collection<String> fixed) {
    return written.isEmpty()
        ? axes.stream()
            .filter(axis -> !axis.equals(positions) && !fixed.contains(axis))
            .findFirst()
            .orElse("")
        : written;
  }
}
