package dev.rote.corruption.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import com.google.rpc.BadRequest;
import dev.rote.artifacts.ObjectStore;
import dev.rote.artifacts.variants.LocalVariant;
import dev.rote.artifacts.variants.StoredVariants;
import dev.rote.artifacts.variants.StreamedVariants;
import dev.rote.artifacts.variants.VariantCache;
import dev.rote.artifacts.variants.VariantSource;
import dev.rote.artifacts.variants.VariantSplit;
import dev.rote.testkit.MutatedRequests;
import dev.rote.v1.CheckVariantRequest;
import dev.rote.v1.CheckVariantResponse;
import dev.rote.v1.CorruptionServiceGrpc;
import dev.rote.v1.CorruptionServiceGrpc.CorruptionServiceBlockingStub;
import dev.rote.v1.CorruptionSpec;
import dev.rote.v1.DatasetInfo;
import dev.rote.v1.DatasetSpec;
import dev.rote.v1.DescribeVariantRequest;
import dev.rote.v1.ExampleSelection;
import dev.rote.v1.FileSet;
import dev.rote.v1.HashFilesRequest;
import dev.rote.v1.InputCorruption;
import dev.rote.v1.InspectFilesRequest;
import dev.rote.v1.LabelCorruption;
import dev.rote.v1.ListDatasetsRequest;
import dev.rote.v1.MaterializeVariantRequest;
import dev.rote.v1.MaterializeVariantResponse;
import dev.rote.v1.OwnFiles;
import dev.rote.v1.StreamExamplesRequest;
import dev.rote.v1.StreamExamplesResponse;
import dev.rote.v1.VariantManifest;
import dev.rote.v1.VariantSpec;
import grpc.health.v1.HealthGrpc;
import grpc.health.v1.HealthOuterClass.HealthCheckRequest;
import grpc.health.v1.HealthOuterClass.HealthCheckResponse;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@QuarkusTestResource(ObjectStoreResource.class)
class CorruptionServiceIT {
  @Inject ObjectStore store;

  @ConfigProperty(name = "quarkus.grpc.server.test-port")
  int port;

  @TempDir Path directory;
  private ManagedChannel channel;

  @BeforeEach
  void connect() {
    channel = ManagedChannelBuilder.forAddress("localhost", port).usePlaintext().build();
  }

  @AfterEach
  void disconnect() {
    channel.shutdownNow();
  }

  /* The deadline is that of a call, not of a test. */
  private CorruptionServiceBlockingStub corruption() {
    return CorruptionServiceGrpc.newBlockingStub(channel).withDeadlineAfter(60, TimeUnit.SECONDS);
  }

  private static VariantSpec noisy(int train) {
    return VariantSpec.newBuilder()
        .setDataset(
            DatasetSpec.newBuilder().setName("strokes").setTrainSize(train).setValidationSize(200))
        .setCorruption(
            CorruptionSpec.newBuilder()
                .setInputs(
                    InputCorruption.newBuilder()
                        .setRule(InputCorruption.Rule.GAUSSIAN)
                        .setLevel(0.5))
                .setLabels(
                    LabelCorruption.newBuilder()
                        .setRule(LabelCorruption.Rule.RANDOM)
                        .setLevel(0.5)))
        .build();
  }

  private VariantManifest make(VariantSpec spec) {
    return corruption()
        .materializeVariant(MaterializeVariantRequest.newBuilder().setVariant(spec).build())
        .getManifest();
  }

  @Test
  void shouldListAllDatasetsWithWhatIsMissing() {
    List<DatasetInfo> datasets =
        corruption().listDatasets(ListDatasetsRequest.getDefaultInstance()).getDatasetsList();

    assertThat(datasets)
        .extracting(DatasetInfo::getName)
        .containsExactly(
            "strokes", "mnist", "fashion-mnist", "kmnist", "cifar10", "cifar100", "idx", "files");
    assertThat(datasets.get(0).getAvailable()).isTrue();
    assertThat(datasets.get(3).getAvailable()).isFalse();
    assertThat(datasets.get(3).getHint()).contains("kmnist/train-images-idx3-ubyte");
  }

