package dev.rote.spec;

import java.util.ArrayList;
import java.util.List;

/** Points of a grid that stand for all of them. */
final class GridSample {
  private GridSample() {}

  /**
   * Indices of cells, each the first repetition of its point: all points when there are at most so
   * many; else every point of every axis beside the first points of the others, and so many more at
   * equal distances.
   */
  static List<Long> of(Grid grid, int most) {
    long points = grid.points();
    List<Long> cells = new ArrayList<>();
    if (points > most) {
      long stride = points;
      for (String axis : grid.axisNames()) {
        int count = grid.labels(axis).size();
        stride /= count;
        for (int i = cells.isEmpty() ? 0 : 1; i < count; i++) {
          cells.add(grid.first(i * stride));
        }
      }
    }
    long taken = Math.min(points, most);
    for (long i = 0; i < taken; i++) {
      /* In doubles: the product may not fit into a long. */
      long point = points > most ? (long) ((double) points / most * i) : i;
      cells.add(grid.first(Math.min(point, points - 1)));
    }
    return cells;
  }
}
