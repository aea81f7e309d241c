package dev.rote.figures.building;

import dev.rote.figures.statistics.Interval;
import dev.rote.figures.statistics.MeanInterval;
import dev.rote.figures.study.StudyData;
import dev.rote.v1.AgreementPanel;
import dev.rote.v1.HeatMap;
import dev.rote.v1.Panel;
import dev.rote.v1.PanelSpec;
import java.util.Collection;

/**
 * Panels of Spearman's correlations of scores with each other, mean over repetitions with Student's
 * 95 % interval, cut at -1 and 1 (as D. Kwok et al. compare scores, 2024).
 */
final class AgreementPanels {

  private AgreementPanels() {}

  static Panel build(PanelSpec spec, StudyData data) {
    AgreementPanel agreement = spec.getAgreement();
    Collection<double[]> matrices =
        data.agreements(agreement, Panels.onlyLine(spec, data)).values();
    HeatMap.Builder map = HeatMap.newBuilder().setScale(HeatMap.Scale.CORRELATION);
    if (!matrices.isEmpty()) {
      map.addAllRows(ScoreWords.of(agreement.getScoresList()));
      map.addAllColumns(map.getRowsList());
      map.setRepetitions(matrices.size());
      int cells = agreement.getScoresCount() * agreement.getScoresCount();
      for (int cell = 0; cell < cells; cell++) {
        add(map, mean(matrices, cell));
      }
    }
    return Panel.newBuilder()
        .setTitle(spec.getTitle())
        .addMetrics("rank correlation")
        .setHeatMap(map)
        .build();
  }

  private static void add(HeatMap.Builder map, Interval mean) {
    map.addValues(mean.estimate())
        .addLow(Math.max(-1, mean.low()))
        .addHigh(Math.min(1, mean.high()));
  }

  private static Interval mean(Collection<double[]> matrices, int cell) {
    double[] values =
        matrices.stream()
            .mapToDouble(matrix -> matrix[cell])
            .filter(value -> !Double.isNaN(value))
            .toArray();
    return values.length == 0 ? Interval.point(Double.NaN, 0) : MeanInterval.of(values);
  }
}
