package dev.rote.spec;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.rote.v1.TrialSpec;
import java.util.Map;

/** Lays a point of an axis over a trial: set fields override, messages merge, lists replace. */
final class SpecMerge {
  private SpecMerge() {}

  static TrialSpec merge(TrialSpec base, TrialSpec patch) {
    TrialSpec.Builder merged = base.toBuilder();
    mergeInto(merged, patch);
    return merged.build();
  }

  private static void mergeInto(Message.Builder base, Message patch) {
    for (Map.Entry<FieldDescriptor, Object> entry : patch.getAllFields().entrySet()) {
      FieldDescriptor field = entry.getKey();
      if (!field.isRepeated()
          && field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
          && base.hasField(field)) {
        Message.Builder child = ((Message) base.getField(field)).toBuilder();
        mergeInto(child, (Message) entry.getValue());
        base.setField(field, child.build());
      } else {
        base.setField(field, entry.getValue());
      }
    }
  }
}
