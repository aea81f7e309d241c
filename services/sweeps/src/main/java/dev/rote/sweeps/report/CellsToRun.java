package dev.rote.sweeps.report;

import dev.rote.sweeps.workflow.SweepPlan;
import dev.rote.v1.SweepRecord;
import java.util.List;
import java.util.OptionalLong;

/**
 * The cells that a sweep has run or is to run, in the order of its grid: all, or, of a sweep that
 * repeats until judged, those of the blocks that are decided on; or one of them alone. Safe for use
 * by several threads.
 */
final class CellsToRun {
  private final SweepPlan plan;
  private final SweepRecord sweep;
  private final List<Integer> looks;
  private final OptionalLong only;
  private long position;
  private long index;

  CellsToRun(SweepPlan plan, SweepRecord sweep) {
    this(plan, sweep, OptionalLong.empty());
  }

  /**
   * @param only index in the grid of the one cell that is wanted; empty: all are
   */
  CellsToRun(SweepPlan plan, SweepRecord sweep, OptionalLong only) {
    this.plan = plan;
    this.sweep = sweep;
    this.looks = plan.looks();
    this.only = only;
  }

  long size() {
    if (only.isPresent()) {
      return 1;
    }
    return looks.isEmpty() ? plan.size() : sweep.getTotal();
  }

  /**
   * The cell at a position in {@code [0, size())}; asked for in ascending order, or from the
   * beginning again.
   */
  SweepPlan.Cell cell(long at) {
    return plan.cell(only.orElseGet(() -> looks.isEmpty() ? at : index(at)));
  }

  private synchronized long index(long at) {
    if (at < position) {
      position = 0;
      index = 0;
    }
    while (true) {
      while (!plan.isNeeded(index, sweep.getClosedList())) {
        index++;
      }
      if (position == at) {
        return index;
      }
      position++;
      index++;
    }
  }
}
