package dev.rote.figures;

import java.util.Collection;

/** Names of the columns that hold an axis' labels, beside columns of fixed names. */
public final class AxisColumns {
  private static final String PREFIX = "axis_";

  private AxisColumns() {}

  /**
   * The axis' own name, or {@code axis_…} where another column or axis has that.
   *
   * @param axes all axes
   * @param columns names of the other columns
   */
  public static String name(String axis, Collection<String> axes, Collection<String> columns) {
    String name = axis;
    while (columns.contains(name) || (!name.equals(axis) && axes.contains(name))) {
      name = PREFIX + name;
    }
    return name;
  }
}
