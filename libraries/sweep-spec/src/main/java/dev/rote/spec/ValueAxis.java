package dev.rote.spec;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Value;
import dev.rote.spec.Tree.Entry;
import dev.rote.spec.Tree.Mapping;
import dev.rote.v1.Axis;
import dev.rote.v1.AxisPoint;
import dev.rote.v1.TrialSpec;
import java.util.ArrayList;
import java.util.List;

/** An axis written as a field and its values: the points that it stands for. */
final class ValueAxis {
  /** The largest whole number whose neighbours are different doubles, too. */
  private static final double EXACT = (1L << 53) - 1;

  private final String path;
  private final String field;
  private final List<FieldDescriptor> steps;

  private ValueAxis(Axis axis, String path) {
    this.path = path;
    this.field = axis.getField();
    this.steps = steps();
  }

  /** Both ways of writing an axis become points that set parts of a trial. */
  static List<AxisPoint> points(Axis axis, String path) {
    if (axis.getValuesCount() == 0) {
      return axis.getPointsList();
    }
    ValueAxis values = new ValueAxis(axis, path);
    List<AxisPoint> points = new ArrayList<>();
    for (int i = 0; i < axis.getValuesCount(); i++) {
      Value value = axis.getValues(i);
      points.add(
          AxisPoint.newBuilder().setLabel(label(value)).setSet(values.patch(value, i)).build());
    }
    return List.copyOf(points);
  }

  /** Labels of the points, also of an axis whose values fit no field. */
  static List<String> labels(Axis axis) {
    return axis.getValuesCount() == 0
        ? axis.getPointsList().stream().map(AxisPoint::getLabel).toList()
        : axis.getValuesList().stream().map(ValueAxis::label).toList();
  }

  private List<FieldDescriptor> steps() {
    List<String> names = List.of(field.split("\\.", -1));
    List<FieldDescriptor> found = new ArrayList<>();
    var type = TrialSpec.getDescriptor();
    for (int i = 0; i < names.size(); i++) {
      FieldDescriptor step = MessageBinder.field(type, names.get(i));
      if (step == null) {
        throw wrong(
            "must be the path of a field of the trial, was \""
                + field
                + "\": no "
                + names.get(i)
                + MessageBinder.hint(names.get(i), type));
      }
      boolean last = i == names.size() - 1;
      boolean message = step.getJavaType() == JavaType.MESSAGE && !step.isRepeated();
      if (last == message) {
        throw wrong(
            "must lead to a single value or a list, was \""
                + field
                + "\": "
                + names.get(i)
                + (message
                    ? " holds " + String.join(", ", MessageBinder.names(step.getMessageType()))
                    : " holds no fields"));
      }
      found.add(step);
      if (message) {
        type = step.getMessageType();
      }
    }
    return found;
  }

  private SpecException wrong(String message) {
    return new SpecException(path + ".field", message);
  }

  private TrialSpec patch(Value value, int index) {
    String at = path + ".values[" + index + "]";
    boolean whole = steps.get(steps.size() - 1).getJavaType() == JavaType.LONG;
    if (whole && Math.abs(value.getNumberValue()) > EXACT) {
      throw new SpecException(
          at,
          field
              + " must be text here, such as \"9007199254740993\": numbers hold whole numbers up to"
              + " 2^53 - 1 only, was "
              + TreeReader.number(value.getNumberValue()));
    }
    Tree tree = TreeReader.of(value);
    for (int i = steps.size() - 1; i >= 0; i--) {
      Entry entry = new Entry(steps.get(i).getJsonName(), tree, Place.unknown());
      tree = new Mapping(List.of(entry), Place.unknown());
    }
    TrialSpec.Builder patch = TrialSpec.newBuilder();
    MessageBinder binder = new MessageBinder();
    binder.bind(tree, patch, "");
    if (!binder.violations().isEmpty()) {
      throw new SpecException(at, field + " " + binder.violations().list().get(0).message());
    }
    return patch.build();
  }

  private static String label(Value value) {
    return switch (value.getKindCase()) {
      case STRING_VALUE -> value.getStringValue();
      case NUMBER_VALUE -> TreeReader.number(value.getNumberValue());
      case BOOL_VALUE -> Boolean.toString(value.getBoolValue());
      case LIST_VALUE ->
          "["
              + value.getListValue().getValuesList().stream()
                  .map(ValueAxis::label)
                  .reduce((a, b) -> a + ", " + b)
                  .orElse("")
              + "]";
      case STRUCT_VALUE, NULL_VALUE, KIND_NOT_SET -> "";
    };
  }
}
