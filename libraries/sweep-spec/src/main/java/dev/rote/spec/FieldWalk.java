package dev.rote.spec;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Goes through all fields of a message that are set, in their order and without recursion. */
final class FieldWalk {
  private FieldWalk() {}

  /** A field that is set. */
  interface Visitor {
    /**
     * Looks at a field.
     *
     * @param values its one value, or those of a list; entries of a map are messages
     * @return whether to go on into its messages
     */
    boolean field(Step path, FieldDescriptor field, List<?> values);
  }

  /**
   * A place in a message, put into words only when asked.
   *
   * @param index in a list; -1 for a single value
   */
  record Step(@Nullable Step parent, String name, int index) {
    /** Such as {@code spec.axes[1].name}. */
    String path() {
      List<String> names = new ArrayList<>();
      for (Step step = this; step != null; step = step.parent()) {
        String text = step.index() < 0 ? step.name() : step.name() + "[" + step.index() + "]";
        if (!text.isEmpty()) {
          names.add(text);
        }
      }
      Collections.reverse(names);
      return String.join(".", names);
    }

    Step at(int place) {
      return new Step(parent, name, place);
    }
  }

  /** A message that is still to be looked at. */
  private record Open(Message message, Step step) {}

  /**
   * Visits every field that is set.
   *
   * @param root what the message itself is called in paths
   */
  static void visit(Message message, String root, Visitor visitor) {
    Deque<Open> open = new ArrayDeque<>();
    open.push(new Open(message, new Step(null, root, -1)));
    while (!open.isEmpty()) {
      Open next = open.pop();
      List<Open> within = new ArrayList<>();
      for (Map.Entry<FieldDescriptor, Object> entry : next.message().getAllFields().entrySet()) {
        FieldDescriptor field = entry.getKey();
        Step step = new Step(next.step(), field.getJsonName(), -1);
        List<?> values =
            field.isRepeated() ? (List<?>) entry.getValue() : List.of(entry.getValue());
        if (visitor.field(step, field, values) && field.getJavaType() == JavaType.MESSAGE) {
          for (int i = 0; i < values.size(); i++) {
            within.add(new Open((Message) values.get(i), field.isRepeated() ? step.at(i) : step));
          }
        }
      }
      Collections.reverse(within);
      within.forEach(open::push);
    }
  }
}