  @Test
  void shouldAnswerMutatedRequestsWithRefusals() {
    MutatedRequests mutated = new MutatedRequests(channel, 15);
    assertThat(
            mutated.send(
                CorruptionServiceGrpc.getCheckVariantMethod(),
                CheckVariantRequest.newBuilder().setVariant(noisy(100)).build()))
        .isEmpty();
    assertThat(
            mutated.send(
                CorruptionServiceGrpc.getMaterializeVariantMethod(),
                MaterializeVariantRequest.newBuilder().setVariant(noisy(100)).build()))
        .isEmpty();
    assertThat(
            mutated.send(
                CorruptionServiceGrpc.getStreamExamplesMethod(),
                StreamExamplesRequest.newBuilder()
                    .setVariantId(make(noisy(100)).getVariantId())
                    .setSplit(ExampleSelection.Split.TRAINING)
                    .setOffset(3)
                    .setCount(5)
                    .setOriginals(true)
                    .build()))
        .isEmpty();
  }

  /** A matrix of 200,000 empty rows, in 400 KB. */
  @Test
  void shouldRefuseACrowdOfEmptyRows_andGoOn() {
    LabelCorruption.Builder labels =
        LabelCorruption.newBuilder().setRule(LabelCorruption.Rule.TRANSITION_MATRIX);
    for (int i = 0; i < 200_000; i++) {
      labels.addTransitionMatrixBuilder();
    }
    VariantSpec spec =
        noisy(100).toBuilder().setCorruption(CorruptionSpec.newBuilder().setLabels(labels)).build();
    assertThatExceptionOfType(StatusRuntimeException.class)
        .isThrownBy(
            () ->
                corruption()
                    .checkVariant(CheckVariantRequest.newBuilder().setVariant(spec).build()))
        .satisfies(
            e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT));
    assertThat(make(noisy(100)).getTrain().getExamples()).isEqualTo(100);
  }

  @Test
  void shouldMakeAVariantOnceAndDescribeIt() {
    VariantSpec spec = noisy(1000);
    CheckVariantResponse check =
        corruption().checkVariant(CheckVariantRequest.newBuilder().setVariant(spec).build());
    MaterializeVariantRequest request =
        MaterializeVariantRequest.newBuilder().setVariant(spec).build();
    MaterializeVariantResponse first = corruption().materializeVariant(request);
    MaterializeVariantResponse second = corruption().materializeVariant(request);

    assertThat(first.getCreated()).isTrue();
    assertThat(second.getCreated()).isFalse();
    assertThat(second.getManifest()).isEqualTo(first.getManifest());
    assertThat(first.getManifest().getVariantId()).isEqualTo(check.getVariantId());
    assertThat(check.getTrainExamples()).isEqualTo(1000);
    assertThat(check.getClasses()).isEqualTo(10);
    assertThat(
            corruption()
                .describeVariant(
                    DescribeVariantRequest.newBuilder().setVariantId(check.getVariantId()).build())
                .getManifest())
        .isEqualTo(first.getManifest());
  }

  @Test
  void shouldMakeNoOtherVariantThanTheOneAskedFor() {
    MaterializeVariantRequest request =
        MaterializeVariantRequest.newBuilder()
            .setVariant(noisy(31))
            .setVariantId("0123456789abcdef0123456789abcdef")
            .build();
    StatusRuntimeException refused = failure(() -> corruption().materializeVariant(request));
    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
    assertThat(refused.getStatus().getDescription())
        .contains("asked for was 0123456789abcdef0123456789abcdef");
  }

  @Test
  void shouldGiveTheSameBytesByStreamAsFromStorage() throws IOException {
    for (VariantSpec spec :
        List.of(noisy(3000), noisy(3000).toBuilder().clearCorruption().build())) {
      String id = make(spec).getVariantId();
      for (VariantSplit split : VariantSplit.values()) {
        Path stored = fetch(new StoredVariants(store), "stored", id, split);
        Path streamed = fetch(new StreamedVariants(corruption()), "streamed", id, split);
        assertThat(Files.mismatch(stored, streamed)).isEqualTo(-1);
      }
    }
  }

  private Path fetch(VariantSource source, String name, String id, VariantSplit split) {
    LocalVariant local =
        new VariantCache(source, directory.resolve(name), Long.MAX_VALUE).open(id, split);
    assertThat(local.examples()).isPositive();
    return directory.resolve(name).resolve(id + "-" + split.key() + ".shards");
  }

  @Test
  void shouldStreamARangeWithOriginalsInBoundedChunks() {
    VariantManifest manifest = make(noisy(2500));
    Iterator<StreamExamplesResponse> chunks =
        corruption()
            .streamExamples(
                StreamExamplesRequest.newBuilder()
                    .setVariantId(manifest.getVariantId())
                    .setSplit(ExampleSelection.Split.TRAINING)
                    .setOffset(700)
                    .setCount(1500)
                    .setOriginals(true)
                    .build());
    LocalVariant local =
        new VariantCache(new StoredVariants(store), directory, Long.MAX_VALUE)
            .open(manifest.getVariantId(), VariantSplit.TRAIN);
    float[] expected = new float[784];
    long next = 700;
    while (chunks.hasNext()) {
      StreamExamplesResponse chunk = chunks.next();
      assertThat(chunk.getFirstIndex()).isEqualTo(next);
      assertThat(chunk.getInputs().size()).isLessThanOrEqualTo(1 << 20);
      for (int i = 0; i < chunk.getLabelsCount(); i++, next++) {
        local.input(next, expected, 0);
        assertThat(floats(chunk.getInputs(), i)).isEqualTo(expected);
        if ((local.mask(next) & 1) == 0) {
          assertThat(floats(chunk.getOriginalInputs(), i)).isEqualTo(expected);
        } else {
          assertThat(floats(chunk.getOriginalInputs(), i)).isNotEqualTo(expected);
        }
        assertThat(chunk.getLabels(i)).isEqualTo(local.label(next));
        assertThat(chunk.getCorrupted().byteAt(i)).isEqualTo(local.mask(next));
      }
    }
    assertThat(next).isEqualTo(2200);
  }

  @Test
  void shouldStreamIdentityWithoutInputs() {
    VariantManifest manifest = make(noisy(9000));
    LocalVariant local =
        new VariantCache(new StoredVariants(store), directory, Long.MAX_VALUE)
            .open(manifest.getVariantId(), VariantSplit.TRAIN);
    StreamExamplesRequest.Builder request =
        StreamExamplesRequest.newBuilder()
            .setVariantId(manifest.getVariantId())
            .setSplit(ExampleSelection.Split.TRAINING)
            .setWithoutInputs(true);
    Iterator<StreamExamplesResponse> chunks = corruption().streamExamples(request.build());
    long next = 0;
    while (chunks.hasNext()) {
      StreamExamplesResponse chunk = chunks.next();
      assertThat(chunk.getInputs().size()).isZero();
      for (int i = 0; i < chunk.getLabelsCount(); i++, next++) {
        assertThat(chunk.getLabels(i)).isEqualTo(local.label(next));
        assertThat(chunk.getOriginalLabels(i)).isEqualTo(local.originalLabel(next));
        assertThat(chunk.getSourceIndices(i)).isEqualTo(local.sourceIndex(next));
        assertThat(chunk.getCorrupted().byteAt(i)).isEqualTo(local.mask(next));
      }
    }
    assertThat(next).isEqualTo(local.examples());
    Iterator<StreamExamplesResponse> both =
        corruption().streamExamples(request.setOriginals(true).build());
    assertThatExceptionOfType(StatusRuntimeException.class)
        .isThrownBy(both::hasNext)
        .satisfies(e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT))
        .withMessageContaining("withoutInputs");
  }

  private static float[] floats(com.google.protobuf.ByteString bytes, int example) {
    float[] out = new float[784];
    bytes
        .asReadOnlyByteBuffer()
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(example * out.length, out);
    return out;
  }

  @Test
  void shouldWaitWhenTheClientDoesNotRead() throws InterruptedException {
    VariantManifest manifest = make(noisy(20_000));
    BlockingQueue<StreamExamplesResponse> received = new LinkedBlockingQueue<>();
    ClientCall<StreamExamplesRequest, StreamExamplesResponse> call =
        channel.newCall(CorruptionServiceGrpc.getStreamExamplesMethod(), CallOptions.DEFAULT);
    call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onMessage(StreamExamplesResponse message) {
            received.add(message);
          }

          @Override
          public void onClose(Status status, Metadata trailers) {
            if (status.isOk()) {
              received.add(StreamExamplesResponse.getDefaultInstance());
            }
          }
        },
        new Metadata());
    call.sendMessage(
        StreamExamplesRequest.newBuilder()
            .setVariantId(manifest.getVariantId())
            .setSplit(ExampleSelection.Split.TRAINING)
            .build());
    call.halfClose();
    call.request(1);
    assertThat(received.poll(20, TimeUnit.SECONDS)).isNotNull();
    assertThat(received.poll(300, TimeUnit.MILLISECONDS)).isNull();

    call.request(1000);
    long examples = 0;
    for (StreamExamplesResponse chunk = received.poll(20, TimeUnit.SECONDS);
        chunk != null && chunk.getLabelsCount() > 0;
        chunk = received.poll(20, TimeUnit.SECONDS)) {
      examples += chunk.getLabelsCount();
    }
    assertThat(examples).isBetween(19_000L, 20_000L);
  }

  @Test
  void shouldRefuseBadRequestsWithTypedDetails() throws IOException {
    VariantSpec.Builder bad = noisy(100).toBuilder();
    bad.getCorruptionBuilder().getLabelsBuilder().setLevel(-0.5);
    StatusRuntimeException refused = failure(() -> make(bad.build()));
    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    BadRequest details = detail(refused, BadRequest.class);
    assertThat(details.getFieldViolations(0).getField())
        .isEqualTo("variant.corruption.labels.level");
    assertThat(details.getFieldViolations(0).getDescription()).contains("-0.5").contains("[0, 1]");

    assertThat(failure(() -> describe("../secrets")).getStatus().getCode())
        .isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(failure(() -> describe("0".repeat(32))).getStatus().getCode())
        .isEqualTo(Status.Code.NOT_FOUND);

    VariantSpec missing =
        VariantSpec.newBuilder().setDataset(DatasetSpec.newBuilder().setName("kmnist")).build();
    assertThat(failure(() -> make(missing)).getStatus().getCode())
        .isEqualTo(Status.Code.FAILED_PRECONDITION);
    StatusRuntimeException beyond =
        failure(
            () ->
                corruption()
                    .streamExamples(
                        StreamExamplesRequest.newBuilder()
                            .setVariantId(make(noisy(100)).getVariantId())
                            .setOffset(201)
                            .build())
                    .next());
    assertThat(beyond.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(beyond).hasMessageContaining("[0, 200]");
  }

  @Test
  void shouldRefuseFilesThatNoDatasetCouldHaveByTheirFields() throws IOException {
    OwnFiles.Builder files = OwnFiles.newBuilder().setTrain(FileSet.newBuilder().setPath("x"));
    files.getResizeBuilder().setHeight(40_000).setWidth(4);
    assertThat(
            field(
                () ->
                    corruption()
                        .inspectFiles(InspectFilesRequest.newBuilder().setFiles(files).build())))
        .isEqualTo("files.resize.height");
    assertThat(
            field(
                () ->
                    corruption()
                        .hashFiles(HashFilesRequest.newBuilder().addPaths("stored:x").build())))
        .isEqualTo("paths[0]");
  }

  private static String field(ThrowingCallable call) throws IOException {
    StatusRuntimeException refused = failure(call);
    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    return detail(refused, BadRequest.class).getFieldViolations(0).getField();
  }

  private Object describe(String id) {
    return corruption()
        .describeVariant(DescribeVariantRequest.newBuilder().setVariantId(id).build());
  }

  private static StatusRuntimeException failure(ThrowingCallable call) {
    StatusRuntimeException[] caught = new StatusRuntimeException[1];
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(StatusRuntimeException.class, e -> caught[0] = e);
    return caught[0];
  }

  private static <T extends com.google.protobuf.Message> T detail(
      StatusRuntimeException failure, Class<T> type) throws IOException {
    for (Any any : Objects.requireNonNull(StatusProto.fromThrowable(failure)).getDetailsList()) {
      if (any.is(type)) {
        return any.unpack(type);
      }
    }
    throw new AssertionError("no " + type.getSimpleName() + " in " + failure);
  }

  @Test
  void shouldReportHealth() {
    HealthCheckResponse health =
        HealthGrpc.newBlockingStub(channel)
            .check(
                HealthCheckRequest.newBuilder()
                    .setService(CorruptionServiceGrpc.SERVICE_NAME)
                    .build());
    assertThat(health.getStatus()).isEqualTo(HealthCheckResponse.ServingStatus.SERVING);
  }
}
