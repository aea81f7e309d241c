package dev.rote.tables;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.rote.v1.CheckpointMeasurement;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A row for each single number that was measured; arrays over examples stand in the scores. */
final class MeasurementsTable extends MeasuredTable {

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
  void rows(Place place, CheckpointMeasurement checkpoint) throws IOException {
    for (Map.Entry<FieldDescriptor, Object> kind : checkpoint.getAllFields().entrySet()) {
      if (kind.getValue() instanceof Message values) {
        numbers(place, kind.getKey().getJsonName(), values);
      }
    }
  }

  private void numbers(Place place, String kind, Message values) throws IOException {
    for (FieldDescriptor field : values.getDescriptorForType().getFields()) {
      Double value = field.isRepeated() ? null : number(values.getField(field));
      if (value != null) {
        place
            .sink()
            .row(
                row(
                    place.index(),
                    place.cell(),
                    place.measurement(),
                    kind,
                    place.epoch(),
                    field.getJsonName(),
                    value));
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
