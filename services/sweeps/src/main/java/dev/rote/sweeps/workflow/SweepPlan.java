package dev.rote.sweeps.workflow;

import dev.rote.spec.AdmittedMeasurement;
import dev.rote.spec.AdmittedTrial;
import dev.rote.spec.TrialId;
import dev.rote.spec.Versions;
import dev.rote.v1.Sweep;
import java.util.List;
import java.util.Map;

/** The cells of a sweep's grid, each computed when it is asked for. */
public interface SweepPlan {

  /** Number of cells. */
  long size();

  /** Sum of the epoch caps of all cells. */
  long epochs();

  /** Number of measurements of all cells. */
  long measurements();

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
   * @param versions that its ids are made under
   * @param epochs epoch cap
   */
  record Cell(
      long index,
      Map<String, String> labels,
      int repetition,
      Versions versions,
      AdmittedTrial trial,
      List<AdmittedMeasurement> measures,
      int epochs) {

    /** Whether a measurement needs the trial's trace. */
    boolean traced() {
      return measures.stream().anyMatch(AdmittedMeasurement::needsTrace);
    }

    /** The same cell, its trial under another id and its measurements of that. */
    public Cell under(TrialId id) {
      if (id.equals(trial.id())) {
        return this;
      }
      List<AdmittedMeasurement> ofThat =
          measures.stream().map(m -> AdmittedMeasurement.of(versions, id, m.spec())).toList();
      AdmittedTrial there = new AdmittedTrial(id, trial.spec(), trial.variant());
      return new Cell(index, labels, repetition, versions, there, ofThat, epochs);
    }
  }
}
