package dev.rote.sweeps.workflow;

import dev.rote.v1.CellRecord;
import dev.rote.v1.SweepRecord;

/** Accounts of epochs: what each cell has contributed to its sweep. */
final class Epochs {

  /** A cell's trial stands at so many epochs now; fewer than before after a lost checkpoint. */
  void credit(SweepRecord.Builder sweep, CellRecord.Builder cell, int epochs) {
    int delta = epochs - cell.getEpochs();
    cell.setEpochs(epochs);
    sweep.setEpochsDone(sweep.getEpochsDone() + delta);
    if (!cell.getReused()) {
      sweep.setEpochsTrained(sweep.getEpochsTrained() + delta);
    }
  }

  /** The trial ended, perhaps early: nothing beyond its last epoch is left to do. */
  void finish(SweepRecord.Builder sweep, CellRecord.Builder cell, int reported) {
    int epochs = Math.min(Math.max(0, reported), cell.getEpochsCap());
    credit(sweep, cell, epochs);
    sweep.setEpochsTotal(sweep.getEpochsTotal() - cell.getEpochsCap() + epochs);
    cell.setEpochsCap(epochs);
  }

  /** The cell ended without a result: all its epochs are to be done again. */
  void takeBack(SweepRecord.Builder sweep, CellRecord.Builder cell, int cap) {
    credit(sweep, cell, 0);
    sweep.setEpochsTotal(sweep.getEpochsTotal() - cell.getEpochsCap() + cap);
    cell.setEpochsCap(cap);
  }
}
