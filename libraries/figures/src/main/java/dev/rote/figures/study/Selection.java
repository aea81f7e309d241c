package dev.rote.figures.study;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Lines of a study: which axis they lie along, which of its labels, and where the other axes stand.
 *
 * @param axis axis whose points are the lines; empty when the sweep has no axis
 * @param labels labels on that axis; empty: all
 * @param where labels of other axes, by axis name
 */
public record Selection(String axis, Set<String> labels, Map<String, String> where) {

  public Selection {
    labels = Set.copyOf(labels);
    where = Map.copyOf(where);
  }

  /** One line of the selection's axis. */
  public static Selection line(String axis, String label, Map<String, String> where) {
    return new Selection(axis, axis.isEmpty() ? Set.of() : Set.of(label), where);
  }

  /** The same lines where another axis stands at a label, too. */
  public Selection at(String otherAxis, String label) {
    Map<String, String> fixed = new HashMap<>(where);
    fixed.put(otherAxis, label);
    return new Selection(axis, labels, fixed);
  }

  boolean matches(Map<String, String> cell) {
    for (Map.Entry<String, String> fixed : where.entrySet()) {
      if (!fixed.getValue().equals(cell.get(fixed.getKey()))) {
        return false;
      }
    }
    return labels.isEmpty() || labels.contains(cell.getOrDefault(axis, ""));
  }
}
