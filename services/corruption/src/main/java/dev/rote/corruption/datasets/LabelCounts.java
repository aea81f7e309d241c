package dev.rote.corruption.datasets;

import java.util.ArrayList;
import java.util.List;

/** How many examples of a file have each label, a byte. */
final class LabelCounts {
  private static final int LABELS = 256;
  private static final int MOST_NAMED = 6;

  private final long[] counts = new long[LABELS];

  void add(byte[] labels, int length) {
    for (int i = 0; i < length; i++) {
      counts[labels[i] & 0xFF]++;
    }
  }

  int largest() {
    int label = LABELS - 1;
    while (label > 0 && counts[label] == 0) {
      label--;
    }
    return label;
  }

  int smallest() {
    int label = 0;
    while (label < LABELS - 1 && counts[label] == 0) {
      label++;
    }
    return label;
  }

  /**
   * The classes below {@code classes} without an example, such as {@code 0, 3 to 9}; empty when
   * every class has one.
   */
  String unused(int classes) {
    List<String> ranges = new ArrayList<>();
    int more = 0;
    int next;
    for (int label = 0; label < classes; label = next) {
      next = label + 1;
      if (used(label)) {
        continue;
      }
      while (next < classes && !used(next)) {
        next++;
      }
      if (ranges.size() < MOST_NAMED) {
        ranges.add(next == label + 1 ? "" + label : label + " to " + (next - 1));
      } else {
        more += next - label;
      }
    }
    return String.join(", ", ranges) + (more == 0 ? "" : " and " + more + " more");
  }

  private boolean used(int label) {
    return label < LABELS && counts[label] > 0;
  }
}
