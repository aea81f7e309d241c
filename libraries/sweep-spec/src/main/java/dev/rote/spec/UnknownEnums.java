package dev.rote.spec;

import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Refuses values of enums that this version does not know. A message holds them as they came, and
 * whatever switches over them would take some other meaning.
 */
public final class UnknownEnums {
  private UnknownEnums() {}

  /**
   * Looks at every enum of a message and of all messages within.
   *
   * @param path what the message is called in violations; may be empty
   * @throws SpecException naming the fields with values that are not known
   */
  public static void refuse(Message message, String path) {
    Violations violations = new Violations();
    FieldWalk.visit(
        message,
        path,
        (step, field, values) -> {
          check(step, field, values, violations);
          return true;
        });
    violations.throwIfAny();
  }

  static void check(
      FieldWalk.Step step, FieldDescriptor field, List<?> values, Violations violations) {
    if (field.getJavaType() != JavaType.ENUM) {
      return;
    }
    for (int i = 0; i < values.size(); i++) {
      int number = ((EnumValueDescriptor) values.get(i)).getNumber();
      if (field.getEnumType().findValueByNumber(number) == null) {
        FieldWalk.Step at = field.isRepeated() ? step.at(i) : step;
        violations.add(
            new Violation(
                at.path(), "must be one of " + names(field.getEnumType()) + ", was " + number));
      }
    }
  }

  /** The values that can be written. */
  static String names(EnumDescriptor type) {
    return type.getValues().stream()
        .filter(value -> value.getNumber() != 0)
        .map(EnumValueDescriptor::getName)
        .collect(Collectors.joining(", "));
  }
}
