package dev.rote.metrics.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.agreement.EngineUnderTest;
import dev.rote.artifacts.ArtifactKeys;
import dev.rote.artifacts.messages.StoredMessage;
import dev.rote.artifacts.variants.StoredVariants;
import dev.rote.artifacts.variants.VariantCache;
import dev.rote.metrics.StoredStudy;
import dev.rote.metrics.measuring.TrialMeasurer;
import dev.rote.metrics.storage.StoredNetworks;
import dev.rote.metrics.storage.StoredTrials;
import dev.rote.spec.Ids;
import dev.rote.spec.TrialId;
import dev.rote.testkit.TestStack;
import dev.rote.v1.AccuracySeries;
import dev.rote.v1.CheckpointRef;
import dev.rote.v1.CriticalSamples;
import dev.rote.v1.LossSensitivity;
import dev.rote.v1.MeasureTrialWork;
import dev.rote.v1.MeasurementSpec;
import dev.rote.v1.MissingArtifact;
import dev.rote.v1.RenewLeaseResponse.Order;
import dev.rote.v1.TrialProgress;
import dev.rote.v1.TrialResult;
import dev.rote.v1.WorkFailed.Remedy;
import dev.rote.v1.WorkItem;
import dev.rote.workqueue.MendedWork;
import dev.rote.workqueue.WorkContext;
import dev.rote.workqueue.WorkOutcome;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MeasurementHandlerIT {
  private static final TestStack STACK = new TestStack();
  private static final MeasurementSpec ACCURACY =
      MeasurementSpec.newBuilder().setAccuracy(AccuracySeries.getDefaultInstance()).build();

  @BeforeAll
  static void writeStudy() {
    new StoredStudy(STACK.store()).write();
  }

  @AfterAll
  static void stop() {
    STACK.close();
  }

  /** A lease under an order. */
  private record Lease(Order order) implements WorkContext {
    @Override
    public void report(TrialProgress progress) {
      throw new AssertionError("measurements have no progress");
    }

    @Override
    public int attempt() {
      return 1;
    }
  }

  private static WorkOutcome handle(String trial, MeasurementSpec spec, Order order) {
    return handle(trial, spec, Ids.measurementId(new TrialId(trial), spec).value(), order);
  }

  private static WorkOutcome handle(String trial, MeasurementSpec spec, String id, Order order) {
    TrialMeasurer measurer =
        new TrialMeasurer(
            new StoredTrials(
                STACK.store(),
                new VariantCache(new StoredVariants(STACK.store()), STACK.cache(), 1 << 20)),
            new StoredNetworks(STACK.store(), EngineUnderTest.open()),
            System::nanoTime);
    WorkItem item =
        WorkItem.newBuilder()
            .setWorkId("measurement/" + id)
            .setMeasureTrial(
                MeasureTrialWork.newBuilder()
                    .setMeasurementId(id)
                    .setTrialId(trial)
                    .setMeasurement(spec))
            .build();
    try {
      return new MendedWork(new MeasurementHandler(measurer), STACK.store())
          .handle(item, new Lease(order));
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted while measuring", e);
    }
  }

  @Test
  void handle_twice_isStoredThenReused() {
    assertThat(handle(StoredStudy.TRIAL, ACCURACY, Order.CONTINUE))
        .isEqualTo(WorkOutcome.Completed.work(false));
    String key =
        ArtifactKeys.measurement(
            Ids.measurementId(new TrialId(StoredStudy.TRIAL), ACCURACY).value());
    assertThat(STACK.store().find(key)).isPresent();
    assertThat(handle(StoredStudy.TRIAL, ACCURACY, Order.CONTINUE))
        .isEqualTo(WorkOutcome.Completed.work(true));
  }

  @Test
  void handle_offeredUnderAnotherId_isNotDone() {
    assertFailed(handle(StoredStudy.TRIAL, ACCURACY, "0123", Order.CONTINUE), "IDS_DIFFER");
  }

  @Test
  void handle_ordered_obeysAndStoresNothing() {
    MeasurementSpec spec = ACCURACY.toBuilder().setFinalOnly(true).build();
    assertThat(handle(StoredStudy.TRIAL, spec, Order.YIELD)).isEqualTo(new WorkOutcome.Yielded());
    assertThat(handle(StoredStudy.TRIAL, spec, Order.ABANDON))
        .isEqualTo(new WorkOutcome.Abandoned());
    String key =
        ArtifactKeys.measurement(Ids.measurementId(new TrialId(StoredStudy.TRIAL), spec).value());
    assertThat(STACK.store().find(key)).isEmpty();
  }

  @Test
  void handle_trialMissing_namesIt() {
    String trial = "ffffffffffffffffffffffffffffffff";
    assertMissing(
        handle(trial, ACCURACY, Order.CONTINUE),
        MissingArtifact.newBuilder()
            .setTrialId(trial)
            .setKey(ArtifactKeys.trialResult(trial))
            .build());
  }

  @Test
  void handle_epochNotKept_fails() {
    MeasurementSpec spec = ACCURACY.toBuilder().addEpochs(2).build();
    assertFailed(handle(StoredStudy.TRIAL, spec, Order.CONTINUE), "CHECKPOINT_NOT_KEPT");
  }

  @Test
  void handle_specOutOfRange_fails() {
    MeasurementSpec spec =
        MeasurementSpec.newBuilder()
            .setCriticalSamples(CriticalSamples.newBuilder().setRadius(0))
            .build();
    assertFailed(handle(StoredStudy.TRIAL, spec, Order.CONTINUE), "SPEC_INVALID");
  }

  /** The stored trial says that it took no steps, and its checkpoints differ. */
  @Test
  void handle_runNotReproduced_fails() {
    MeasurementSpec spec =
        MeasurementSpec.newBuilder()
            .setLossSensitivity(LossSensitivity.getDefaultInstance())
            .build();
    assertFailed(handle(StoredStudy.TRIAL, spec, Order.CONTINUE), "NOT_REPRODUCED");
  }

  @Test
  void handle_resultDamaged_isSetAsideAndNamed() {
    String trial = "00000000000000000000000000000001";
    String key = ArtifactKeys.trialResult(trial);
    STACK.store().putIfAbsent(key, new byte[] {1, 2, 3});
    assertMissing(
        handle(trial, ACCURACY, Order.CONTINUE),
        MissingArtifact.newBuilder().setTrialId(trial).setKey(key).build());
    assertThat(STACK.store().find(key)).isEmpty();
    assertThat(STACK.store().list(ArtifactKeys.SET_ASIDE, "", 100))
        .anySatisfy(aside -> assertThat(aside).endsWith(key));
  }

  @Test
  void handle_measurementDamaged_isMadeAgain() {
    MeasurementSpec spec = ACCURACY.toBuilder().addEpochs(0).build();
    assertThat(handle(StoredStudy.TRIAL, spec, Order.CONTINUE))
        .isEqualTo(WorkOutcome.Completed.work(false));
    String key =
        ArtifactKeys.measurement(Ids.measurementId(new TrialId(StoredStudy.TRIAL), spec).value());
    byte[] damaged = STACK.store().get(key);
    damaged[damaged.length / 2] ^= 1;
    STACK.store().put(key, damaged);
    assertThat(handle(StoredStudy.TRIAL, spec, Order.CONTINUE))
        .isEqualTo(WorkOutcome.Completed.work(false));
    assertThat(STACK.store().get(key)).isNotEqualTo(damaged);
  }

  private static void assertMissing(WorkOutcome outcome, MissingArtifact missing) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            WorkOutcome.Failed.class,
            failed -> {
              assertThat(failed.remedy()).isEqualTo(Remedy.REMAKE);
              assertThat(failed.missing()).containsExactly(missing);
            });
  }

  /** Another worker may know the version: the work goes back, and no attempt is spent. */
  @Test
  void handle_checkpointOfANewerEngine_isGivenBack() {
    String trial = "00000000000000000000000000000002";
    TrialResult result =
        StoredMessage.TRIAL_RESULT.find(STACK.store(), StoredStudy.TRIAL).orElseThrow();
    StoredMessage.TRIAL_RESULT.putIfAbsent(
        STACK.store(), result.toBuilder().setTrialId(trial).build());
    for (CheckpointRef ref : result.getCheckpointsList()) {
      STACK
          .store()
          .putIfAbsent(
              ArtifactKeys.checkpoint(trial, ref.getEpoch()),
              StoredStudy.checkpointOf("999", trial, ref.getEpoch()));
    }
    assertThat(handle(trial, ACCURACY, Order.CONTINUE))
        .isInstanceOfSatisfying(
            WorkOutcome.Failed.class,
            failed -> {
              assertThat(failed.remedy()).isEqualTo(Remedy.WAIT);
              assertThat(failed.reason()).isEqualTo("OTHER_VERSION");
              assertThat(failed.message()).contains("version 999 of the engine");
            });
  }

  private static void assertFailed(WorkOutcome outcome, String reason) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            WorkOutcome.Failed.class,
            failed -> {
              assertThat(failed.reason()).isEqualTo(reason);
              assertThat(failed.message()).isNotBlank();
              assertThat(failed.remedy()).isEqualTo(Remedy.REFUSE);
            });
  }
}
