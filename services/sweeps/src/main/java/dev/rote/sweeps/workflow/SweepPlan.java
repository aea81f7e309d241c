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

  /** Axis name to label of the cell at an index, without what else makes a cell. */
  default Map<String, String> labels(long index) {
    return cell(index).labels();
  }

  /** Cells of the grid, repetitions of one counted once. */
  default long points() {
    return size();
  }

  /**
   * Repetitions at which claims are judged, ascending; empty in a sweep of fixed repetitions. With
   * looks, the cells of a repetition lie side by side, and those between two looks are a block.
   */
  default List<Integer> looks() {
    return List.of();
  }

  /** The sentences of all claims, in order. */
  default List<String> claims() {
    return List.of();
  }

  /**
   * Whether a cell is to be run: all of the first block are, of a later one those that a claim
   * needs which was open before it.
   *
   * @param closed by claim the number of the look that closed it, 0 while it is open
   */
  default boolean isNeeded(long index, List<Integer> closed) {
    return true;
  }

  /**
   * The cells of a block that are to be run.
   *
   * @param block from 0, of {@link #looks}
   * @param closed as of {@link #isNeeded}
   */
  default Amount amount(int block, List<Integer> closed) {
    return new Amount(size(), epochs());
  }

  /**
   * A number of cells.
   *
   * @param epochs sum of their epoch caps
   */
  record Amount(long cells, long epochs) {}

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
