package dev.rote.tables;

import dev.rote.figures.study.CellResults;
import dev.rote.v1.CheckpointMeasurement;
import dev.rote.v1.Measurement;
import dev.rote.v1.MeasurementSpec;
import dev.rote.v1.Sweep;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A table whose rows are of what was measured of trials at a checkpoint. */
abstract class MeasuredTable extends TrialTable {

  MeasuredTable(String name, List<String> axes, List<Column> own) {
    super(name, axes, own);
  }

  /** A measurement of a trial at an epoch, and where its rows go. */
  record Place(long index, CellResults cell, String measurement, long epoch, RowSink sink) {}

  @Override
  final void rows(Sweep sweep, long index, CellResults cell, RowSink sink) throws IOException {
    for (MeasurementSpec spec : sweep.getSpec().getMeasurementsList()) {
      Optional<Measurement> found = cell.measurement(spec.getName());
      if (found.isEmpty()) {
        continue;
      }
      for (CheckpointMeasurement checkpoint : found.get().getCheckpointsList()) {
        long epoch = Integer.toUnsignedLong(checkpoint.getEpoch());
        rows(new Place(index, cell, spec.getName(), epoch, sink), checkpoint);
      }
    }
  }

  /** Writes the rows of a checkpoint. */
  abstract void rows(Place place, CheckpointMeasurement checkpoint) throws IOException;
}
