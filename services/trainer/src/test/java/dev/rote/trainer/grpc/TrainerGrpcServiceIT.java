package dev.rote.trainer.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.ByteString;
import dev.rote.agreement.EngineUnderTest;
import dev.rote.artifacts.ArtifactKeys;
import dev.rote.artifacts.Sha256;
import dev.rote.artifacts.checkpoints.CheckpointReader;
import dev.rote.artifacts.messages.StoredMessage;
import dev.rote.artifacts.traces.StoredTrace;
import dev.rote.grpcerrors.ApiErrors;
import dev.rote.spec.Ids;
import dev.rote.spec.SweepDefaults;
import dev.rote.testkit.MutatedRequests;
import dev.rote.testkit.TestStack;
import dev.rote.v1.Cnn;
import dev.rote.v1.DatasetSpec;
import dev.rote.v1.ExportCheckpointRequest;
import dev.rote.v1.ExportCheckpointRequest.Format;
import dev.rote.v1.ExportCheckpointResponse;
import dev.rote.v1.GetTrialRequest;
import dev.rote.v1.Mlp;
import dev.rote.v1.ModelSpec;
import dev.rote.v1.RunTrialRequest;
import dev.rote.v1.RunTrialResponse;
import dev.rote.v1.TrainerServiceGrpc;
import dev.rote.v1.TrainerServiceGrpc.TrainerServiceBlockingStub;
import dev.rote.v1.TrainingSpec;
import dev.rote.v1.TrialProgress;
import dev.rote.v1.TrialResult;
import dev.rote.v1.TrialSpec;
import dev.rote.v1.WatchTrialRequest;
import dev.rote.v1.WatchTrialResponse;
import dev.rote.weights.WeightFile;
import grpc.health.v1.HealthGrpc;
import grpc.health.v1.HealthOuterClass.HealthCheckRequest;
import grpc.health.v1.HealthOuterClass.HealthCheckResponse;
import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.deeplearning4j.util.ModelSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The service over a real connection, with a real object store. */
@QuarkusTest
@QuarkusTestResource(TrainerStackResource.class)
@SuppressWarnings("NullAway.Init")
class TrainerGrpcServiceIT {
  private final int port;
  TestStack stack;
  WrittenVariants variants;
  private ManagedChannel channel;

  TrainerGrpcServiceIT(@ConfigProperty(name = "quarkus.grpc.server.test-port") int port) {
    this.port = port;
  }

  @BeforeEach
  void open() {
    channel = ManagedChannelBuilder.forAddress("localhost", port).usePlaintext().build();
  }

  @AfterEach
  void close() {
    channel.shutdownNow();
  }

  private TrainerServiceBlockingStub trainer() {
    return TrainerServiceGrpc.newBlockingStub(channel);
  }

  private static TrialSpec trial(int seed, int epochs) {
    return TrialSpec.newBuilder()
        .setDataset(DatasetSpec.newBuilder().setName("strokes").setTrainSize(64).setSeed(seed))
        .setModel(ModelSpec.newBuilder().setMlp(Mlp.newBuilder().addHidden(16)))
        .setTraining(TrainingSpec.newBuilder().setEpochs(epochs).setBatchSize(16))
        .setSeed(seed)
        .build();
  }

  private List<RunTrialResponse> run(TrialSpec spec) {
    List<RunTrialResponse> responses = new ArrayList<>();
    trainer()
        .runTrial(RunTrialRequest.newBuilder().setTrial(spec).build())
        .forEachRemaining(responses::add);
    return responses;
  }

  private static void assertRefused(Status.Code code, String text, ThrowingCallable call) {
    assertThatExceptionOfType(StatusRuntimeException.class)
        .isThrownBy(call)
        .satisfies(e -> assertThat(e.getStatus().getCode()).isEqualTo(code))
        .satisfies(e -> assertThat(ApiErrors.describe(e)).contains(text));
  }

