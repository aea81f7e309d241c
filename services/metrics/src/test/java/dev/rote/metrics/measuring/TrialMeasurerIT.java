package dev.rote.metrics.measuring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.rote.agreement.EngineUnderTest;
import dev.rote.artifacts.ArtifactKeys;
import dev.rote.artifacts.ObjectStoreException;
import dev.rote.artifacts.OtherVersionException;
import dev.rote.artifacts.messages.StoredMessage;
import dev.rote.artifacts.variants.StoredVariants;
import dev.rote.artifacts.variants.VariantCache;
import dev.rote.metrics.StoredStudy;
import dev.rote.metrics.storage.MissingArtifactException;
import dev.rote.metrics.storage.StoredNetworks;
import dev.rote.metrics.storage.StoredTrials;
import dev.rote.spec.AdmittedMeasurement;
import dev.rote.spec.Ids;
import dev.rote.spec.TrialId;
import dev.rote.testkit.TestStack;
import dev.rote.v1.AccuracySeries;
import dev.rote.v1.AccuracyValues;
import dev.rote.v1.CheckpointMeasurement;
import dev.rote.v1.CriticalSampleValues;
import dev.rote.v1.CriticalSamples;
import dev.rote.v1.ExampleErrorValues;
import dev.rote.v1.ExampleErrors;
import dev.rote.v1.Fgsm;
import dev.rote.v1.Measurement;
import dev.rote.v1.MeasurementSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Against a real object store. */
class TrialMeasurerIT {
  private static final TestStack STACK = new TestStack();

  @BeforeAll
  static void writeStudy() {
    new StoredStudy(STACK.store()).write();
  }

  @AfterAll
  static void stop() {
    STACK.close();
  }

  private static TrialMeasurer measurer() {
    return new TrialMeasurer(
        new StoredTrials(
            STACK.store(),
            new VariantCache(new StoredVariants(STACK.store()), STACK.cache(), 1 << 20)),
        new StoredNetworks(STACK.store(), EngineUnderTest.open()),
        System::nanoTime);
  }

  private static MeasurementSpec fgsm(double radius) {
    return MeasurementSpec.newBuilder()
        .setCriticalSamples(
            CriticalSamples.newBuilder().setRadius(radius).setFgsm(Fgsm.getDefaultInstance()))
        .build();
  }

  /** Distances 0.01, 0.02, 0.04 and 0.2; at epoch 0 all logits are 0 and no gradient helps. */
  @Test
  void measure_criticalSamples_ratioOfEveryCheckpoint() {
    TrialMeasurer.Measured measured =
        measurer().measure(StoredStudy.TRIAL, fgsm(0.03 * 255), () -> {});
    assertThat(measured.reused()).isFalse();
    List<CheckpointMeasurement> checkpoints = measured.measurement().getCheckpointsList();
    assertThat(checkpoints).extracting(CheckpointMeasurement::getEpoch).containsExactly(0, 1, 4);
    assertThat(checkpoints.get(0).getCriticalSamples().getRatio()).isZero();
    for (int c = 1; c < 3; c++) {
      CriticalSampleValues values = checkpoints.get(c).getCriticalSamples();
      assertThat(values.getExamples()).isEqualTo(4);
      assertThat(values.getCritical()).isEqualTo(2);
      assertThat(values.getRatio()).isEqualTo(0.5);
      assertThat(values.getIterations()).isEqualTo(1);
      assertThat(values.getExampleIterations()).isEqualTo(4);
      assertThat(values.getMeanIterations()).isEqualTo(1);
    }
  }

  @Test
  void measure_criticalSamplesInUnitsOfInputs_theSameBox() {
    MeasurementSpec.Builder spec = fgsm(0.03).toBuilder();
    spec.getCriticalSamplesBuilder().setUnit(CriticalSamples.Unit.INPUTS);
    Measurement measured =
        measurer().measure(StoredStudy.TRIAL, spec.build(), () -> {}).measurement();
    assertThat(measured.getCheckpointsList())
        .extracting(checkpoint -> checkpoint.getCriticalSamples().getRatio())
        .containsExactly(0.0, 0.5, 0.5);
  }

