package dev.rote.spec;

import dev.rote.v1.MeasurementSpec;
import dev.rote.v1.SweepSpec;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The numbers of single examples that a sweep measures, by which their pictures can be sorted. */
public final class ScoreNames {
  private ScoreNames() {}

  /**
   * Names of those of each measurement that has any, in the order of the measurements.
   *
   * @param spec valid, all defaults filled in
   */
  public static Map<String, List<String>> of(SweepSpec spec) {
    Map<String, List<String>> names = new LinkedHashMap<>();
    for (MeasurementSpec measurement : spec.getMeasurementsList()) {
      List<String> scores = MeasurementKinds.of(measurement.getKindCase()).pictured(measurement);
      if (!scores.isEmpty()) {
        names.put(measurement.getName(), List.copyOf(scores));
      }
    }
    return Collections.unmodifiableMap(names);
  }
}
