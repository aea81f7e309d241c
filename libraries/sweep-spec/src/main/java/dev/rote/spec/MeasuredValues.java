package dev.rote.spec;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.rote.v1.CheckpointMeasurement;
import dev.rote.v1.MeasurementSpec;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The single numbers of a measurement by name: the numeric fields of its kind's {@code ...Values}
 * message, which stands under the same name in {@link CheckpointMeasurement} as the kind does in
 * {@link MeasurementSpec}. So a number that a new kind of measurement stores can be drawn and
 * judged without further code.
 */
public final class MeasuredValues {
  private MeasuredValues() {}

  /** Names of the numbers of a kind, in lowerCamelCase. */
  public static List<String> names(MeasurementSpec.KindCase kind) {
    return valuesField(kind).stream()
        .flatMap(field -> field.getMessageType().getFields().stream())
        .filter(MeasuredValues::isNumber)
        .map(FieldDescriptor::getJsonName)
        .toList();
  }

  /** The number of that name at a checkpoint; empty when the checkpoint's kind has none. */
  public static OptionalDouble of(CheckpointMeasurement checkpoint, String name) {
    for (FieldDescriptor kind : CheckpointMeasurement.getDescriptor().getFields()) {
      if (kind.getJavaType() == FieldDescriptor.JavaType.MESSAGE && checkpoint.hasField(kind)) {
        Message values = (Message) checkpoint.getField(kind);
        for (FieldDescriptor field : kind.getMessageType().getFields()) {
          boolean there = !field.hasPresence() || values.hasField(field);
          if (isNumber(field) && there && field.getJsonName().equals(name)) {
            return OptionalDouble.of(number(values, field));
          }
        }
      }
    }
    return OptionalDouble.empty();
  }

  private static Optional<FieldDescriptor> valuesField(MeasurementSpec.KindCase kind) {
    FieldDescriptor spec = MeasurementSpec.getDescriptor().findFieldByNumber(kind.getNumber());
    return spec == null
        ? Optional.empty()
        : Optional.ofNullable(
            CheckpointMeasurement.getDescriptor().findFieldByName(spec.getName()));
  }

  private static boolean isNumber(FieldDescriptor field) {
    return !field.isRepeated()
        && switch (field.getJavaType()) {
          case INT, LONG, FLOAT, DOUBLE, BOOLEAN -> true;
          case STRING, BYTE_STRING, ENUM, MESSAGE -> false;
        };
  }

  private static double number(Message values, FieldDescriptor field) {
    Object value = values.getField(field);
    if (value instanceof Boolean holds) {
      return holds ? 1 : 0;
    }
    return ((Number) value).doubleValue();
  }
}
