package dev.rote.figures.drawing;

import dev.rote.v1.Panel;
import dev.rote.v1.Series;

/**
 * How much of a line there is to see.
 *
 * @param points that have a place on the axes of their panel
 * @param lost points without a value, where all repetitions have diverged
 */
record DrawnPoints(int points, int lost) {
  static DrawnPoints of(Panel panel, Series series) {
    int points = 0;
    int lost = 0;
    for (int i = 0; i < series.getXCount(); i++) {
      double y = series.getY(i);
      if (panel.getLogX() && series.getX(i) <= 0) {
        continue;
      }
      if (Double.isNaN(y)) {
        lost++;
      } else if (!panel.getLogY() || y > 0) {
        points++;
      }
    }
    return new DrawnPoints(points, lost);
  }

  boolean isEmpty() {
    return points + lost == 0;
  }

  /** Whether points are joined. */
  boolean isLine() {
    return points > 1;
  }
}
