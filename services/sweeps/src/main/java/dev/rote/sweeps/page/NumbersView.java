package dev.rote.sweeps.page;

import dev.rote.figures.ShortNumber;
import dev.rote.v1.Figure;
import dev.rote.v1.Panel;
import dev.rote.v1.Series;
import java.util.ArrayList;
import java.util.List;

/**
 * The numbers behind curves, for readers of a screen and for whoever copies them.
 *
 * @param every a line for each so many points
 */
public record NumbersView(List<Line> lines, int every) {
  private static final int MOST_LINES = 500;

  /**
   * A point of a curve.
   *
   * @param exact the mean with all its digits
   * @param interval empty with one repetition
   */
  public record Line(
      String quantity,
      String label,
      String epoch,
      String exact,
      String mean,
      String interval,
      int repetitions) {}

  static NumbersView of(Figure figure) {
    int points =
        figure.getPanelsList().stream()
            .flatMap(panel -> panel.getSeriesList().stream())
            .mapToInt(Series::getXCount)
            .sum();
    int every = Math.max(1, (points + MOST_LINES - 1) / MOST_LINES);
    List<Line> lines = new ArrayList<>();
    for (Panel panel : figure.getPanelsList()) {
      for (Series series : panel.getSeriesList()) {
        for (int i = 0; i < series.getXCount(); i++) {
          if (i % every == 0 || i == series.getXCount() - 1) {
            lines.add(line(panel, series, i));
          }
        }
      }
    }
    return new NumbersView(lines, every);
  }

  private static Line line(Panel panel, Series series, int i) {
    boolean several = series.getRepetitions(i) > 1;
    return new Line(
        panel.getMetrics(0),
        series.getLabel(),
        ShortNumber.of(series.getX(i)),
        Double.toString(series.getY(i)),
        Double.isNaN(series.getY(i)) ? "diverged" : ShortNumber.of(series.getY(i)),
        several
            ? ShortNumber.of(series.getLow(i)) + " to " + ShortNumber.of(series.getHigh(i))
            : "",
        series.getRepetitions(i));
  }
}
