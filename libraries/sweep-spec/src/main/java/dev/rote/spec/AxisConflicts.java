package dev.rote.spec;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import dev.rote.v1.AxisPoint;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Two axes must not set the same field: the later one would win in every cell, and the labels of
 * the other would be wrong.
 */
final class AxisConflicts {
  private AxisConflicts() {}

  /**
   * @param checks at the axes' specification
   */
  static void check(Checks checks, Grid grid) {
    List<String> names = grid.axisNames();
    List<Set<List<FieldDescriptor>>> fields =
        java.util.stream.IntStream.range(0, names.size()).mapToObj(i -> fields(grid, i)).toList();
    for (int second = 1; second < names.size(); second++) {
      for (int first = 0; first < second; first++) {
        check(checks, names, fields, first, second);
      }
    }
  }

  private static Set<List<FieldDescriptor>> fields(Grid grid, int axis) {
    Set<List<FieldDescriptor>> fields = new LinkedHashSet<>();
    for (AxisPoint point : grid.points(axis)) {
      TrialFields.leaves(point.getSet(), (path, value) -> fields.add(path));
    }
    return fields;
  }

  private static void check(
      Checks checks,
      List<String> names,
      List<Set<List<FieldDescriptor>>> fields,
      int first,
      int second) {
    for (List<FieldDescriptor> one : fields.get(first)) {
      for (List<FieldDescriptor> other : fields.get(second)) {
        if (collide(one, other)) {
          String field = TrialFields.name(other);
          String against = TrialFields.name(one);
          checks.violate(
              "axes[" + second + "]",
              "sets "
                  + field
                  + ", and the axis "
                  + names.get(first)
                  + " sets "
                  + (field.equals(against) ? "it" : against)
                  + ", too: let one axis set it");
          return;
        }
      }
    }
  }

  /** The same field, one within the other, or two of which only one can stand. */
  private static boolean collide(List<FieldDescriptor> one, List<FieldDescriptor> other) {
    int common = Math.min(one.size(), other.size());
    for (int i = 0; i < common; i++) {
      if (!one.get(i).equals(other.get(i))) {
        OneofDescriptor oneof = one.get(i).getRealContainingOneof();
        return oneof != null && oneof.equals(other.get(i).getRealContainingOneof());
      }
    }
    return true;
  }
}
