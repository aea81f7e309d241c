package dev.rote.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import dev.rote.v1.CorruptionSpec;
import dev.rote.v1.CriticalSamples;
import dev.rote.v1.ExampleSelection;
import dev.rote.v1.LabelCorruption;
import dev.rote.v1.MeasurementSpec;
import dev.rote.v1.StreamExamplesRequest;
import dev.rote.v1.Sweep;
import dev.rote.v1.TrainingSpec;
import dev.rote.v1.TrialSpec;
import dev.rote.v1.VariantSpec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UnknownEnumsTest {
  private static final int UNKNOWN = 99;

  /** Every path to an enum within a sweep as users write it, each message type once on the way. */
  static List<List<FieldDescriptor>> enums() {
    List<List<FieldDescriptor>> found = new ArrayList<>();
    collect(Sweep.getDescriptor(), List.of(), found);
    return found;
  }

  private static void collect(
      Descriptor type, List<FieldDescriptor> path, List<List<FieldDescriptor>> found) {
    for (FieldDescriptor field : type.getFields()) {
      List<FieldDescriptor> at = new ArrayList<>(path);
      at.add(field);
      if (field.getJavaType() == JavaType.ENUM && field.getFile().getPackage().equals("rote.v1")) {
        found.add(at);
      } else if (field.getJavaType() == JavaType.MESSAGE
          && path.stream()
              .noneMatch(step -> step.getMessageType().equals(field.getMessageType()))) {
        collect(field.getMessageType(), at, found);
      }
    }
  }

  private static void set(Message.Builder into, List<FieldDescriptor> path, int number) {
    FieldDescriptor field = path.get(0);
    if (path.size() == 1) {
      EnumValueDescriptor value = field.getEnumType().findValueByNumberCreatingIfUnknown(number);
      put(into, field, value);
      return;
    }
    Message.Builder child = into.newBuilderForField(field);
    set(child, path.subList(1, path.size()), number);
    put(into, field, child.build());
  }

  private static void put(Message.Builder into, FieldDescriptor field, Object value) {
    if (field.isRepeated()) {
      into.addRepeatedField(field, value);
    } else {
      into.setField(field, value);
    }
  }

  @Test
  void enums_ofASweep_areAllFound() {
    assertThat(enums()).hasSizeGreaterThan(20);
  }

  @ParameterizedTest
  @MethodSource("enums")
  void check_unknownValueAnywhereInASweep_isRefusedByItsPath(List<FieldDescriptor> path) {
    Sweep.Builder sweep = SweepFiles.parse(SweepFilesTest.SWEEP, "tiny.yaml").toBuilder();
    Sweep.Builder wrong = Sweep.newBuilder();
    set(wrong, path, UNKNOWN);
    sweep.mergeFrom(wrong.build());
    SpecException refused =
        catchThrowableOfType(SpecException.class, () -> SweepValidator.check(sweep.build()));
    assertThat(refused.violations()).hasSize(1);
    Violation violation = refused.violations().get(0);
    assertThat(violation.path().replaceAll("\\[\\d+]", "")).isEqualTo(TrialFields.name(path));
    assertThat(violation.message()).startsWith("must be one of ").endsWith(", was 99");
  }

  /** Written as unspecified, it would train like the default under an id of its own. */
  @Test
  void check_explicitlyUnspecified_isRefused() {
    TrialSpec.Builder trial =
        SweepFiles.parse(SweepFilesTest.SWEEP, "tiny.yaml").getSpec().getTrial().toBuilder();
    trial.getTrainingBuilder().setSampling(TrainingSpec.Sampling.UNSPECIFIED);
    SpecException refused =
        catchThrowableOfType(SpecException.class, () -> SweepValidator.check(trial.build()));
    assertThat(refused)
        .hasMessage(
            "trial.training.sampling: must be one of EPOCHS, WITH_REPLACEMENT, or left out, was"
                + " UNSPECIFIED");
  }

  @Test
  void check_everyOtherDoor_refusesUnknownValues() {
    TrialSpec trial =
        TrialSpec.newBuilder()
            .setTraining(TrainingSpec.newBuilder().setSamplingValue(UNKNOWN))
            .build();
    assertThat(catchThrowableOfType(SpecException.class, () -> SweepValidator.check(trial)))
        .hasMessageContaining("trial.training.sampling");
    VariantSpec variant =
        VariantSpec.newBuilder()
            .setCorruption(
                CorruptionSpec.newBuilder()
                    .setLabels(LabelCorruption.newBuilder().setRuleValue(UNKNOWN)))
            .build();
    assertThat(
            catchThrowableOfType(SpecException.class, () -> SweepValidator.checkVariant(variant)))
        .hasMessageContaining("variant.corruption.labels.rule");
    CriticalSamples search =
        CriticalSamples.newBuilder()
            .setExamples(ExampleSelection.newBuilder().setSplitValue(UNKNOWN))
            .build();
    MeasurementSpec measurement = MeasurementSpec.newBuilder().setCriticalSamples(search).build();
    assertThat(
            catchThrowableOfType(
                SpecException.class, () -> SweepValidator.checkMeasurement(measurement)))
        .hasMessageContaining("measurement.criticalSamples.examples.split");
    assertThat(catchThrowableOfType(SpecException.class, () -> SweepValidator.checkSearch(search)))
        .hasMessageContaining("search.examples.split");
  }

  @Test
  void refuse_anyOtherMessage_looksAtItsEnumsAlone() {
    assertThatCode(() -> UnknownEnums.refuse(StreamExamplesRequest.getDefaultInstance(), ""))
        .doesNotThrowAnyException();
    StreamExamplesRequest wrong = StreamExamplesRequest.newBuilder().setSplitValue(7).build();
    assertThat(catchThrowableOfType(SpecException.class, () -> UnknownEnums.refuse(wrong, "")))
        .hasMessage("split: must be one of TRAINING, VALIDATION, was 7");
  }
}
