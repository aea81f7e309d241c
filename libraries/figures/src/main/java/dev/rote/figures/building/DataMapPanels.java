package dev.rote.figures.building;

import dev.rote.figures.study.ScoreMeans;
import dev.rote.figures.study.ScoreMeans.Group;
import dev.rote.figures.study.Selection;
import dev.rote.figures.study.StudyData;
import dev.rote.v1.Panel;
import dev.rote.v1.PanelSpec;
import dev.rote.v1.Series;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Panels of examples by confidence and variability (S. Swayamdipta et al., "Dataset cartography",
 * EMNLP 2020, figure 1), means over repetitions, coloured by what they are in the data.
 */
final class DataMapPanels {
  private static final int MOST_OF_A_GROUP = 500;

  private DataMapPanels() {}

  static Panel build(PanelSpec spec, StudyData data) {
    Panel.Builder panel =
        Panel.newBuilder()
            .setTitle(spec.getTitle())
            .setXLabel("variability")
            .setYLabel("confidence")
            .addMetrics("confidence");
    Selection line = Panels.onlyLine(spec, data);
    Optional<ScoreMeans> confidence = data.confidence(spec.getDataMap(), line);
    Optional<ScoreMeans> variability = data.variability(spec.getDataMap(), line);
    if (confidence.isPresent() && variability.isPresent()) {
      for (Group group : Group.values()) {
        Series series = group(group, confidence.get(), variability.get());
        if (series.getXCount() > 0) {
          panel.addSeries(series);
        }
      }
    }
    return panel.build();
  }

  /** Of many examples some, evenly spaced in the order of the split, which is shuffled. */
  private static Series group(Group group, ScoreMeans confidence, ScoreMeans variability) {
    int[] members =
        IntStream.range(0, Math.min(confidence.examples(), variability.examples()))
            .filter(i -> confidence.group(i) == group)
            .filter(i -> !Double.isNaN(confidence.mean(i)) && !Double.isNaN(variability.mean(i)))
            .toArray();
    Series.Builder series = ScoreSpreadPanels.group(group).setScattered(true);
    int points = Math.min(MOST_OF_A_GROUP, members.length);
    for (int point = 0; point < points; point++) {
      int example = members[(int) ((long) point * members.length / points)];
      ScoreSpreadPanels.add(
          series, variability.mean(example), confidence.mean(example), confidence.repetitions());
    }
    return series.build();
  }
}
