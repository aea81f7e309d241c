package dev.rote.figures.building;

import dev.rote.figures.study.ScoreMeans;
import dev.rote.figures.study.ScoreMeans.Group;
import dev.rote.figures.study.Selection;
import dev.rote.figures.study.StudyData;
import dev.rote.v1.DensityPanel;
import dev.rote.v1.Panel;
import dev.rote.v1.PanelSpec;
import dev.rote.v1.Series;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Panels of how a score, mean over repetitions of each example, is spread: sorted, or as densities
 * of groups of examples. What is known as a lower bound counts at the bound; in a sorted line it
 * stands above all else.
 */
final class ScoreSpreadPanels {
  private static final String GROUPS = "examples";
  private static final int DEFAULT_BINS = 40;
  private static final int MOST_POINTS = 500;

  private ScoreSpreadPanels() {}

  /** A line for each group: its examples in a bin / (its examples * width of the bin). */
  static Panel density(PanelSpec spec, StudyData data) {
    DensityPanel density = spec.getDensity();
    Panel.Builder panel =
        Panel.newBuilder()
            .setTitle(spec.getTitle())
            .setXLabel(ScoreWords.of(density.getScore()))
            .setYLabel("density")
            .addMetrics("density");
    data.scoreMeans(density.getScore(), Panels.onlyLine(spec, data))
        .ifPresent(
            scores ->
                addGroups(panel, scores, density.hasBins() ? density.getBins() : DEFAULT_BINS));
    return panel.build();
  }

  private static void addGroups(Panel.Builder panel, ScoreMeans scores, int bins) {
    double[] all = means(scores, IntStream.range(0, scores.examples()));
    if (all.length == 0) {
      return;
    }
    double low = all[0];
    double high = all[all.length - 1];
    double width = high > low ? (high - low) / bins : 1;
    for (Group group : Group.values()) {
      double[] values =
          means(
              scores, IntStream.range(0, scores.examples()).filter(i -> scores.group(i) == group));
      if (values.length == 0) {
        continue;
      }
      long[] counts = new long[bins];
      for (double value : values) {
        counts[Math.min(bins - 1, (int) ((value - low) / width))]++;
      }
      Series.Builder series = group(group);
      for (int bin = 0; bin < bins; bin++) {
        add(
            series,
            low + (bin + 0.5) * width,
            counts[bin] / (values.length * width),
            scores.repetitions());
      }
      panel.addSeries(series);
    }
  }

  /** A line without points of a group of examples. */
  static Series.Builder group(Group group) {
    return Series.newBuilder()
        .setName(group.words())
        .setLabel(group.words())
        .setPlace(Panels.place(GROUPS));
  }

  /** Adds a point without an interval. */
  static void add(Series.Builder series, double x, double y, int repetitions) {
    series.addX(x).addY(y).addLow(y).addHigh(y).addRepetitions(repetitions);
  }

  private static double[] means(ScoreMeans scores, IntStream examples) {
    return examples
        .mapToDouble(scores::mean)
        .filter(value -> !Double.isNaN(value))
        .sorted()
        .toArray();
  }

  /** A line for each label; of many examples some, evenly spaced by rank. */
  static Panel sorted(PanelSpec spec, StudyData data) {
    Panel.Builder panel =
        Panel.newBuilder()
            .setTitle(spec.getTitle())
            .setXLabel("example, by rank of its score")
            .setYLabel(ScoreWords.of(spec.getSortedScores().getScore()))
            .addMetrics(ScoreWords.of(spec.getSortedScores().getScore()));
    String axis = data.axes().ofLines(spec);
    for (String label : Panels.labels(spec, data, axis)) {
      Optional<ScoreMeans> scores =
          data.scoreMeans(
              spec.getSortedScores().getScore(), Selection.line(axis, label, spec.getWhereMap()));
      scores
          .map(found -> sorted(found, label, axis))
          .filter(series -> series.getXCount() > 0)
          .ifPresent(panel::addSeries);
    }
    return panel.build();
  }

  private static Series sorted(ScoreMeans scores, String label, String axis) {
    List<Integer> order =
        IntStream.range(0, scores.examples())
            .filter(i -> !Double.isNaN(scores.mean(i)))
            .boxed()
            .sorted(
                Comparator.<Integer>comparingDouble(scores::ordered)
                    .thenComparingDouble(scores::mean))
            .toList();
    Series.Builder series =
        Series.newBuilder().setName(label).setLabel(label).setPlace(Panels.place(axis));
    int points = Math.min(MOST_POINTS, order.size());
    for (int point = 0; point < points; point++) {
      int rank = points == 1 ? 0 : (int) ((long) point * (order.size() - 1) / (points - 1));
      int example = order.get(rank);
      add(series, rank + 1.0, scores.mean(example), scores.repetitions());
      series.addCensored(scores.censored(example) ? 1 : 0);
    }
    return Panels.withoutIdleCounts(series);
  }
}
