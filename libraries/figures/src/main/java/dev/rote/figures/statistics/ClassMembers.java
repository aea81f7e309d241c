package dev.rote.figures.statistics;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Which examples are of which class. */
final class ClassMembers {
  private ClassMembers() {}

  /**
   * Positions of the examples of each class that has two or more, ascending, classes in order of
   * their labels.
   *
   * @param labels int[N]
   */
  static int[][] ofAtLeastTwo(int[] labels) {
    return Arrays.stream(labels)
        .distinct()
        .sorted()
        .mapToObj(
            label -> IntStream.range(0, labels.length).filter(i -> labels[i] == label).toArray())
        .filter(positions -> positions.length > 1)
        .toArray(int[][]::new);
  }
}