  /** Three checkpoints, each opened and then looked at by two calls on the network. */
  @Test
  void measure_criticalSamples_tellsHowMuchIsDone() {
    /* At three checkpoints: opened, then two calls, each told of before it is made. */
    List<Double> ninths = new ArrayList<>();
    AdmittedMeasurement measurement =
        AdmittedMeasurement.admit(new TrialId(StoredStudy.TRIAL), fgsm(0.025 * 255));
    measurer().measure(measurement, () -> {}, share -> ninths.add(9 * share));
    assertThat(ninths)
        .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-9 ? 0 : Double.compare(a, b))
        .containsExactly(0.0, 0.0, 1.5, 3.0, 3.0, 3.0, 4.5, 6.0, 6.0, 6.0, 7.5, 9.0);
  }

  @Test
  void measure_exampleErrors_handWorkedValues() {
    MeasurementSpec spec =
        MeasurementSpec.newBuilder()
            .setExampleErrors(ExampleErrors.getDefaultInstance())
            .setFinalOnly(true)
            .build();
    Measurement measurement = measurer().measure(StoredStudy.TRIAL, spec, () -> {}).measurement();
    assertThat(measurement.getCheckpointsCount()).isEqualTo(1);
    ExampleErrorValues values = measurement.getCheckpoints(0).getExampleErrors();
    assertThat(values.getExamples()).isEqualTo(4);
    /* Only the corrupted example, x0 < x1 with label 0, is wrong. */
    assertThat(values.getErrors().toByteArray()).containsExactly(0b1000);
    assertThat(values.getCorrupted().toByteArray()).containsExactly(0b1000);
    assertThat(values.getLabelsList()).containsExactly(0, 1, 0, 0);
    assertThat(values.getSourceIndicesList()).containsExactly(10, 11, 12, 13);
    double[] logits = {4 * 0.02, -4 * 0.04, 4 * 0.08, -4 * 0.4};
    double[] margins = {logits[0], -logits[1], logits[2], logits[3]};
    for (int i = 0; i < 4; i++) {
      assertThat(values.getLosses(i))
          .isCloseTo((float) Math.log1p(Math.exp(-margins[i])), within(1e-6f));
    }
  }

  @Test
  void measure_accuracyOfTheFirstThree_corruptedPartIsNaN() {
    AccuracySeries.Builder series = AccuracySeries.newBuilder();
    series.getExamplesBuilder().setCount(3);
    MeasurementSpec spec =
        MeasurementSpec.newBuilder().setAccuracy(series).addEpochs(1).setName("first").build();
    Measurement measurement = measurer().measure(StoredStudy.TRIAL, spec, () -> {}).measurement();
    AccuracyValues values = measurement.getCheckpoints(0).getAccuracy();
    assertThat(values.getExamples()).isEqualTo(3);
    assertThat(values.getAccuracy()).isEqualTo(1);
    assertThat(values.getCleanAccuracy()).isEqualTo(1);
    assertThat(values.getCorruptedAccuracy()).isNaN();
    assertThat(measurement.getSpec().hasName()).isFalse();
    assertThat(measurement.getMeasurementId())
        .isEqualTo(Ids.measurementId(new TrialId(StoredStudy.TRIAL), spec).value());
  }

  @Test
  void measure_twice_isAnsweredFromStorage() {
    MeasurementSpec spec = fgsm(1);
    TrialMeasurer.Measured first = measurer().measure(StoredStudy.TRIAL, spec, () -> {});
    TrialMeasurer.Measured second =
        measurer()
            .measure(
                StoredStudy.TRIAL,
                spec.toBuilder().setName("other").build(),
                () -> {
                  throw new AssertionError("nothing is computed again");
                });
    assertThat(first.reused()).isFalse();
    assertThat(second.reused()).isTrue();
    assertThat(second.measurement()).isEqualTo(first.measurement());
  }

  @Test
  void measure_stopped_storesNothing() {
    MeasurementSpec spec = fgsm(2);
    assertThatExceptionOfType(CancellationException.class)
        .isThrownBy(
            () ->
                measurer()
                    .measure(
                        StoredStudy.TRIAL,
                        spec,
                        () -> {
                          throw new CancellationException("stop");
                        }));
    String key =
        ArtifactKeys.measurement(Ids.measurementId(new TrialId(StoredStudy.TRIAL), spec).value());
    assertThat(STACK.store().find(key)).isEmpty();
  }

  @Test
  void measure_unknownTrial_isMissing() {
    assertMissing(
        "00000000000000000000000000000000", MissingArtifactException.Reason.TRIAL_MISSING);
  }

  @Test
  void measure_checkpointRemoved_isMissing() {
    String trial = "00000000000000000000000000000001";
    putResult(trial);
    assertMissing(trial, MissingArtifactException.Reason.CHECKPOINT_MISSING);
  }

  @Test
  void measure_variantRemoved_isMissing() {
    String trial = "00000000000000000000000000000002";
    StoredMessage.TRIAL_RESULT.putIfAbsent(
        STACK.store(),
        StoredStudy.result(trial, List.of(4)).toBuilder()
            .setVariantId("00000000000000000000000000000009")
            .build());
    assertMissing(trial, MissingArtifactException.Reason.VARIANT_MISSING);
  }

  private static void putResult(String trial) {
    StoredMessage.TRIAL_RESULT.putIfAbsent(STACK.store(), StoredStudy.result(trial, List.of(4)));
  }

  private static void assertMissing(String trial, MissingArtifactException.Reason reason) {
    assertThatExceptionOfType(MissingArtifactException.class)
        .isThrownBy(() -> measurer().measure(trial, fgsm(1), () -> {}))
        .extracting(MissingArtifactException::reason)
        .isEqualTo(reason);
  }

  @Test
  void measure_checkpointOfAnotherVersion_isNoDamage() {
    String trial = "00000000000000000000000000000003";
    String newer = "00000000000000000000000000000033";
    assertOtherVersion(trial, StoredStudy.checkpoint(trial, 4, 3), "format_version 3");
    assertOtherVersion(
        newer,
        StoredStudy.checkpointOf("999", newer, 4),
        "was written by version 999 of the engine, this worker reads ");
  }

  private static void assertOtherVersion(String trial, byte[] checkpoint, String message) {
    putResult(trial);
    STACK.store().putIfAbsent(ArtifactKeys.checkpoint(trial, 4), checkpoint);
    assertThatExceptionOfType(OtherVersionException.class)
        .isThrownBy(() -> measurer().measure(trial, fgsm(1), () -> {}))
        .withMessageContaining(ArtifactKeys.checkpoint(trial, 4))
        .withMessageContaining(message);
  }

  @Test
  void measure_checkpointOfAnotherTrial_isRefused() {
    String trial = "00000000000000000000000000000004";
    assertDamaged(trial, StoredStudy.checkpoint(StoredStudy.TRIAL, 4, 1), StoredStudy.TRIAL);
  }

  @Test
  void measure_bitFlippedInACheckpoint_isRefused() {
    String trial = "00000000000000000000000000000005";
    byte[] bytes = StoredStudy.checkpoint(trial, 4, 1);
    bytes[bytes.length - 40] ^= 1;
    assertDamaged(trial, bytes, "SHA-256");
  }

  /** The biases are missing: not a momentum buffer that may be left out. */
  @Test
  void measure_checkpointWithoutAParameter_isRefused() {
    String trial = "00000000000000000000000000000006";
    assertDamaged(
        trial, StoredStudy.checkpoint(trial, 4, 1, List.of("layer0/weights")), "layer0/biases");
  }

  /** Wherever a checkpoint is cut, it is refused. */
  @Test
  void measure_checkpointCutShort_isRefused() {
    byte[] whole = StoredStudy.checkpoint("0000000000000000000000000000000a", 4, 1);
    int number = 0x10;
    for (int length : new int[] {0, 7, 10, 40, whole.length - 50, whole.length - 1}) {
      String trial = "%032x".formatted(number++);
      byte[] bytes = Arrays.copyOf(StoredStudy.checkpoint(trial, 4, 1), length);
      assertDamaged(trial, bytes, "");
    }
  }

  private static void assertDamaged(String trial, byte[] checkpoint, String message) {
    putResult(trial);
    String key = ArtifactKeys.checkpoint(trial, 4);
    STACK.store().putIfAbsent(key, checkpoint);
    MeasurementSpec spec = fgsm(1);
    assertThatExceptionOfType(ObjectStoreException.class)
        .isThrownBy(() -> measurer().measure(trial, spec, () -> {}))
        .withMessageContaining(key)
        .withMessageContaining(message)
        .extracting(ObjectStoreException::reason)
        .isEqualTo(ObjectStoreException.Reason.DAMAGED);
    assertThat(
            STACK
                .store()
                .find(
                    ArtifactKeys.measurement(Ids.measurementId(new TrialId(trial), spec).value())))
        .isEmpty();
  }
}
