package dev.rote.trainer.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.rote.artifacts.ArtifactKeys;
import dev.rote.artifacts.Sha256;
import dev.rote.artifacts.checkpoints.CheckpointReader;
import dev.rote.spec.AdmittedTrial;
import dev.rote.spec.Versions;
import dev.rote.testkit.TestStack;
import dev.rote.trainer.grpc.WrittenVariants;
import dev.rote.v1.MissingArtifact;
import dev.rote.v1.RenewLeaseResponse.Order;
import dev.rote.v1.TrialProgress;
import dev.rote.v1.TrialSpec;
import dev.rote.v1.WorkFailed.Remedy;
import dev.rote.weights.ArrayType;
import dev.rote.weights.WeightArray;
import dev.rote.weights.WeightFormat;
import dev.rote.weights.WeightSink;
import dev.rote.workqueue.WorkContext;
import dev.rote.workqueue.WorkOutcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Work on trials whose start is gone, damaged or of another model. */
class StartedTrialIT {
  private static final String UNKNOWN = "0123456789abcdef0123456789abcdef";
  private static final int INPUTS = 64;
  private static final int HIDDEN = 4;
  private static final int CLASSES = 3;

  private final TestStack stack = new TestStack();
  private final WrittenVariants corruption = new WrittenVariants(stack.store());
  private final List<TrialProgress> progress = new ArrayList<>();
  private HandlerUnderTest handler;

  @BeforeEach
  void start() throws IOException {
    handler = new HandlerUnderTest(stack, corruption);
  }

  @AfterEach
  void stop() {
    handler.close();
    stack.close();
  }

  private final class Lease implements WorkContext {
    @Override
    public Order order() {
      return Order.CONTINUE;
    }

    @Override
    public void report(TrialProgress newest) {
      progress.add(newest);
    }

    @Override
    public int attempt() {
      return 1;
    }
  }

  private static TrialSpec.Builder trial(int epochs) {
    TrialSpec.Builder trial = TrialSpec.newBuilder();
    trial.getDatasetBuilder().setName("strokes").setTrainSize(64).setValidationSize(64);
    trial.getModelBuilder().getMlpBuilder().addHidden(HIDDEN);
    trial.getTrainingBuilder().setEpochs(epochs);
    return trial;
  }

  private static TrialSpec.Builder from(String trialId, int epoch) {
    TrialSpec.Builder trial = trial(3).setSeed(2);
    trial.getStartBuilder().getCheckpointBuilder().setTrialId(trialId).setEpoch(epoch);
    return trial;
  }

  private static AdmittedTrial admitted(TrialSpec.Builder trial) {
    return AdmittedTrial.of(Versions.CURRENT, trial.build());
  }

  private WorkOutcome handle(AdmittedTrial trial) throws InterruptedException {
    return handler.handle(trial, new Lease());
  }

  private void assertDone(AdmittedTrial trial) throws InterruptedException {
    assertThat(handle(trial)).isInstanceOf(WorkOutcome.Completed.class);
  }

  private WorkOutcome.Failed failed(AdmittedTrial trial) throws InterruptedException {
    WorkOutcome outcome = handle(trial);
    assertThat(outcome).isInstanceOf(WorkOutcome.Failed.class);
    return (WorkOutcome.Failed) outcome;
  }

  private float[] weights(AdmittedTrial trial, int epoch) {
    String key = ArtifactKeys.checkpoint(trial.id().value(), epoch);
    try (CheckpointReader reader = CheckpointReader.open(stack.store(), key)) {
      return reader.tensor();
    }
  }

  private void flip(String key) {
    byte[] bytes = stack.store().get(key);
    bytes[bytes.length / 2] ^= 1;
    stack.store().put(key, bytes);
  }

  @Test
  void handle_startOfNobody_isRefusedWithASentence() throws Exception {
    WorkOutcome.Failed failed = failed(admitted(from(UNKNOWN, 1)));
    assertThat(failed.reason()).isEqualTo("START_UNUSABLE");
    assertThat(failed.remedy()).isEqualTo(Remedy.REFUSE);
    assertThat(failed.message())
        .contains("the checkpoint of epoch 1 of trial " + UNKNOWN)
        .contains("is gone: run the sweep of that trial again");
  }

