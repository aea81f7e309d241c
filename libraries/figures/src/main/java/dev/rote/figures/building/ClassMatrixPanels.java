package dev.rote.figures.building;

import dev.rote.figures.study.ClassMatrixMean;
import dev.rote.figures.study.StudyData;
import dev.rote.v1.HeatMap;
import dev.rote.v1.Panel;
import dev.rote.v1.PanelSpec;

/**
 * Panels of the sensitivity of the loss of each class (rows) to the examples of each class
 * (columns), mean over repetitions (Fig 4 of Arpit et al. 2017). Classes go by their numbers.
 */
final class ClassMatrixPanels {

  private ClassMatrixPanels() {}

  static Panel build(PanelSpec spec, StudyData data) {
    HeatMap.Builder map = HeatMap.newBuilder();
    data.classMatrix(spec.getClassMatrix().getMeasurement(), Panels.onlyLine(spec, data))
        .ifPresent(matrix -> fill(map, matrix));
    return Panel.newBuilder()
        .setTitle(spec.getTitle())
        .setXLabel("examples of class")
        .setYLabel("loss of class")
        .addMetrics("mean loss-sensitivity")
        .setHeatMap(map)
        .build();
  }

  private static void fill(HeatMap.Builder map, ClassMatrixMean matrix) {
    for (int c = 0; c < matrix.classes(); c++) {
      map.addRows(Integer.toString(c)).addColumns(Integer.toString(c));
    }
    for (double value : matrix.values()) {
      map.addValues(value);
    }
    map.setRepetitions(matrix.repetitions());
  }
}
