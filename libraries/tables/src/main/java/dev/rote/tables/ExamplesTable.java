package dev.rote.tables;

import dev.rote.figures.study.CellResults;
import dev.rote.figures.study.TracedExamples;
import dev.rote.figures.study.TrialTrace;
import dev.rote.v1.Sweep;
import dev.rote.v1.TraceBlock;
import dev.rote.v1.TracePass;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A row for each training example, epoch and trial that has a trace. Of examples beyond 65,536 the
 * epochs come block by block.
 */
final class ExamplesTable extends TrialTable {

  ExamplesTable(List<String> axes) {
    super(
        "examples",
        axes,
        List.of(
            Column.integer("epoch"),
            Column.integer("source_index"),
            Column.integer("label"),
            Column.integer("source_label"),
            Column.float32("margin"),
            Column.float32("loss"),
            Column.integer("prediction"),
            Column.float32("presented_margin"),
            Column.float32("presented_loss"),
            Column.integer("presented_prediction")));
  }

  @Override
  void rows(Sweep sweep, long index, CellResults cell, RowSink sink) throws IOException {
    Optional<TrialTrace> trace = cell.trace();
    if (trace.isPresent()) {
      trace.get().read((examples, block) -> rows(index, cell, examples, block, sink));
    }
  }

  private void rows(
      long index, CellResults cell, TracedExamples examples, TraceBlock block, RowSink sink)
      throws IOException {
    for (int i = 0; i < examples.count(); i++) {
      TracePass end = block.getEpochEnd();
      TracePass presented = block.getPresentation();
      boolean shown = block.hasPresentation();
      sink.row(
          row(
              index,
              cell,
              Integer.toUnsignedLong(block.getEpoch()),
              examples.sourceIndex(i),
              (long) examples.label(i),
              (long) examples.sourceLabel(i),
              end.getMargins(i),
              end.getLosses(i),
              predicted(end, i),
              shown ? presented.getMargins(i) : null,
              shown ? presented.getLosses(i) : null,
              shown ? predicted(presented, i) : null));
    }
  }

  private static @Nullable Long predicted(TracePass pass, int example) {
    int stored = pass.getPredictions(example);
    return stored == 0 ? null : (long) stored - 1;
  }
}
