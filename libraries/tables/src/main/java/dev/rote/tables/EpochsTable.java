package dev.rote.tables;

import dev.rote.figures.study.CellResults;
import dev.rote.v1.EpochRecord;
import dev.rote.v1.PartRecord;
import dev.rote.v1.Sweep;
import dev.rote.v1.TrialResult;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A row for each trial, epoch, split and part of it; parts without examples are left out. */
final class EpochsTable extends TrialTable {

  EpochsTable(List<String> axes) {
    super(
        "epochs",
        axes,
        List.of(
            Column.integer("epoch"),
            Column.integer("steps"),
            Column.float64("learning_rate"),
            Column.text("split"),
            Column.text("part"),
            Column.integer("examples"),
            Column.float64("accuracy"),
            Column.float64("loss")));
  }

  @Override
  void rows(Sweep sweep, long index, CellResults cell, RowSink sink) throws IOException {
    Optional<TrialResult> trial = cell.trial();
    if (trial.isEmpty()) {
      return;
    }
    for (EpochRecord epoch : trial.get().getHistoryList()) {
      part(index, cell, epoch, "training", "all", epoch.getTrain(), sink);
      part(index, cell, epoch, "training", "corrupted", epoch.getCorrupted(), sink);
      part(index, cell, epoch, "training", "clean", epoch.getClean(), sink);
      part(index, cell, epoch, "validation", "all", epoch.getValidation(), sink);
    }
  }

  private void part(
      long index,
      CellResults cell,
      EpochRecord epoch,
      String split,
      String part,
      PartRecord record,
      RowSink sink)
      throws IOException {
    if (record.getExamples() == 0) {
      return;
    }
    sink.row(
        row(
            index,
            cell,
            Integer.toUnsignedLong(epoch.getEpoch()),
            epoch.getSteps(),
            epoch.getLearningRate(),
            split,
            part,
            record.getExamples(),
            record.getAccuracy(),
            record.getLoss()));
  }
}
