package dev.rote.figures.study;

import dev.rote.v1.Sweep;

/** The results of all trials of a sweep, read cell by cell from wherever they are stored. */
public interface StudyResults {

  /** The sweep, every default filled in. */
  Sweep sweep();

  /** Cells of its grid, repetitions included. */
  long cells();

  /** The results of one cell. Asked for once per cell, in order, and not kept. */
  CellResults cell(long index);
}
