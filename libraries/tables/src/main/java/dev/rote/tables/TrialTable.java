package dev.rote.tables;

import dev.rote.figures.AxisColumns;
import dev.rote.figures.study.CellResults;
import dev.rote.v1.Sweep;
import dev.rote.v1.TrialResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table whose rows are of trials. Each begins with the trial's index in the sweep, its id, its
 * label on each axis and its repetition.
 */
abstract class TrialTable {
  private static final Column TRIAL = Column.integer("trial");
  private static final Column TRIAL_ID = Column.text("trial_id");
  private static final Column REPETITION = Column.integer("repetition");

  private final List<String> axes;
  private final Table table;

  /**
   * @param axes names of the sweep's axes
   * @param own columns after those of every trial
   */
  TrialTable(String name, List<String> axes, List<Column> own) {
    this.axes = axes;
    List<String> taken = new ArrayList<>(List.of("trial", "trial_id", "repetition"));
    own.forEach(column -> taken.add(column.name()));
    List<Column> columns = new ArrayList<>(List.of(TRIAL, TRIAL_ID));
    axes.forEach(axis -> columns.add(Column.text(AxisColumns.name(axis, axes, taken))));
    columns.add(REPETITION);
    columns.addAll(own);
    this.table = new Table(name, columns);
  }

  final Table table() {
    return table;
  }

  /** Writes the rows of one trial; none where nothing is stored of it. */
  abstract void rows(Sweep sweep, long index, CellResults cell, RowSink sink) throws IOException;

  /** A row of a trial; values of its own follow. */
  final @Nullable Object[] row(long index, CellResults cell, @Nullable Object... own) {
    @Nullable Object[] row = new Object[table.columns().size()];
    int at = 0;
    row[at++] = index;
    row[at++] = cell.trial().map(TrialResult::getTrialId).orElse(null);
    for (String axis : axes) {
      row[at++] = cell.labels().get(axis);
    }
    row[at++] = (long) cell.repetition();
    System.arraycopy(own, 0, row, at, own.length);
    return row;
  }
}
