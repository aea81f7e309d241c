package dev.rote.figures.study;

import dev.rote.v1.ExampleSelection;
import dev.rote.v1.Sweep;
import java.util.Collection;
import java.util.Map;

/** The results of all trials of a sweep, read cell by cell from wherever they are stored. */
public interface StudyResults {

  /** The sweep, every default filled in. */
  Sweep sweep();

  /**
   * Cells of its grid, repetitions included; of a sweep that repeats until judged, those that it
   * has come to or will come to before its next look.
   */
  long cells();

  /**
   * SHA-256 in hexadecimal digits of the users' own files that variants were made from, by path;
   * variants that are gone are left out.
   */
  Map<String, String> ownFiles(Collection<String> variantIds);

  /**
   * Inputs of some examples of a split of a variant, as they are trained on, by their index in the
   * source; of a variant that is gone there are none.
   */
  Map<Integer, ExamplePicture> pictures(
      String variantId, ExampleSelection.Split split, Collection<Integer> sourceIndices);

  /** The results of one cell. Asked for once per cell, in order, and not kept. */
  CellResults cell(long index);
}
