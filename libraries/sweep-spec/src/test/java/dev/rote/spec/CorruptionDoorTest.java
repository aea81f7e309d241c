package dev.rote.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.rote.v1.CheckpointMeasurement;
import dev.rote.v1.DynamicsValues;
import dev.rote.v1.Sweep;
import dev.rote.v1.VariantSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a sweep may ask of its data beside the rules of the paper. */
class CorruptionDoorTest {
  private static final String SWEEP =
      """
      apiVersion: rote.dev/v1
      kind: Sweep
      metadata: {name: tiny}
      spec:
        trial:
          dataset: {name: mnist, trainSize: 1000, validationSize: 100}
          corruption: {}
          model: {mlp: {hidden: [16]}}
          training: {epochs: 2}
      """;

  private static Sweep corrupted(String corruption) {
    return SweepFiles.parse(
        SWEEP.replace("corruption: {}", "corruption: " + corruption), "test.yaml");
  }

  private static void assertRefused(Sweep sweep, String path, String message) {
    assertThatThrownBy(() -> SweepValidator.check(sweep))
        .asInstanceOf(type(SpecException.class))
        .satisfies(
            refused ->
                assertThat(refused.violations())
                    .anySatisfy(
                        violation -> {
                          assertThat(violation.path()).isEqualTo(path);
                          assertThat(violation.message()).startsWith(message);
                        }));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{thresholdClass: {}}",
        "{thresholdClass: {part: 2}, labels: {rule: RANDOM, level: 0.2}, inputs: {rule: UNIFORM}}"
      })
  void check_soundCorruption_passes(String corruption) {
    assertThatCode(() -> SweepValidator.check(corrupted(corruption))).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {thresholdClass: {part: 0}} | thresholdClass.part | must be in [1, 2], was 0
          {thresholdClass: {part: 3}} | thresholdClass.part | must be in [1, 2], was 3
          {thresholdClass: {}, labels: {rule: UNIQUE}} | thresholdClass | cannot stand beside the rule UNIQUE
          """)
  void check_unsoundCorruption_isRefused(String corruption, String field, String message) {
    assertRefused(corrupted(corruption), "spec.trial.corruption." + field, message);
  }

  @Test
  void check_aumOverThresholdWithoutItsClass_isRefused() {
    String measured =
        SWEEP + "  measurements:\n  - {name: d, dynamics: {scores: [AUM_OVER_THRESHOLD]}}\n";
    assertRefused(
        SweepFiles.parse(measured, "test.yaml"),
        "spec.measurements[0].dynamics.scores",
        "AUM_OVER_THRESHOLD needs examples of a class that does not exist: write corruption:"
            + " {thresholdClass: {}}");
    Sweep sound =
        SweepFiles.parse(
            measured
                .replace("corruption: {}", "corruption: {thresholdClass: {}}")
                .replace("THRESHOLD]", "THRESHOLD], aumBeforeRateDrop: true"),
            "test.yaml");
    assertThatCode(() -> SweepValidator.check(sound)).doesNotThrowAnyException();
  }

  /** The first part, written or not, is one variant; beside the class nothing is needed. */
  @Test
  void fill_thresholdClass_isACorruptionWithAPart() {
    VariantSpec.Builder unwritten = VariantSpec.newBuilder();
    unwritten.getDatasetBuilder().setName("mnist");
    VariantSpec none = unwritten.build();
    unwritten.getCorruptionBuilder().getThresholdClassBuilder();
    VariantSpec.Builder written = unwritten.clone();
    written.getCorruptionBuilder().getThresholdClassBuilder().setPart(1);
    assertThat(Ids.variantId(unwritten.build())).isEqualTo(Ids.variantId(written.build()));
    assertThat(Ids.variantId(unwritten.build())).isNotEqualTo(Ids.variantId(none));
  }

  @Test
  void values_thatAMeasurementDoesNotHave_areNoZeros() {
    CheckpointMeasurement without =
        CheckpointMeasurement.newBuilder().setDynamics(DynamicsValues.getDefaultInstance()).build();
    assertThat(MeasuredValues.of(without, "aumThreshold")).isEmpty();
    assertThat(MeasuredValues.of(without, "clean")).hasValue(0);
    CheckpointMeasurement with =
        CheckpointMeasurement.newBuilder()
            .setDynamics(DynamicsValues.newBuilder().setAumThreshold(-1))
            .build();
    assertThat(MeasuredValues.of(with, "aumThreshold")).hasValue(-1);
  }
}
