package dev.rote.spec;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.ListValue;
import com.google.protobuf.MapEntry;
import com.google.protobuf.Message;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.WireFormat;
import dev.rote.spec.Tree.Entry;
import dev.rote.spec.Tree.Kind;
import dev.rote.spec.Tree.Mapping;
import dev.rote.spec.Tree.Scalar;
import dev.rote.spec.Tree.Sequence;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Binds a {@link Tree} to a message by the proto JSON mapping, strictly: unknown fields and wrong
 * types are violations that name the full path. All violations are collected.
 */
final class MessageBinder {
  private static final int LONGEST_GUESSED = 60;

  private final Violations violations = new Violations();

  Violations violations() {
    return violations;
  }

  void bind(Tree tree, Message.Builder into, String path) {
    if (!(tree instanceof Mapping mapping)) {
      violate(path, tree, "must be a mapping of fields");
      return;
    }
    Descriptor type = into.getDescriptorForType();
    Map<FieldDescriptor, Entry> written = new HashMap<>();
    for (Entry entry : mapping.entries()) {
      String at = path.isEmpty() ? entry.key() : path + "." + entry.key();
      FieldDescriptor field = field(type, entry.key());
      Entry first = field == null ? null : written.putIfAbsent(field, entry);
      if (field == null) {
        violations.add(
            entry.where().violation(at, "there is no such field" + hint(entry.key(), type)));
      } else if (first != null) {
        violations.add(
            entry
                .where()
                .violation(
                    at,
                    "is the same field as "
                        + first.key()
                        + " "
                        + first.where().brackets()
                        + ": write it once"));
      } else if (!(entry.value() instanceof Scalar scalar && scalar.kind() == Kind.NULL)) {
        bindField(entry.value(), into, field, at);
      }
    }
  }

  private void bindField(Tree tree, Message.Builder into, FieldDescriptor field, String at) {
    if (field.isMapField()) {
      bindMap(tree, into, field, at);
    } else if (field.isRepeated()) {
      if (!(tree instanceof Sequence sequence)) {
        violate(at, tree, "must be a list");
        return;
      }
      int most = FieldBounds.items(field);
      if (sequence.items().size() > most) {
        violations.add(
            tree.where()
                .violation(at, "must be at most " + most + ", were " + sequence.items().size()));
        return;
      }
      for (int i = 0; i < sequence.items().size(); i++) {
        Object value = value(sequence.items().get(i), into, field, at + "[" + i + "]");
        if (value != null) {
          into.addRepeatedField(field, value);
        }
      }
    } else {
      var oneof = field.getRealContainingOneof();
      if (oneof != null && into.hasOneof(oneof)) {
        FieldDescriptor other = into.getOneofFieldDescriptor(oneof);
        violations.add(
            tree.where()
                .violation(
                    at, "cannot stand beside " + other.getJsonName() + ": write one of the two"));
        return;
      }
      Object value = value(tree, into, field, at);
      if (value != null) {
        into.setField(field, value);
      }
    }
  }

  private void bindMap(Tree tree, Message.Builder into, FieldDescriptor field, String at) {
    if (!(tree instanceof Mapping mapping)) {
      violate(at, tree, "must be a mapping");
      return;
    }
    for (Entry entry : mapping.entries()) {
      if (entry.value() instanceof Scalar scalar && scalar.kind() != Kind.NULL) {
        into.addRepeatedField(
            field,
            MapEntry.newDefaultInstance(
                    field.getMessageType(),
                    WireFormat.FieldType.STRING,
                    "",
                    WireFormat.FieldType.STRING,
                    "")
                .toBuilder()
                .setKey(entry.key())
                .setValue(scalar.text())
                .build());
      } else {
        violate(at + "." + entry.key(), entry.value(), "must be text");
      }
    }
  }

  private @Nullable Object value(
      Tree tree, Message.Builder parent, FieldDescriptor field, String at) {
    if (field.getJavaType() == JavaType.MESSAGE) {
      if (field.getMessageType().getFullName().equals(Value.getDescriptor().getFullName())) {
        return json(tree, at);
      }
      Message.Builder child = parent.newBuilderForField(field);
      bind(tree, child, at);
      return child.build();
    }
    if (!(tree instanceof Scalar scalar)) {
      violate(at, tree, "must be " + expected(field));
      return null;
    }
    boolean number = scalar.kind() == Kind.NUMBER && isNumber(field);
    Optional<String> problem = number ? NumberText.problem(scalar.text(), true) : Optional.empty();
    Object value = problem.isEmpty() ? scalar(scalar, field) : null;
    if (value == null) {
      String comma = isNumber(field) ? NumberText.decimalComma(scalar.text()) : "";
      violate(at, tree, "must " + problem.orElse("be " + expected(field) + comma));
    }
    return value;
  }

  private static boolean isNumber(FieldDescriptor field) {
    return switch (field.getJavaType()) {
      case INT, LONG, FLOAT, DOUBLE -> true;
      case BOOLEAN, STRING, BYTE_STRING, ENUM, MESSAGE -> false;
    };
  }

