package dev.rote.tables;

import dev.rote.figures.study.CellResults;
import dev.rote.v1.EpochRecord;
import dev.rote.v1.Sweep;
import dev.rote.v1.TrialResult;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A row for each trial of the grid, whatever became of it. */
final class TrialsTable extends TrialTable {

  TrialsTable(List<String> axes) {
    super(
        "trials",
        axes,
        List.of(
            Column.text("state"),
            Column.text("outcome"),
            Column.integer("diverged_at_epoch"),
            Column.integer("epochs"),
            Column.integer("steps"),
            Column.integer("parameters"),
            Column.float64("training_seconds"),
            Column.integer("seed"),
            Column.text("variant_id"),
            Column.text("backend")));
  }

  @Override
  void rows(Sweep sweep, long index, CellResults cell, RowSink sink) throws IOException {
    String state = cell.end().words();
    Optional<TrialResult> found = cell.trial();
    if (found.isEmpty()) {
      sink.row(row(index, cell, state));
      return;
    }
    TrialResult trial = found.get();
    boolean diverged = trial.getOutcome() == TrialResult.Outcome.DIVERGED;
    @Nullable EpochRecord last =
        trial.getHistoryCount() == 0 ? null : trial.getHistory(trial.getHistoryCount() - 1);
    sink.row(
        row(
            index,
            cell,
            state,
            trial.getOutcome().name().toLowerCase(Locale.ROOT),
            diverged ? Integer.toUnsignedLong(trial.getDivergedAtEpoch()) : null,
            last == null ? null : Integer.toUnsignedLong(last.getEpoch()),
            last == null ? null : last.getSteps(),
            trial.getParameters(),
            trial.getTrainingSeconds(),
            trial.getSpec().getSeed(),
            trial.getVariantId(),
            trial.getBackend()));
  }
}
