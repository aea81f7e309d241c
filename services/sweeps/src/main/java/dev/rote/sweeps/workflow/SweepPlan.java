package dev.rote.sweeps.workflow;

import dev.rote.spec.Versions;
import dev.rote.v1.MeasurementSpec;
import dev.rote.v1.Sweep;
import dev.rote.v1.TrialSpec;
import dev.rote.v1.VariantSpec;
import java.util.List;
import java.util.Map;

/** The cells of a sweep's grid, each computed when it is asked for. */
public interface SweepPlan {

  /** Number of cells. */
  long size();

  /** Sum of the epoch caps of all cells. */
  long epochs();

  /** The cell at an index in {@code [0, size())}. */
  Cell cell(long index);

  /** Makes the plan of an admitted sweep, with ids under the given versions. */
  @FunctionalInterface
  interface Planner {
    SweepPlan plan(Sweep sweep, Versions versions);
  }

  /**
   * One cell.
   *
   * @param labels axis name to label
   * @param epochs epoch cap
   */
  record Cell(
      long index,
      Map<String, String> labels,
      int repetition,
      String trialId,
      TrialSpec trial,
      String variantId,
      VariantSpec variant,
      List<Measure> measures,
      int epochs) {}

  /** A measurement of a cell's trial. */
  record Measure(String measurementId, MeasurementSpec spec) {}
}
