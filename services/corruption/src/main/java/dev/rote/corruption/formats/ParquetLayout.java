package dev.rote.corruption.formats;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import dev.rote.corruption.datasets.NamedFile;
import dev.rote.v1.FileSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/**
 * Which columns of a Parquet file hold the inputs, and which the label.
 *
 * @param picture the column of encoded pictures; empty for numbers
 * @param features columns of numbers, in order; one that is a list holds all of them
 * @param label of numbers or texts
 * @param classes names of the classes, where the file says them as dataset hubs do
 */
record ParquetLayout(
    Optional<ColumnDescriptor> picture,
    List<ColumnDescriptor> features,
    ColumnDescriptor label,
    List<String> classes) {
  /** Names of the parts of a picture's column, as dataset hubs have it. */
  private static final String BYTES = "bytes";

  private static final String HUB = "huggingface";
  private static final int LONGEST_METADATA = 8 << 20;

  static ParquetLayout of(MessageType schema, Optional<String> hub, FileSet set, NamedFile file) {
    List<Type> fields = schema.getFields();
    List<String> names = fields.stream().map(Type::getName).toList();
    Optional<Type> inputs =
        set.getImage().isEmpty()
            ? fields.stream().filter(ParquetLayout::isPicture).findFirst()
            : Optional.of(fields.get(Columns.named(set.getImage(), "image", names, file)));
    boolean pictures = inputs.filter(ParquetLayout::isPicture).isPresent();
    List<Boolean> numeric =
        fields.stream()
            .map(field -> isNumber(field) && inputs.filter(field::equals).isEmpty())
            .toList();
    int label = label(set, names, fields, inputs, file);
    List<ColumnDescriptor> features = new ArrayList<>();
    if (inputs.isPresent() && !pictures) {
      features.add(leaf(schema, inputs.get(), file));
    } else if (!pictures) {
      for (int feature : Columns.of(withLabel(set, label), names, numeric, file).features()) {
        features.add(leaf(schema, fields.get(feature), file));
      }
    }
    return new ParquetLayout(
        pictures ? Optional.of(leaf(schema, inputs.get(), file)) : Optional.empty(),
        List.copyOf(features),
        leaf(schema, fields.get(label), file),
        hub.map(json -> classes(json, names.get(label))).orElse(List.of()));
  }

  /** What was chosen and is not written. */
  List<String> notes(FileSet set) {
    List<String> notes = new ArrayList<>();
    if (set.getLabel().isEmpty()) {
      notes.add("labels are the column " + name(label) + ": `label` names another");
    }
    if (set.getImage().isEmpty() && picture.isPresent()) {
      notes.add("inputs are the pictures of the column " + name(picture.get()));
    } else if (set.getImage().isEmpty() && set.getFeaturesList().isEmpty()) {
      notes.add(Columns.inferred(features.stream().map(ParquetLayout::name).toList()));
    }
    return notes;
  }

  private static String name(ColumnDescriptor column) {
    return FirstBytes.text(column.getPath()[0]);
  }

  private static FileSet withLabel(FileSet set, int label) {
    return set.toBuilder().setLabel("" + label).build();
  }

  /* A label is a number or a text: hubs put other columns beside it. */
  private static int label(
      FileSet set, List<String> names, List<Type> fields, Optional<Type> inputs, NamedFile file) {
    int label = Columns.label(set, names, file);
    for (int c = fields.size() - 1;
        set.getLabel().isEmpty() && c >= 0 && inputs.filter(fields.get(label)::equals).isPresent();
        c--) {
      label = c;
    }
    Type type = fields.get(label);
    if (!isNumber(type) && !isText(type)) {
      throw file.unfit(
          "has a column "
              + FirstBytes.text(type.getName())
              + " that is no label, of whole numbers or texts: say which one is, by `label`",
          "label",
          "numbers or texts",
          type.toString());
    }
    return label;
  }

  private static boolean isPicture(Type field) {
    if (field.isPrimitive()) {
      return field.asPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.BINARY
          && field.getLogicalTypeAnnotation() == null
          && !field.isRepetition(Type.Repetition.REPEATED);
    }
    GroupType group = field.asGroupType();
    return group.containsField(BYTES)
        && group.getType(BYTES).isPrimitive()
        && isPicture(group.getType(BYTES));
  }

  private static boolean isNumber(Type field) {
    if (!field.isPrimitive()) {
      return false;
    }
    LogicalTypeAnnotation meaning = field.getLogicalTypeAnnotation();
    boolean plain =
        meaning == null || meaning instanceof LogicalTypeAnnotation.IntLogicalTypeAnnotation;
    return switch (field.asPrimitiveType().getPrimitiveTypeName()) {
      case INT32, INT64 -> plain;
      case FLOAT, DOUBLE, BOOLEAN -> true;
      case BINARY, FIXED_LEN_BYTE_ARRAY, INT96 -> false;
    };
  }

  private static boolean isText(Type field) {
    return field.isPrimitive()
        && field.asPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.BINARY;
  }

  /** The column itself, what it holds under {@code bytes}, or the only one within. */
  private static ColumnDescriptor leaf(MessageType schema, Type field, NamedFile file) {
    List<ColumnDescriptor> within =
        schema.getColumns().stream()
            .filter(column -> column.getPath()[0].equals(field.getName()))
            .toList();
    List<ColumnDescriptor> bytes =
        within.stream()
            .filter(column -> column.getPath().length == 2 && column.getPath()[1].equals(BYTES))
            .toList();
    List<ColumnDescriptor> found = bytes.size() == 1 ? bytes : within;
    if (found.size() != 1) {
      throw file.unfit(
          "has a column " + FirstBytes.text(field.getName()) + " of " + found.size() + " parts",
          "column",
          "one part",
          "" + found.size());
    }
    return found.get(0);
  }

  /** Names of the classes of a label, in what dataset hubs write beside the columns. */
  private static List<String> classes(String json, String label) {
    if (json.length() > LONGEST_METADATA) {
      return List.of();
    }
    Struct.Builder read = Struct.newBuilder();
    try {
      JsonFormat.parser().merge(json, read);
    } catch (InvalidProtocolBufferException e) {
      /* What is beside the columns is a note of other programs: columns are read without it. */
      return List.of();
    }
    Value names = Value.newBuilder().setStructValue(read).build();
    for (String step : List.of("info", "features", label, "names")) {
      names = names.getStructValue().getFieldsOrDefault(step, Value.getDefaultInstance());
    }
    Stream<Value> list = names.getListValue().getValuesList().stream();
    return list.map(Value::getStringValue).toList();
  }

  /** The key of what dataset hubs write beside the columns. */
  static String hub() {
    return HUB;
  }
}
