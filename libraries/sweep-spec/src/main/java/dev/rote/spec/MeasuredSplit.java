package dev.rote.spec;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.rote.v1.ExampleSelection;
import dev.rote.v1.MeasurementSpec;

/** Which split the examples of a measurement are of. */
public final class MeasuredSplit {

  private MeasuredSplit() {}

  /**
   * The split that the kind's {@code examples} names; TRAINING for a kind that has no such choice.
   *
   * @param measurement all defaults filled in
   */
  public static ExampleSelection.Split of(MeasurementSpec measurement) {
    for (Object value : measurement.getAllFields().values()) {
      if (value instanceof Message kind) {
        FieldDescriptor examples = kind.getDescriptorForType().findFieldByName("examples");
        if (examples != null
            && kind.getField(examples) instanceof ExampleSelection selection
            && selection.hasSplit()) {
          return selection.getSplit();
        }
      }
    }
    return ExampleSelection.Split.TRAINING;
  }
}
