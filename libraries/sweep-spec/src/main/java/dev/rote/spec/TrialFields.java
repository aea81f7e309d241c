package dev.rote.spec;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** The fields that a trial, or a point of an axis, sets. */
final class TrialFields {
  private TrialFields() {}

  /**
   * Every field that is set and holds no fields itself: single values, lists, and messages with
   * nothing in them.
   *
   * @param each takes the path of the field and its value
   */
  static void leaves(Message message, BiConsumer<List<FieldDescriptor>, Object> each) {
    leaves(message, List.of(), each);
  }

  private static void leaves(
      Message message, List<FieldDescriptor> path, BiConsumer<List<FieldDescriptor>, Object> each) {
    for (Map.Entry<FieldDescriptor, Object> entry : message.getAllFields().entrySet()) {
      List<FieldDescriptor> at = new ArrayList<>(path);
      at.add(entry.getKey());
      boolean within = entry.getValue() instanceof Message child && !child.getAllFields().isEmpty();
      if (within) {
        leaves((Message) entry.getValue(), List.copyOf(at), each);
      } else {
        each.accept(List.copyOf(at), entry.getValue());
      }
    }
  }

  /** Such as {@code training.batchSize}. */
  static String name(List<FieldDescriptor> path) {
    return path.stream().map(FieldDescriptor::getJsonName).collect(Collectors.joining("."));
  }
}
