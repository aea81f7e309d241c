package dev.rote.figures.study;

import dev.rote.v1.Measurement;
import dev.rote.v1.TrialResult;
import java.util.Map;
import java.util.Optional;

/** The results of one cell of a grid. Objects are fetched when they are asked for. */
public interface CellResults {

  /** Label of the cell on every axis, by axis name. */
  Map<String, String> labels();

  /**
   * Index of the cell in the grid.
   *
   * @param position among the results; the same, unless some cells of the grid are passed over
   */
  default long index(long position) {
    return position;
  }

  /** Repetition of the cell, from 0. */
  int repetition();

  /** How the trial ended, if it did. */
  Fate.End end();

  /** The trial's result; empty when the trial failed or was not run. */
  Optional<TrialResult> trial();

  /** A measurement of the trial by its name in the sweep; empty when there is none. */
  Optional<Measurement> measurement(String name);

  /** The trial's trace; empty when none is kept, or the variant that it is of is gone. */
  default Optional<TrialTrace> trace() {
    return Optional.empty();
  }
}
