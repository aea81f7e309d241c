package dev.rote.tables;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.rote.figures.study.CellResults;
import dev.rote.v1.CheckpointMeasurement;
import dev.rote.v1.Measurement;
import dev.rote.v1.MeasurementSpec;
import dev.rote.v1.Sweep;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A row for each single number that was measured; arrays over examples stand in the scores. */
final class MeasurementsTable extends TrialTable {

  MeasurementsTable(List<String> axes) {
    super(
        "measurements",
        axes,
        List.of(
            Column.text("measurement"),
            Column.text("kind"),
            Column.integer("epoch"),
            Column.text("quantity"),
            Column.float64("value")));
  }

  @Override
  void rows(Sweep sweep, long index, CellResults cell, RowSink sink) throws IOException {
    for (MeasurementSpec spec : sweep.getSpec().getMeasurementsList()) {
      Optional<Measurement> found = cell.measurement(spec.getName());
      if (found.isEmpty()) {
        continue;
      }
      for (CheckpointMeasurement checkpoint : found.get().getCheckpointsList()) {
        for (Map.Entry<FieldDescriptor, Object> kind : checkpoint.getAllFields().entrySet()) {
          if (kind.getValue() instanceof Message values) {
            Object[] key = {
              spec.getName(),
              kind.getKey().getJsonName(),
              Integer.toUnsignedLong(checkpoint.getEpoch())
            };
            numbers(index, cell, key, values, sink);
          }
        }
      }
    }
  }

  private void numbers(long index, CellResults cell, Object[] key, Message values, RowSink sink)
      throws IOException {
    for (FieldDescriptor field : values.getDescriptorForType().getFields()) {
      Double value = field.isRepeated() ? null : number(values.getField(field));
      if (value != null) {
        sink.row(row(index, cell, key[0], key[1], key[2], field.getJsonName(), value));
      }
    }
  }

  /** What is no number is left out; of a flag, 1 or 0. */
  private static @Nullable Double number(Object value) {
    if (value instanceof Integer unsigned) {
      return (double) Integer.toUnsignedLong(unsigned);
    }
    if (value instanceof Boolean flag) {
      return flag ? 1.0 : 0.0;
    }
    return value instanceof Number number ? (Double) number.doubleValue() : null;
  }
}