  @Test
  void runTrial_new_makesVariantTrainsAndStoresOnce() {
    int before = variants.made();
    List<RunTrialResponse> responses = run(trial(1, 3));
    TrialResult result = responses.get(responses.size() - 1).getResult();
    assertThat(variants.made()).isEqualTo(before + 1);
    assertThat(result.getTrialId()).isEqualTo(Ids.trialId(SweepDefaults.fill(trial(1, 3))).value());
    assertThat(result.getHistoryCount()).isEqualTo(4);
    assertThat(result.getBackend()).isEqualTo(EngineUnderTest.open().description());
    assertThat(responses.get(0).getProgress().getEpochsTotal()).isEqualTo(3);
    assertThat(
            trainer()
                .getTrial(GetTrialRequest.newBuilder().setTrialId(result.getTrialId()).build())
                .getResult())
        .isEqualTo(result);
    /* A second run answers from the store: the same seconds of training. */
    assertThat(run(trial(1, 3)).get(0).getResult()).isEqualTo(result);
    Iterator<WatchTrialResponse> watched =
        trainer()
            .watchTrial(WatchTrialRequest.newBuilder().setTrialId(result.getTrialId()).build());
    assertThat(watched.next().getResult()).isEqualTo(result);
  }

  /** A stored trial gets its trace by being trained again, to what is stored. */
  @Test
  void runTrial_traceOfAStoredTrial_isMadeByTrainingAgain() {
    TrialResult first = last(run(trial(31, 2)));
    StoredTrace trace = new StoredTrace(stack.store(), first.getTrialId(), 64);
    assertThat(trace.wholeThrough()).isEqualTo(-1);
    RunTrialRequest traced =
        RunTrialRequest.newBuilder().setTrial(trial(31, 2)).setTrace(true).build();
    List<RunTrialResponse> again = new ArrayList<>();
    trainer().runTrial(traced).forEachRemaining(again::add);
    assertThat(again).hasSizeGreaterThan(1);
    assertThat(last(again)).isEqualTo(first);
    assertThat(trace.wholeThrough()).isEqualTo(2);
    /* Both are stored now. */
    assertThat(trainer().runTrial(traced).next().getResult()).isEqualTo(first);
  }

  private static TrialResult last(List<RunTrialResponse> responses) {
    return responses.get(responses.size() - 1).getResult();
  }

  @Test
  void runTrial_storedTrialThatComesOutOtherwise_isSaidAndLeavesNoTrace() {
    TrialResult first = last(run(trial(32, 2)));
    TrialResult.Builder other = first.toBuilder().setBackend("another machine");
    other.getHistoryBuilder(1).getTrainBuilder().setLoss(0.25);
    StoredMessage.TRIAL_RESULT.put(stack.store(), other.build());
    RunTrialRequest traced =
        RunTrialRequest.newBuilder().setTrial(trial(32, 2)).setTrace(true).build();
    assertRefused(
        Status.Code.FAILED_PRECONDITION,
        "is not what is stored from epoch 1 on: it was trained by another machine",
        () -> trainer().runTrial(traced).forEachRemaining(response -> {}));
    assertThat(stack.store().list(ArtifactKeys.trace(first.getTrialId()), "", 10)).isEmpty();
  }

  /** Each call that streams has a thread; those beyond the limit are told to come again. */
  @Test
  void watchTrial_manyAtOnce_areBounded_andTheOthersAreToldWhenToComeAgain() throws Exception {
    TrialSpec spec = trial(77, 100_000);
    ClientCalls running = new ClientCalls(channel);
    running.run(spec);
    String id = Ids.trialId(SweepDefaults.fill(spec)).value();
    ClientCalls watching = new ClientCalls(channel);
    for (int i = 0; i < 200; i++) {
      watching.watch(id);
    }
    List<Status> refused = watching.awaitRefused(200 - 63);
    assertThat(refused)
        .allSatisfy(
            status -> {
              assertThat(status.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
              assertThat(status.getDescription()).contains("rote.trainer.calls");
            });
    assertThat(
            Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("rote-trainer-call"))
                .count())
        .isLessThanOrEqualTo(64);
    watching.cancel();
    running.cancel();
  }