  private static @Nullable Object scalar(Scalar scalar, FieldDescriptor field) {
    return switch (field.getJavaType()) {
      case STRING -> scalar.kind() == Kind.TEXT ? scalar.text() : null;
      case BOOLEAN -> scalar.kind() == Kind.BOOLEAN ? Boolean.valueOf(scalar.text()) : null;
      case ENUM -> {
        EnumValueDescriptor value =
            scalar.kind() == Kind.TEXT ? field.getEnumType().findValueByName(scalar.text()) : null;
        yield value == null || value.getNumber() == 0 ? null : value;
      }
      case DOUBLE ->
          scalar.kind() == Kind.NUMBER ? Double.valueOf(NumberText.toDouble(scalar.text())) : null;
      case INT -> {
        BigInteger value = integer(scalar, false);
        yield value != null && value.signum() >= 0 && value.bitLength() <= 32
            ? value.intValue()
            : null;
      }
      case LONG -> {
        BigInteger value = integer(scalar, true);
        yield value != null && value.signum() >= 0 && value.bitLength() <= 64
            ? value.longValue()
            : null;
      }
      case FLOAT, BYTE_STRING, MESSAGE ->
          throw new IllegalStateException(
              "specifications have no field of the type of " + field.getFullName());
    };
  }

  /** Proto JSON writes 64-bit integers as text; both forms are read. */
  private static @Nullable BigInteger integer(Scalar scalar, boolean orText) {
    if (scalar.kind() != Kind.NUMBER && !(orText && scalar.kind() == Kind.TEXT)) {
      return null;
    }
    if (NumberText.problem(scalar.text(), false).isPresent()) {
      return null;
    }
    BigDecimal decimal = NumberText.decimal(scalar.text()).stripTrailingZeros();
    return decimal.scale() <= 0 ? decimal.toBigInteger() : null;
  }

  private Value json(Tree tree, String at) {
    if (tree instanceof Sequence sequence) {
      ListValue.Builder list = ListValue.newBuilder();
      for (int i = 0; i < sequence.items().size(); i++) {
        list.addValues(json(sequence.items().get(i), at + "[" + i + "]"));
      }
      return Value.newBuilder().setListValue(list).build();
    }
    if (tree instanceof Mapping mapping) {
      Struct.Builder struct = Struct.newBuilder();
      mapping
          .entries()
          .forEach(e -> struct.putFields(e.key(), json(e.value(), at + "." + e.key())));
      return Value.newBuilder().setStructValue(struct).build();
    }
    Scalar scalar = (Scalar) tree;
    return switch (scalar.kind()) {
      case TEXT -> Value.newBuilder().setStringValue(scalar.text()).build();
      case NUMBER -> Value.newBuilder().setNumberValue(number(scalar, at)).build();
      case BOOLEAN -> Value.newBuilder().setBoolValue(Boolean.parseBoolean(scalar.text())).build();
      case NULL -> Value.newBuilder().setNullValue(NullValue.NULL_VALUE).build();
    };
  }

  private double number(Scalar scalar, String at) {
    Optional<String> problem = NumberText.problem(scalar.text(), true);
    if (problem.isPresent()) {
      violate(at, scalar, "must " + problem.get());
      return 0;
    }
    if (NumberText.losesDigits(scalar.text())) {
      violate(
          at,
          scalar,
          "must stand in quotes, such as '9007199254740993', for a number here holds whole numbers"
              + " up to 2^53 - 1 only");
    }
    return NumberText.toDouble(scalar.text());
  }

  private static String expected(FieldDescriptor field) {
    return switch (field.getJavaType()) {
      case STRING -> "text (in quotes if it looks like a number)";
      case BOOLEAN -> "true or false";
      case DOUBLE, FLOAT -> "a number";
      case INT -> "a whole number from 0 to 4294967295";
      case LONG -> "a whole number from 0 to 18446744073709551615";
      case ENUM ->
          "one of "
              + field.getEnumType().getValues().stream()
                  .filter(value -> value.getNumber() != 0)
                  .map(EnumValueDescriptor::getName)
                  .collect(Collectors.joining(", "));
      case MESSAGE, BYTE_STRING -> "a mapping of fields";
    };
  }

  static @Nullable FieldDescriptor field(Descriptor type, String name) {
    for (FieldDescriptor field : type.getFields()) {
      if (field.getJsonName().equals(name) || field.getName().equals(name)) {
        return field;
      }
    }
    return null;
  }

  static List<String> names(Descriptor type) {
    return type.getFields().stream().map(FieldDescriptor::getJsonName).toList();
  }

  /** What may have been meant by a name that there is not. */
  static String hint(String name, Descriptor type) {
    return name.length() > LONGEST_GUESSED ? "" : NearestName.hint(name, names(type));
  }

  private void violate(String path, Tree tree, String expectation) {
    violations.add(tree.where().violation(path, expectation + ", was " + tree.brief()));
  }
}