  @Test
  void handle_startOfAnotherModel_isRefusedWithTheArray() throws Exception {
    AdmittedTrial first = admitted(trial(1));
    assertDone(first);
    TrialSpec.Builder wider = from(first.id().value(), 1);
    wider.getModelBuilder().getMlpBuilder().clearHidden().addHidden(HIDDEN + 1);
    WorkOutcome.Failed failed = failed(admitted(wider));
    assertThat(failed.reason()).isEqualTo("START_UNUSABLE");
    assertThat(failed.remedy()).isEqualTo(Remedy.REFUSE);
    assertThat(failed.message()).contains("layer0/");
  }

  /** In the one slot there is; of its own progress alone is told. */
  @Test
  void handle_startThatWasPruned_trainsItAgainFirst() throws Exception {
    AdmittedTrial first = admitted(trial(2));
    assertDone(first);
    float[] kept = weights(first, 2);
    stack
        .store()
        .list(ArtifactKeys.checkpoints(first.id().value()), "", 10)
        .forEach(stack.store()::delete);
    progress.clear();
    AdmittedTrial second = admitted(from(first.id().value(), 2));
    assertDone(second);
    assertThat(weights(second, 0)).isEqualTo(kept);
    assertThat(weights(first, 2)).isEqualTo(kept);
    assertThat(progress.get(progress.size() - 1).getEpochsDone()).isEqualTo(3);
    assertThat(progress).extracting(TrialProgress::getEpochsDone).isSorted();

    /* An epoch that the trial never had is not made by training it again. */
    assertThat(failed(admitted(from(first.id().value(), 9))).reason()).isEqualTo("START_UNUSABLE");
  }

  @Test
  void handle_startWithAFlippedBit_isSetAsideAndMadeAgain() throws Exception {
    AdmittedTrial first = admitted(trial(1));
    assertDone(first);
    float[] kept = weights(first, 1);
    String key = ArtifactKeys.checkpoint(first.id().value(), 1);
    flip(key);
    AdmittedTrial second = admitted(from(first.id().value(), 1));
    WorkOutcome.Failed failed = failed(second);
    assertThat(failed.remedy()).isEqualTo(Remedy.REMAKE);
    assertThat(failed.missing())
        .extracting(MissingArtifact::getTrialId, MissingArtifact::getKey)
        .containsExactly(tuple(first.id().value(), key));
    assertThat(stack.store().list(ArtifactKeys.SET_ASIDE, "", 10)).hasSize(1);
    assertDone(second);
    assertThat(weights(second, 0)).isEqualTo(kept);
  }

  @Test
  void handle_fileWithAFlippedBit_makesRoomAndIsImportedAnew() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    List<WeightArray> arrays =
        List.of(
            new WeightArray("layer0/weights", ArrayType.F32, List.of(INPUTS, HIDDEN)),
            new WeightArray("layer0/biases", ArrayType.F32, List.of(HIDDEN)),
            new WeightArray("layer1/weights", ArrayType.F32, List.of(HIDDEN, CLASSES)),
            new WeightArray("layer1/biases", ArrayType.F32, List.of(CLASSES)));
    try (WeightSink sink = WeightFormat.NPZ.open(arrays, Map.of(), bytes)) {
      for (WeightArray array : arrays) {
        sink.floats(new float[array.shape().stream().reduce(1, Math::multiplyExact)]);
      }
    }
    String sha256 = Sha256.hex(Sha256.of(ByteBuffer.wrap(bytes.toByteArray())));
    String key = ArtifactKeys.weights(sha256);
    corruption.offer(sha256, bytes.toByteArray());
    stack.store().put(key, bytes.toByteArray());
    flip(key);
    TrialSpec.Builder trial = trial(1);
    trial.getStartBuilder().getFileBuilder().setPath("mine.npz").setSha256(sha256);
    WorkOutcome.Failed failed = failed(admitted(trial));
    assertThat(failed.remedy()).isEqualTo(Remedy.RETRY);
    assertThat(failed.reason()).isEqualTo("OBJECT_DAMAGED");
    assertThat(failed.message()).contains("was stored as " + sha256);
    assertThat(stack.store().find(key)).isEmpty();
    assertDone(admitted(trial));
    assertThat(stack.store().get(key)).isEqualTo(bytes.toByteArray());
    assertThat(weights(admitted(trial), 0)).containsOnly(0f);
  }
}
