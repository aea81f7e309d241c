package dev.rote.spec;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.rote.v1.ExampleSelection;
import dev.rote.v1.MeasurementSpec;
import java.util.List;

/**
 * A kind that scores single examples and asks for nothing but which: its message has the field
 * {@code examples} alone.
 *
 * @param several whether it compares checkpoints, and so needs two
 * @param names of its scores
 */
record ScoringKind(MeasurementSpec.KindCase field, boolean several, List<String> names)
    implements MeasurementKind {
  ScoringKind {
    names = List.copyOf(names);
  }

  private FieldDescriptor kind() {
    return MeasurementSpec.getDescriptor().findFieldByNumber(field.getNumber());
  }

  private FieldDescriptor examples() {
    return kind().getMessageType().findFieldByName("examples");
  }

  @Override
  public void fill(MeasurementSpec.Builder spec) {
    Message.Builder own = ((Message) spec.getField(kind())).toBuilder();
    ExampleSelection written = (ExampleSelection) own.getField(examples());
    own.setField(
        examples(), MeasurementKinds.examples(written, ExampleSelection.Split.TRAINING, 0));
    spec.setField(kind(), own.build());
  }

  @Override
  public List<String> scores(MeasurementSpec spec) {
    return names;
  }

  @Override
  public void check(Checks checks, MeasurementSpec spec) {
    Message own = (Message) spec.getField(kind());
    MeasurementKinds.check(checks, (ExampleSelection) own.getField(examples()));
    checks.require(
        !several || !(spec.getFinalOnly() || spec.getEpochsCount() == 1),
        "",
        "compares checkpoints: write two epochs at least, or leave out epochs and finalOnly");
  }
}