  @Test
  void runTrial_deadlinePassed_stopsTheWorkAndFreesItsSlot() throws Exception {
    int slots = Runtime.getRuntime().availableProcessors();
    for (int i = 0; i < slots; i++) {
      int seed = 900 + i;
      assertThatExceptionOfType(StatusRuntimeException.class)
          .isThrownBy(
              () ->
                  onceThereIsRoom(
                      () ->
                          trainer()
                              .withDeadlineAfter(1500, TimeUnit.MILLISECONDS)
                              .runTrial(
                                  RunTrialRequest.newBuilder()
                                      .setTrial(trial(seed, 100_000))
                                      .build())
                              .forEachRemaining(response -> {})))
          .satisfies(
              e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED));
    }
    onceThereIsRoom(() -> assertThat(run(trial(950, 1))).isNotEmpty());
  }

  /** Calls before this one may still be on their way to their end. */
  private static void onceThereIsRoom(Runnable call) {
    long patience = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (true) {
      try {
        call.run();
        return;
      } catch (StatusRuntimeException e) {
        if (e.getStatus().getCode() != Status.Code.RESOURCE_EXHAUSTED
            || System.nanoTime() > patience) {
          throw e;
        }
      }
    }
  }

  @Test
  void mutatedRequests_areAnsweredAsRefusals() {
    MutatedRequests mutated = new MutatedRequests(channel, 15);
    String id = "0123456789abcdef0123456789abcdef";
    assertThat(
            mutated.send(
                TrainerServiceGrpc.getRunTrialMethod(),
                RunTrialRequest.newBuilder().setTrial(trial(5, 1)).build()))
        .isEmpty();
    assertThat(
            mutated.send(
                TrainerServiceGrpc.getExportCheckpointMethod(),
                ExportCheckpointRequest.newBuilder().setTrialId(id).setEpoch(1).build()))
        .isEmpty();
    assertThat(
            mutated.send(
                TrainerServiceGrpc.getWatchTrialMethod(),
                WatchTrialRequest.newBuilder().setTrialId(id).build()))
        .isEmpty();
  }

  @Test
  void runTrial_checkpointsPruned_trainsAgainToTheSameHistory() {
    List<RunTrialResponse> first = run(trial(2, 3));
    TrialResult result = first.get(first.size() - 1).getResult();
    result.getCheckpointsList().forEach(ref -> stack.store().delete(ref.getKey()));
    List<RunTrialResponse> second = run(trial(2, 3));
    assertThat(second.size()).isGreaterThan(1);
    assertThat(second.get(second.size() - 1).getResult().getHistoryList())
        .isEqualTo(result.getHistoryList());
    assertThat(stack.store().list(ArtifactKeys.checkpoints(result.getTrialId()), "", 10))
        .hasSize(4);
  }

  @Test
  void runTrial_slotTaken_isExhaustedWhileWatchersAndTwinsFollow() throws Exception {
    TrialSpec endless = trial(3, 1_000_000);
    String id = Ids.trialId(SweepDefaults.fill(endless)).value();
    Context.CancellableContext life = Context.current().withCancellation();
    Iterator<RunTrialResponse> running = life.call(running(endless));
    assertThat(running.next().getProgress().getTrialId()).isEqualTo(id);
    Iterator<WatchTrialResponse> watched =
        life.call(
            () -> trainer().watchTrial(WatchTrialRequest.newBuilder().setTrialId(id).build()));
    assertFollows(id, () -> watched.next().getProgress());
    Iterator<RunTrialResponse> twin = life.call(running(endless));
    assertFollows(id, () -> twin.next().getProgress());
    assertRefused(
        Status.Code.RESOURCE_EXHAUSTED, "all 1 slots of this service", () -> run(trial(4, 1)));
    life.cancel(null);
    /* The client is gone: the run stops and leaves something to resume from. */
    onceThereIsRoom(() -> assertThat(run(trial(4, 1))).isNotEmpty());
    assertThat(stack.store().list(ArtifactKeys.checkpoints(id), "", 10)).isNotEmpty();
  }

  /** The newest progress comes in again and again, each time of a later epoch. */
  private static void assertFollows(String id, Supplier<TrialProgress> next) {
    int before = -1;
    for (int i = 0; i < 4; i++) {
      TrialProgress progress = next.get();
      assertThat(progress.getTrialId()).isEqualTo(id);
      assertThat(progress.getEpochsDone()).isGreaterThan(before);
      before = progress.getEpochsDone();
    }
  }

  @Test
  void watchTrial_running_isToldOfEpochsAndOfTheResult() {
    TrialSpec spec = trial(8, 150);
    String id = Ids.trialId(SweepDefaults.fill(spec)).value();
    List<WatchTrialResponse> seen = new ArrayList<>();
    onceThereIsRoom(
        () -> {
          Iterator<RunTrialResponse> running =
              trainer().runTrial(RunTrialRequest.newBuilder().setTrial(spec).build());
          assertThat(running.next().getProgress().getTrialId()).isEqualTo(id);
          trainer()
              .watchTrial(WatchTrialRequest.newBuilder().setTrialId(id).build())
              .forEachRemaining(seen::add);
          RunTrialResponse last = running.next();
          while (running.hasNext()) {
            last = running.next();
          }
          assertThat(seen.get(seen.size() - 1).getResult()).isEqualTo(last.getResult());
        });
    List<Integer> epochs =
        seen.subList(0, seen.size() - 1).stream()
            .map(response -> response.getProgress().getEpochsDone())
            .toList();
    assertThat(epochs).isSorted();
    assertThat(new HashSet<>(epochs)).hasSizeGreaterThan(2);
    assertThat(seen.get(seen.size() - 1).getResult().getHistoryCount()).isEqualTo(151);
  }

  private Callable<Iterator<RunTrialResponse>> running(TrialSpec spec) {
    return () -> trainer().runTrial(RunTrialRequest.newBuilder().setTrial(spec).build());
  }

  @Test
  void runTrial_wrongSpecification_namesFieldValueAndBound() {
    TrialSpec.Builder wrong = trial(5, 1).toBuilder();
    wrong.getOptimizerBuilder().setMomentum(2);
    assertRefused(Status.Code.INVALID_ARGUMENT, "momentum", () -> run(wrong.build()));
    TrialSpec.Builder unfit = trial(5, 1).toBuilder();
    unfit.getModelBuilder().setCnn(Cnn.getDefaultInstance());
    assertRefused(Status.Code.INVALID_ARGUMENT, "does not fit into the", () -> run(unfit.build()));
  }

  @Test
  void getTrial_unknownOrMalformed_isRefused() {
    assertRefused(
        Status.Code.NOT_FOUND,
        "no stored result",
        () ->
            trainer()
                .getTrial(
                    GetTrialRequest.newBuilder()
                        .setTrialId("0123456789abcdef0123456789abcdef")
                        .build()));
    assertRefused(
        Status.Code.INVALID_ARGUMENT,
        "trial_id",
        () -> trainer().getTrial(GetTrialRequest.newBuilder().setTrialId("../x").build()));
  }

  private ByteString export(String id, int epoch) {
    return export(ExportCheckpointRequest.newBuilder().setTrialId(id).setEpoch(epoch));
  }

  private ByteString export(ExportCheckpointRequest.Builder request) {
    ByteString zip = ByteString.EMPTY;
    Iterator<ExportCheckpointResponse> chunks = trainer().exportCheckpoint(request.build());
    while (chunks.hasNext()) {
      ByteString chunk = chunks.next().getChunk();
      assertThat(chunk.size()).isLessThanOrEqualTo(1 << 20);
      zip = zip.concat(chunk);
    }
    return zip;
  }

  @Test
  void exportCheckpoint_stored_opensInDl4j(@TempDir Path directory) throws IOException {
    TrialSpec.Builder wide = trial(6, 1).toBuilder();
    wide.getModelBuilder().setMlp(Mlp.newBuilder().addHidden(5000));
    List<RunTrialResponse> responses = run(wide.build());
    TrialResult result = responses.get(responses.size() - 1).getResult();
    Path file = directory.resolve("model.zip");
    Files.write(file, export(result.getTrialId(), 1).toByteArray());
    assertThat(ModelSerializer.restoreMultiLayerNetwork(file.toFile()).numParams())
        .isEqualTo(result.getParameters());
    assertRefused(
        Status.Code.NOT_FOUND, "no checkpoint of epoch 7", () -> export(result.getTrialId(), 7));
    String key = ArtifactKeys.checkpoint(result.getTrialId(), 1);
    byte[] bytes = stack.store().get(key);
    bytes[bytes.length / 2] ^= 1;
    stack.store().put(key, bytes);
    assertRefused(Status.Code.DATA_LOSS, "SHA-256", () -> export(result.getTrialId(), 1));
  }

  @ParameterizedTest
  @EnumSource(
      value = Format.class,
      names = {"NPZ", "SAFETENSORS", "TORCH", "TORCH_NPZ"})
  void exportCheckpoint_otherFormats_haveTheCheckpointsValues(
      Format format, @TempDir Path directory) throws IOException {
    TrialSpec.Builder momentum = trial(7, 1).toBuilder();
    momentum.getOptimizerBuilder().setMomentum(0.9);
    List<RunTrialResponse> responses = run(momentum.build());
    String id = responses.get(responses.size() - 1).getResult().getTrialId();
    ExportCheckpointRequest.Builder request =
        ExportCheckpointRequest.newBuilder().setTrialId(id).setEpoch(1).setFormat(format);
    boolean torch = format == Format.TORCH || format == Format.TORCH_NPZ;
    request.setOptimizer(!torch);
    Path path = directory.resolve("weights");
    Files.write(path, export(request).toByteArray());
    try (WeightFile file = WeightFile.open("exported", path);
        CheckpointReader checkpoint =
            CheckpointReader.open(stack.store(), ArtifactKeys.checkpoint(id, 1))) {
      assertThat(file.arrays()).hasSize(torch ? 4 : 8);
      assertThat(file.arrays().get(0).name()).isEqualTo(torch ? "layer0.weight" : "layer0/weights");
      float[] weights = checkpoint.tensor();
      float[] exported = file.floats(0);
      int inputs = weights.length / 16;
      for (int i = 0; i < weights.length; i++) {
        assertThat(exported[torch ? i % 16 * inputs + i / 16 : i]).isEqualTo(weights[i]);
      }
      assertThat(file.floats(1)).isEqualTo(checkpoint.tensor());
    }
    request.setOptimizer(true);
    if (torch) {
      assertRefused(Status.Code.INVALID_ARGUMENT, "optimizer", () -> export(request));
    }
    request.setFormatValue(99);
    assertRefused(Status.Code.INVALID_ARGUMENT, "was 99", () -> export(request));
  }

  private TrialResult result(TrialSpec spec) {
    List<RunTrialResponse> responses = run(spec);
    return responses.get(responses.size() - 1).getResult();
  }

  private float[] weights(TrialResult result, int epoch) {
    try (CheckpointReader checkpoint =
        CheckpointReader.open(stack.store(), ArtifactKeys.checkpoint(result.getTrialId(), epoch))) {
      return checkpoint.tensor();
    }
  }

  /** From PyTorch's names as well as from a checkpoint: the same run, bit by bit. */
  @Test
  void runTrial_fromWeightsOfAnother_startsThere_andIsAnsweredFromStorage() throws IOException {
    TrialResult first = result(trial(11, 2));
    TrialSpec.Builder second = trial(12, 1).toBuilder();
    second.getStartBuilder().getCheckpointBuilder().setTrialId(first.getTrialId()).setEpoch(2);
    TrialResult tuned = result(second.build());
    assertThat(tuned.getTrialId()).isNotEqualTo(result(trial(12, 1)).getTrialId());
    assertThat(weights(tuned, 0)).isEqualTo(weights(first, 2));
    assertThat(weights(tuned, 1)).isNotEqualTo(weights(first, 2));
    assertThat(result(second.build())).isEqualTo(tuned);

    byte[] torch =
        export(
                ExportCheckpointRequest.newBuilder()
                    .setTrialId(first.getTrialId())
                    .setEpoch(2)
                    .setFormat(Format.TORCH))
            .toByteArray();
    String sha256 = Sha256.hex(Sha256.of(ByteBuffer.wrap(torch)));
    stack.store().putIfAbsent(ArtifactKeys.weights(sha256), torch);
    TrialSpec.Builder third = trial(12, 1).toBuilder();
    third.getStartBuilder().getFileBuilder().setPath("mine.safetensors").setSha256(sha256);
    TrialResult ofFile = result(third.build());
    assertThat(ofFile.getTrialId()).isNotEqualTo(tuned.getTrialId());
    assertThat(ofFile.getHistoryList()).isEqualTo(tuned.getHistoryList());
    assertThat(weights(ofFile, 1)).isEqualTo(weights(tuned, 1));
  }

  @Test
  void runTrial_startThatIsGoneOrUnfit_isRefused() {
    TrialResult first = result(trial(13, 1));
    TrialSpec.Builder gone = trial(14, 1).toBuilder();
    gone.getStartBuilder().getCheckpointBuilder().setTrialId(first.getTrialId()).setEpoch(9);
    assertRefused(Status.Code.INVALID_ARGUMENT, "is gone", () -> run(gone.build()));
    TrialSpec.Builder wider = trial(14, 1).toBuilder();
    wider.getModelBuilder().getMlpBuilder().clearHidden().addHidden(17);
    wider.getStartBuilder().getCheckpointBuilder().setTrialId(first.getTrialId()).setEpoch(1);
    assertRefused(
        Status.Code.INVALID_ARGUMENT,
        "it has layer0/biases of shape [16], must be [17]",
        () -> run(wider.build()));
  }

  @Test
  void health_running_isServing() {
    assertThat(
            HealthGrpc.newBlockingStub(channel)
                .check(HealthCheckRequest.getDefaultInstance())
                .getStatus())
        .isEqualTo(HealthCheckResponse.ServingStatus.SERVING);
  }
}
