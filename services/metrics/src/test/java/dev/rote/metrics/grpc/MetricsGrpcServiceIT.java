package dev.rote.metrics.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.ByteString;
import dev.rote.grpcerrors.ApiErrors;
import dev.rote.metrics.StoredStudy;
import dev.rote.testkit.MutatedRequests;
import dev.rote.v1.CriticalSample;
import dev.rote.v1.CriticalSamples;
import dev.rote.v1.Examples;
import dev.rote.v1.Fgsm;
import dev.rote.v1.FindCriticalSamplesRequest;
import dev.rote.v1.FindCriticalSamplesResponse;
import dev.rote.v1.Lass;
import dev.rote.v1.MeasureTrialRequest;
import dev.rote.v1.Measurement;
import dev.rote.v1.MeasurementSpec;
import dev.rote.v1.MetricsServiceGrpc;
import dev.rote.v1.SearchApplied;
import dev.rote.v1.SearchHeader;
import dev.rote.v1.Shape;
import grpc.health.v1.HealthGrpc;
import grpc.health.v1.HealthOuterClass.HealthCheckRequest;
import grpc.health.v1.HealthOuterClass.HealthCheckResponse;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(StoredStudyResource.class)
class MetricsGrpcServiceIT {
  private final int port;
  private ManagedChannel channel;

