package dev.rote.sweeps.admission;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.rote.spec.SpecException;
import dev.rote.v1.Sweep;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Refuses fields of a sweep that this version does not know, as the reading of files does: what
 * they ask for would be left undone without a word.
 */
final class UnknownFields {
  private static final int MOST_NUMBERS = 10;

  private UnknownFields() {}

  /**
   * Looks at a sweep and all messages within.
   *
   * @throws SpecException naming the first message with such fields, and their numbers
   */
  static void refuse(Sweep sweep) {
    refuse(sweep, "");
  }

  /* Recursion is safe: the parser of messages has bounded their depth. */
  private static void refuse(Message message, String path) {
    if (!message.getUnknownFields().asMap().isEmpty()) {
      List<Integer> numbers =
          new TreeSet<>(message.getUnknownFields().asMap().keySet())
              .stream().limit(MOST_NUMBERS).toList();
      throw new SpecException(
          path,
          "has fields that this version of the service does not know, of numbers "
              + numbers
              + " in "
              + message.getDescriptorForType().getName()
              + ": leave them out, or use the service of the version that the client is of");
    }
    for (Map.Entry<FieldDescriptor, Object> field : message.getAllFields().entrySet()) {
      if (field.getKey().getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
        String below = (path.isEmpty() ? "" : path + ".") + field.getKey().getJsonName();
        if (field.getValue() instanceof List<?> list) {
          for (int i = 0; i < list.size(); i++) {
            refuse((Message) list.get(i), below + "[" + i + "]");
          }
        } else {
          refuse((Message) field.getValue(), below);
        }
      }
    }
  }
}