  MetricsGrpcServiceIT(@ConfigProperty(name = "quarkus.grpc.server.test-port") int port) {
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

  private static CriticalSamples.Builder fgsm(double radius) {
    return CriticalSamples.newBuilder().setRadius(radius).setFgsm(Fgsm.getDefaultInstance());
  }

  private Measurement measure(String trial, MeasurementSpec spec) {
    return MetricsServiceGrpc.newBlockingStub(channel)
        .measureTrial(
            MeasureTrialRequest.newBuilder().setTrialId(trial).setMeasurement(spec).build())
        .getMeasurement();
  }

  private static FindCriticalSamplesRequest header(CriticalSamples.Builder search) {
    return FindCriticalSamplesRequest.newBuilder()
        .setHeader(SearchHeader.newBuilder().setTrialId(StoredStudy.TRIAL).setSearch(search))
        .build();
  }

  private static FindCriticalSamplesRequest examples(Shape shape, float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return FindCriticalSamplesRequest.newBuilder()
        .setExamples(Examples.newBuilder().setShape(shape).setInputs(ByteString.copyFrom(bytes)))
        .build();
  }

  private List<CriticalSample> find(FindCriticalSamplesRequest... messages) {
    return Exchange.run(channel, List.of(messages)).stream()
        .flatMap(answer -> answer.getSamplesList().stream())
        .toList();
  }

  private void assertRefused(String field, String text, FindCriticalSamplesRequest... messages) {
    assertThatExceptionOfType(StatusRuntimeException.class)
        .isThrownBy(() -> find(messages))
        .satisfies(e -> assertInvalid(e, field, text));
    /* The refused call gave its only slot back. */
    assertThat(find(header(fgsm(8)), examples(StoredStudy.SHAPE, 0.5f, 0.51f))).hasSize(1);
  }

  private static void assertInvalid(StatusRuntimeException e, String field, String text) {
    assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(ApiErrors.describe(e)).contains(field).contains(text);
  }

  @Test
  void health_standardService_serves() {
    assertThat(
            HealthGrpc.newBlockingStub(channel)
                .check(HealthCheckRequest.newBuilder().setService("rote.v1.MetricsService").build())
                .getStatus())
        .isEqualTo(HealthCheckResponse.ServingStatus.SERVING);
  }

  @Test
  void measureTrial_criticalSamples_valuesOfTheLastCheckpoint() {
    MeasurementSpec spec =
        MeasurementSpec.newBuilder()
            .setCriticalSamples(fgsm(0.03 * 255))
            .setFinalOnly(true)
            .build();
    Measurement measurement = measure(StoredStudy.TRIAL, spec);
    assertThat(measurement.getCheckpointsCount()).isEqualTo(1);
    assertThat(measurement.getCheckpoints(0).getEpoch()).isEqualTo(4);
    assertThat(measurement.getCheckpoints(0).getCriticalSamples().getRatio()).isEqualTo(0.5);
    assertThat(measure(StoredStudy.TRIAL, spec)).isEqualTo(measurement);
  }

  @Test
  void measureTrial_badSpec_isRefused() {
    assertThatExceptionOfType(StatusRuntimeException.class)
        .isThrownBy(
            () ->
                measure(
                    StoredStudy.TRIAL,
                    MeasurementSpec.newBuilder().setCriticalSamples(fgsm(300)).build()))
        .satisfies(e -> assertInvalid(e, "criticalSamples.radius", "(0, 255]"));
  }

  @Test
  void measureTrial_pathAsTrialId_isRefused() {
    assertThatExceptionOfType(StatusRuntimeException.class)
        .isThrownBy(
            () ->
                measure(
                    "../../variants/x",
                    MeasurementSpec.newBuilder().setCriticalSamples(fgsm(1)).build()))
        .satisfies(e -> assertInvalid(e, "trial_id", "32 hex digits"));
  }

  @Test
  void measureTrial_unknownTrial_isNotFoundWithItsReason() {
    String trial = "ffffffffffffffffffffffffffffffff";
    assertThatExceptionOfType(StatusRuntimeException.class)
        .isThrownBy(
            () -> measure(trial, MeasurementSpec.newBuilder().setCriticalSamples(fgsm(1)).build()))
        .satisfies(
            e -> {
              assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
              assertThat(ApiErrors.reason(e)).contains("TRIAL_MISSING");
              assertThat(ApiErrors.describe(e)).contains(trial);
            });
  }

  @Test
  void measureTrial_epochWithoutCheckpoint_isNotFound() {
    MeasurementSpec spec =
        MeasurementSpec.newBuilder().setCriticalSamples(fgsm(1)).addEpochs(3).build();
    assertThatExceptionOfType(StatusRuntimeException.class)
        .isThrownBy(() -> measure(StoredStudy.TRIAL, spec))
        .satisfies(
            e -> {
              assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
              assertThat(ApiErrors.describe(e)).contains("[0, 1, 4]").contains("was 3");
            });
  }

  @Test
  void findCriticalSamples_twoMessages_answersInOrderWithinTheBox() {
    List<CriticalSample> samples =
        find(
            header(fgsm(0.03 * 255)),
            examples(StoredStudy.SHAPE, 0.52f, 0.5f, 0.6f, 0.5f),
            examples(StoredStudy.SHAPE, 0.5f, 0.54f));
    assertThat(samples).extracting(CriticalSample::getIndex).containsExactly(0L, 1L, 2L);
    assertThat(samples).extracting(CriticalSample::getCritical).containsExactly(true, false, true);
    assertThat(samples).extracting(CriticalSample::getPredicted).containsExactly(0, 0, 1);
    assertThat(samples).extracting(CriticalSample::getAdversarialClass).containsExactly(1, 0, 0);
    assertThat(samples).extracting(CriticalSample::getIterations).containsOnly(1);
    assertThat(samples.get(1).getAdversarial().isEmpty()).isTrue();
    ByteBuffer adversarial =
        samples.get(0).getAdversarial().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    assertThat(adversarial.getFloat()).isCloseTo(0.49f, within(1e-6f));
    assertThat(adversarial.getFloat()).isCloseTo(0.53f, within(1e-6f));
    assertThat(adversarial.hasRemaining()).isFalse();
  }

  /** Draws are addressed by position in the stream, so that cutting it differently is no matter. */
  @Test
  void findCriticalSamples_otherMessages_sameAnswers() {
    CriticalSamples.Builder lass =
        CriticalSamples.newBuilder()
            .setRadius(6)
            .setLass(Lass.newBuilder().setAlpha(0.5).setBeta(2).setIterations(9));
    float[] all = new float[64];
    for (int i = 0; i < all.length; i++) {
      all[i] = 0.5f + 0.003f * ((i * 7) % 11);
    }
    List<CriticalSample> together = find(header(lass), examples(StoredStudy.SHAPE, all));
    FindCriticalSamplesRequest[] apart = new FindCriticalSamplesRequest[33];
    apart[0] = header(lass);
    for (int i = 0; i < 32; i++) {
      apart[i + 1] = examples(StoredStudy.SHAPE, all[2 * i], all[2 * i + 1]);
    }
    assertThat(find(apart)).isEqualTo(together);
    assertThat(together).extracting(CriticalSample::getCritical).contains(true, false);
  }

  /** Far more than the transport's window: the client reads slowly and nothing is lost. */
  @Test
  void findCriticalSamples_slowReader_isHeldBackAndLosesNothing() {
    float[] block = new float[2 * 40_000];
    for (int i = 0; i < block.length; i += 2) {
      block[i] = 0.5f;
      block[i + 1] = 0.501f;
    }
    int messages = 12;
    long answers =
        Exchange.runSlowly(channel, header(fgsm(8)), examples(StoredStudy.SHAPE, block), messages);
    assertThat(answers).isEqualTo(messages * 40_000L);
  }

  @Test
  void findCriticalSamples_wrongShape_isRefused() {
    Shape shape = Shape.newBuilder().setChannels(1).setHeight(2).setWidth(2).build();
    assertRefused(
        "examples.shape",
        "must be 1x1x2, the shape that the network was trained on, was 1x2x2",
        header(fgsm(1)),
        examples(shape, 0, 0, 0, 0));
  }

  @Test
  void findCriticalSamples_partOfAnExample_isRefused() {
    assertRefused(
        "examples.inputs",
        "multiple of 8 bytes (1x1x2 float32), was 12",
        header(fgsm(1)),
        examples(StoredStudy.SHAPE, 0, 0, 0));
  }

  @Test
  void findCriticalSamples_notFinite_isRefusedWithItsPlace() {
    assertRefused(
        "examples.inputs",
        "must be finite, was NaN at value 1 of example 2",
        header(fgsm(1)),
        examples(StoredStudy.SHAPE, 0, 0),
        examples(StoredStudy.SHAPE, 0, 0, 0, Float.NaN));
  }

  @Test
  void findCriticalSamples_greyLevels_areRefusedUnlessAnyRangeIsAskedFor() {
    assertRefused(
        "examples.inputs",
        "divide by 255",
        header(fgsm(1)),
        examples(StoredStudy.SHAPE, 0, 1, 143, 0));
    assertRefused(
        "examples.inputs",
        "must be in [0, 1]",
        header(fgsm(1)),
        examples(StoredStudy.SHAPE, 0, -0.1f));
    FindCriticalSamplesRequest anyRange =
        FindCriticalSamplesRequest.newBuilder()
            .setHeader(header(fgsm(1)).getHeader().toBuilder().setAnyRange(true))
            .build();
    assertThat(find(anyRange, examples(StoredStudy.SHAPE, 143, 0))).hasSize(1);
  }

  /** Eight bytes of two uint8 pictures are one example of two float32 by their length alone. */
  @Test
  void findCriticalSamples_bytesOfAnotherType_areRefused() {
    FindCriticalSamplesRequest.Builder grey =
        FindCriticalSamplesRequest.newBuilder()
            .setExamples(
                Examples.newBuilder()
                    .setShape(StoredStudy.SHAPE)
                    .setInputs(ByteString.copyFrom(new byte[] {3, 1, 0, 0, 0, 0, 0, 0})));
    assertRefused("examples.inputs", "float32 little-endian", header(fgsm(1)), grey.build());
    grey.getExamplesBuilder().setInputs(ByteString.copyFrom(new byte[8])).setCount(4);
    assertRefused(
        "examples.inputs",
        "must be 4 examples of 8 bytes (1x1x2 float32), as count says, were 8 bytes",
        header(fgsm(1)),
        grey.build());
  }

  @Test
  void findCriticalSamples_clipped_staysInRange_andTheFirstAnswerSaysWhatWasDone() {
    FindCriticalSamplesRequest free = header(fgsm(0.03 * 255));
    FindCriticalSamplesRequest clipped =
        FindCriticalSamplesRequest.newBuilder()
            .setHeader(free.getHeader().toBuilder().setClip(true))
            .build();
    FindCriticalSamplesRequest black = examples(StoredStudy.SHAPE, 0.02f, 0.01f);
    List<FindCriticalSamplesResponse> answers =
        Exchange.run(channel, List.of(clipped, black, black));
    SearchApplied applied = answers.get(0).getApplied();
    assertThat(applied.getTrialId()).isEqualTo(StoredStudy.TRIAL);
    assertThat(applied.getEpoch()).isEqualTo(4);
    assertThat(applied.getClipped()).isTrue();
    assertThat(applied.getAnyRange()).isFalse();
    assertThat(applied.getSearch().getRadius()).isEqualTo(0.03 * 255);
    assertThat(answers.get(1).hasApplied()).isFalse();
    assertThat(lowest(answers.get(0))).isEqualTo(0f);
    assertThat(lowest(Exchange.run(channel, List.of(free, black)).get(0))).isNegative();
  }

  private static float lowest(FindCriticalSamplesResponse answer) {
    ByteBuffer adversarial =
        answer.getSamples(0).getAdversarial().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    return Math.min(adversarial.getFloat(), adversarial.getFloat());
  }

  @Test
  void mutatedRequests_areAnsweredAsRefusals_andHoldNoSlot() {
    MutatedRequests mutated = new MutatedRequests(channel, 15);
    assertThat(
            mutated.send(
                MetricsServiceGrpc.getMeasureTrialMethod(),
                MeasureTrialRequest.newBuilder()
                    .setTrialId(StoredStudy.TRIAL)
                    .setMeasurement(MeasurementSpec.newBuilder().setCriticalSamples(fgsm(1)))
                    .build()))
        .isEmpty();
    assertThat(
            mutated.send(
                MetricsServiceGrpc.getFindCriticalSamplesMethod(),
                header(fgsm(8)),
                examples(StoredStudy.SHAPE, 0.5f, 0.51f),
                examples(StoredStudy.SHAPE, 0.5f, 0.51f)))
        .isEmpty();
    awaitSlot();
  }

  @Test
  void findCriticalSamples_messageTooLarge_isRefused() {
    assertRefused(
        "examples.inputs",
        "at most 1048576 bytes a message, was 1048584",
        header(fgsm(1)),
        examples(StoredStudy.SHAPE, new float[262146]));
  }

  @Test
  void findCriticalSamples_examplesBeforeTheHeader_isRefused() {
    assertRefused("header", "first message", examples(StoredStudy.SHAPE, 0, 0));
  }

  @Test
  void findCriticalSamples_secondHeader_isRefused() {
    assertRefused("header", "once", header(fgsm(1)), header(fgsm(1)));
  }

  @Test
  void findCriticalSamples_stopRule_isRefused() {
    CriticalSamples.Builder lass =
        CriticalSamples.newBuilder().setLass(Lass.newBuilder().setStopBelow(20));
    assertRefused("stop_below", "must be 0 on a stream", header(lass));
  }

  @Test
  void findCriticalSamples_badRadius_isRefused() {
    assertRefused("radius", "(0, 255]", header(fgsm(-1)));
  }

  /** There is one slot: a second stream is refused while the first holds it. */
  @Test
  void findCriticalSamples_allSlotsTaken_isExhausted() {
    try (Exchange held = Exchange.open(channel)) {
      held.send(header(fgsm(8)));
      held.send(examples(StoredStudy.SHAPE, 0.5f, 0.51f));
      assertThat(held.next().getSamplesCount()).isEqualTo(1);
      assertThatExceptionOfType(StatusRuntimeException.class)
          .isThrownBy(() -> find(header(fgsm(8)), examples(StoredStudy.SHAPE, 0.5f, 0.51f)))
          .satisfies(
              e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED));
    }
    awaitSlot();
  }

  @Test
  void findCriticalSamples_silentClient_losesItsSlot() {
    try (Exchange silent = Exchange.open(channel)) {
      silent.send(header(fgsm(8)));
      silent.send(examples(StoredStudy.SHAPE, 0.5f, 0.51f));
      assertThat(silent.next().getSamplesCount()).isEqualTo(1);
      assertThatExceptionOfType(StatusRuntimeException.class)
          .isThrownBy(silent::awaitEnd)
          .satisfies(
              e -> {
                assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
                assertThat(e.getStatus().getDescription()).contains("no message came", "PT8S");
              });
      assertThat(find(header(fgsm(8)), examples(StoredStudy.SHAPE, 0.5f, 0.51f))).hasSize(1);
    }
  }

  /** A cancelled call gives its slot back when the server has noticed. */
  private void awaitSlot() {
    long patience = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (true) {
      try {
        assertThat(find(header(fgsm(8)), examples(StoredStudy.SHAPE, 0.5f, 0.51f))).hasSize(1);
        return;
      } catch (StatusRuntimeException e) {
        if (System.nanoTime() > patience
            || e.getStatus().getCode() != Status.Code.RESOURCE_EXHAUSTED) {
          throw e;
        }
      }
    }
  }
}
