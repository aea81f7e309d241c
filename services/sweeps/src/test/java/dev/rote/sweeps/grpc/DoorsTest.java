package dev.rote.sweeps.grpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import dev.rote.embedded.Broker;
import dev.rote.embedded.BrokerSettings;
import dev.rote.grpcerrors.ApiException;
import dev.rote.spec.DataOutline;
import dev.rote.spec.SpecException;
import dev.rote.spec.SweepFiles;
import dev.rote.sweeps.admission.Admission;
import dev.rote.sweeps.admission.GridPlan;
import dev.rote.sweeps.doors.ConfigDoor;
import dev.rote.sweeps.doors.Door;
import dev.rote.sweeps.kafka.EngineSettings;
import dev.rote.sweeps.kafka.WorkflowEngine;
import dev.rote.sweeps.report.ReportMaker;
import dev.rote.sweeps.workflow.Plans;
import dev.rote.sweeps.workflow.WorkflowSettings;
import dev.rote.testkit.TestStore;
import dev.rote.v1.ClaimWorkRequest;
import dev.rote.v1.ClaimWorkResponse;
import dev.rote.v1.GetSweepRequest;
import dev.rote.v1.ListSweepsRequest;
import dev.rote.v1.ListTrialsRequest;
import dev.rote.v1.RenewLeaseRequest;
import dev.rote.v1.SubmitSweepRequest;
import dev.rote.v1.SubmitSweepResponse;
import dev.rote.workqueue.Pulses;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The doors on a real broker: whatever comes, what comes after it gets through. {@code
 * -Drote.mutations=10000} tries more than a normal build does.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DoorsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int MUTATIONS = Integer.getInteger("rote.mutations", 300);
  private static final String LETTERS = "rote.configs.dead-letter";
  private static final String SWEEP =
      """
      apiVersion: rote.dev/v1
      kind: Sweep
      metadata: {name: NAME}
      spec:
        trial:
          dataset: {name: strokes, trainSize: 100, validationSize: 50}
          model: {mlp: {hidden: [8]}}
          training: {epochs: 7}
        axes:
        - name: rate
          field: optimizer.learningRate
          values: [0.1, 0.2]
        repetitions: 2
      """;

  private final Map<Long, ConsumerRecord<byte[], byte[]>> letters = new HashMap<>();
  private final Pulses pulses = new Pulses();
  private TestStore store;
  private Broker broker;
  private WorkflowEngine engine;
  private Door door;
  private ConfigDoor configDoor;
  private KafkaProducer<byte[], byte[]> producer;
  private KafkaConsumer<byte[], byte[]> consumer;
  private int named;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    store = TestStore.start(directory.resolve("objects"));
    broker = Broker.start(BrokerSettings.at(directory.resolve("kafka")));
    engine =
        new WorkflowEngine(
            new EngineSettings(
                broker.bootstrapServers(),
                directory.resolve("state"),
                0,
                "streams",
                WorkflowSettings.defaults(),
                Duration.ofMillis(200),
                Duration.ofSeconds(10)),
            new Plans(GridPlan::of),
            pulses);
    engine.start();
    await(engine::running);
    door = new Door(new Admission(100, 1, variant -> DataOutline.unknown()), engine);
    configDoor = open(door, pulses);
    Map<String, Object> kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
    producer = new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer());
    consumer = new KafkaConsumer<>(kafka, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    consumer.assign(List.of(new TopicPartition(LETTERS, 0)));
    consumer.seekToBeginning(consumer.assignment());
  }

  private ConfigDoor open(Door into, Pulses told) {
    ConfigDoor opened =
        new ConfigDoor(broker.bootstrapServers(), into, engine, Duration.ofSeconds(1), told);
    opened.start();
    return opened;
  }

  @AfterAll
  void stop() throws Exception {
    producer.close();
    consumer.close();
    configDoor.stop();
    engine.close();
    broker.close();
    store.close();
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited for %s", PATIENCE).isLessThan(end);
      Thread.sleep(20);
    }
  }

  private static byte[] sweep(String name) {
    return SWEEP.replace("NAME", name).getBytes(UTF_8);
  }

  private long send(byte @Nullable [] key, byte @Nullable [] value) throws Exception {
    return producer.send(new ProducerRecord<>("rote.configs", key, value)).get().offset();
  }

  /** A good sweep that comes after all that was sent starts. */
  private void assertOpen() throws Exception {
    String name = "good" + named++;
    send(null, sweep(name));
    await(() -> engine.view().sweep(name).isPresent());
    assertThat(pulses.standing()).isEmpty();
  }

  private ConsumerRecord<byte[], byte[]> letter(long offset) throws InterruptedException {
    await(
        () -> {
          for (var letter : consumer.poll(Duration.ofMillis(100))) {
            String origin = header(letter, "rote-origin");
            letters.put(Long.parseLong(origin.substring(origin.indexOf('@') + 1)), letter);
          }
          return letters.containsKey(offset);
        });
    return Objects.requireNonNull(letters.get(offset));
  }

  private static String header(ConsumerRecord<?, ?> record, String name) {
    Header header = record.headers().lastHeader(name);
    assertThat(header).as(name).isNotNull();
    return new String(header.value(), UTF_8);
  }

  @Test
  void shouldRefuseWithTheFirstViolationsWhenThousandsOfKeysAreUnknown() throws Exception {
    StringBuilder junk = new StringBuilder("apiVersion: rote.dev/v1\nkind: Sweep\n");
    for (int i = 0; i < 8_000; i++) {
      junk.append("key").append(i).append(": ").append(i).append('\n');
    }
    long offset = send(null, junk.toString().getBytes(UTF_8));
    assertOpen();
    ConsumerRecord<byte[], byte[]> letter = letter(offset);
    assertThat(header(letter, "rote-reason")).isEqualTo("INVALID_SWEEP");
    assertThat(letter.headers().headers("rote-violation")).hasSizeBetween(1, 20);
    assertThat(header(letter, "rote-message").length()).isLessThanOrEqualTo(500);
    assertThat(letter.value()).hasSize(junk.length());
  }

  @Test
  void shouldTellOfAnEventByItsHashWhenItIsTooLargeForALetter() throws Exception {
    long offset = send(null, sweep("x".repeat(1_048_000)));
    assertOpen();
    ConsumerRecord<byte[], byte[]> letter = letter(offset);
    assertThat(letter.value()).isNull();
    assertThat(header(letter, "rote-sha256")).matches("[0-9a-f]{64}");
    long half = send(null, sweep("x".repeat(400_000)));
    assertOpen();
    assertThat(header(letter(half), "rote-reason")).isEqualTo("INVALID_SWEEP");
  }

  @Test
  void shouldRefuseWhatIsNoSweepAndGoOn() throws Exception {
    List<Long> offsets = new ArrayList<>();
    offsets.add(send(null, null));
    offsets.add(send("k".getBytes(UTF_8), null));
    offsets.add(send(null, new byte[0]));
    offsets.add(send(null, new byte[] {(byte) 0xff, (byte) 0xfe, 0}));
    offsets.add(
        send(
            null,
            new String(sweep("path"), UTF_8)
                .replace(
                    "{name: strokes, trainSize: 100, validationSize: 50}",
                    "{name: idx, trainSize: 100, validationSize: 50, idx: {trainImages: \""
                        + "a/".repeat(2_000)
                        + "a\", trainLabels: b}}")
                .getBytes(UTF_8)));
    assertOpen();
    for (long offset : offsets) {
      assertThat(header(letter(offset), "rote-reason")).isIn("INVALID_SWEEP", "NOT_UTF8");
    }
  }

  @Test
  void shouldSkipAnEventThatEndedTheProcessTwiceWhenItIsReadAgain() throws Exception {
    configDoor.stop();
    long offset = send(null, sweep("deadly"));
    Door deadly =
        new Door(
            new Admission(
                100,
                1,
                variant -> {
                  throw new AssertionError(
                      "ends the door's thread, as running out of memory would");
                }),
            engine);
    for (int i = 0; i < 2; i++) {
      Pulses told = new Pulses();
      ConfigDoor dying = open(deadly, told);
      await(() -> !told.standing().isEmpty());
      assertThat(told.standing().get("config door")).contains("ends the door's thread");
      dying.stop();
    }
    configDoor = open(door, pulses);
    assertOpen();
    assertThat(header(letter(offset), "rote-reason")).isEqualTo("ENDED_THE_PROCESS");
    assertThat(engine.view().sweep("deadly")).isEmpty();
  }

  @Test
  void shouldStayOpenWhenEventsAreMutated() throws Exception {
    RandomGenerator random = random(7);
    for (int i = 0; i < MUTATIONS; i++) {
      send(
          random.nextBoolean() ? null : new byte[] {(byte) random.nextInt()},
          mutated(sweep("m" + i), random));
    }
    assertOpen();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      TopicPartition configs = new TopicPartition("rote.configs", 0);
      long end = end(configs);
      await(() -> committed(admin, configs) == end);
    }
  }

  private static long committed(Admin admin, TopicPartition partition) {
    try {
      return Objects.requireNonNull(
              admin
                  .listConsumerGroupOffsets("rote-configs")
                  .partitionsToOffsetAndMetadata()
                  .get(10, TimeUnit.SECONDS)
                  .get(partition))
          .offset();
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void shouldAnswerMutatedRequestsWithoutInternalErrors() throws Exception {
    SweepsGrpcService sweeps = service();
    WorkGrpcService work = new WorkGrpcService(engine);
    Map<String, Integer> codes = new HashMap<>();
    RandomGenerator random = random(11);
    SubmitSweepRequest submit =
        SubmitSweepRequest.newBuilder()
            .setSweep(SweepFiles.parse(new String(sweep("fuzz"), UTF_8), "fuzz"))
            .setDryRun(true)
            .build();
    for (int i = 0; i < MUTATIONS; i++) {
      call(submit, SubmitSweepRequest.parser(), sweeps::submitSweep, random, codes);
      call(
          GetSweepRequest.newBuilder().setSweep("good0").build(),
          GetSweepRequest.parser(),
          sweeps::getSweep,
          random,
          codes);
      call(
          ListSweepsRequest.newBuilder().setPageSize(10).setPageToken("12345").build(),
          ListSweepsRequest.parser(),
          sweeps::listSweeps,
          random,
          codes);
      call(
          ListTrialsRequest.newBuilder().setSweep("good0").setPageToken("3").build(),
          ListTrialsRequest.parser(),
          sweeps::listTrials,
          random,
          codes);
      call(
          ClaimWorkRequest.newBuilder()
              .setWorkId("trial/0123")
              .setWorker("w")
              .setClaimId("c")
              .build(),
          ClaimWorkRequest.parser(),
          work::claimWork,
          random,
          codes);
      call(
          RenewLeaseRequest.newBuilder()
              .setWorkId("trial/0123")
              .setWorker("w")
              .setAttempt(1)
              .build(),
          RenewLeaseRequest.parser(),
          work::renewLease,
          random,
          codes);
    }
    assertThat(codes.keySet()).isSubsetOf("OK", "INVALID_ARGUMENT", "NOT_FOUND");
    assertThat(pulses.standing()).isEmpty();
    assertOpen();
  }

  @Test
  void shouldRefuseAHundredThousandEmptyAxesAtOnce() throws Exception {
    SubmitSweepRequest.Builder request =
        SubmitSweepRequest.newBuilder()
            .setSweep(SweepFiles.parse(new String(sweep("axes"), UTF_8), "axes"))
            .setDryRun(true);
    for (int i = 0; i < 100_000; i++) {
      request.getSweepBuilder().getSpecBuilder().addAxesBuilder();
    }
    Reply<SubmitSweepResponse> reply = new Reply<>();
    long begun = System.nanoTime();
    service().submitSweep(request.build(), reply);
    assertThat(reply.code()).isEqualTo("INVALID_ARGUMENT");
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void shouldAnswerClaimsOfUnwantedWorkWithoutAnEventForEach() throws Exception {
    assertOpen();
    long before = logEnd();
    WorkGrpcService work = new WorkGrpcService(engine);
    for (int i = 0; i < 1_000; i++) {
      Reply<ClaimWorkResponse> reply = new Reply<>();
      work.claimWork(
          ClaimWorkRequest.newBuilder()
              .setWorkId("trial/unwanted" + i)
              .setWorker("w")
              .setClaimId("c" + i)
              .build(),
          reply);
      assertThat(reply.value().getDecision()).isEqualTo(ClaimWorkResponse.Decision.OBSOLETE);
    }
    // Ticks of the clock alone.
    assertThat(logEnd() - before).isLessThan(500);
  }

  private long end(TopicPartition partition) {
    return Objects.requireNonNull(consumer.endOffsets(Set.of(partition)).get(partition));
  }

  private long logEnd() {
    return end(new TopicPartition("rote.workflow", 0));
  }

  private SweepsGrpcService service() {
    return new SweepsGrpcService(
        door,
        engine,
        new TrialListing(new Plans(GridPlan::of)),
        new StoredReports(
            store.client(),
            new ReportMaker(new Plans(GridPlan::of), store.client(), "test", Clock.systemUTC())),
        new SweepWatch(engine, Duration.ofSeconds(1)));
  }

  private static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  /** Bytes flipped, left out, doubled or put in, a few at a time. */
  private static byte[] mutated(byte[] bytes, RandomGenerator random) {
    List<Byte> list = new ArrayList<>();
    for (byte b : bytes) {
      list.add(b);
    }
    for (int i = 1 + random.nextInt(4); i > 0 && !list.isEmpty(); i--) {
      int at = random.nextInt(list.size());
      switch (random.nextInt(5)) {
        case 0 -> list.set(at, (byte) (list.get(at) ^ (1 << random.nextInt(8))));
        case 1 -> list.remove(at);
        case 2 -> list.add(at, (byte) random.nextInt());
        case 3 -> list.subList(at, Math.min(list.size(), at + random.nextInt(20))).clear();
        default ->
            list.addAll(at, new ArrayList<>(list.subList(at, Math.min(list.size(), at + 30))));
      }
    }
    byte[] result = new byte[list.size()];
    for (int i = 0; i < result.length; i++) {
      result[i] = list.get(i);
    }
    return result;
  }

  private static <Q extends MessageLite, R> void call(
      Q request,
      Parser<Q> parser,
      BiConsumer<Q, StreamObserver<R>> method,
      RandomGenerator random,
      Map<String, Integer> codes)
      throws Exception {
    Q mutated;
    try {
      mutated = parser.parseFrom(mutated(request.toByteArray(), random));
    } catch (InvalidProtocolBufferException e) {
      return;
    }
    Reply<R> reply = new Reply<>();
    try {
      method.accept(mutated, reply);
    } catch (RuntimeException e) {
      reply.onError(e);
    }
    String code = reply.code();
    assertThat(code).as("%s", mutated).isNotIn("INTERNAL", "UNKNOWN");
    codes.merge(code, 1, Integer::sum);
  }

  /** The one answer of a call. */
  private static final class Reply<R> implements StreamObserver<R> {
    private final CompletableFuture<R> value = new CompletableFuture<>();

    @Override
    public void onNext(R next) {
      value.complete(next);
    }

    @Override
    public void onError(Throwable failure) {
      value.completeExceptionally(failure);
    }

    @Override
    public void onCompleted() {
      value.completeExceptionally(new AssertionError("ended without an answer"));
    }

    R value() throws Exception {
      return value.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** As the interceptor of errors tells it. */
    String code() throws Exception {
      try {
        value();
        return "OK";
      } catch (ExecutionException e) {
        if (e.getCause() instanceof ApiException api) {
          return Status.fromCodeValue(api.status().getCode()).getCode().name();
        }
        if (e.getCause() instanceof SpecException) {
          return "INVALID_ARGUMENT";
        }
        if (e.getCause() instanceof StatusRuntimeException status) {
          return status.getStatus().getCode().name();
        }
        throw new AssertionError("a bug to the client: INTERNAL", e.getCause());
      }
    }
  }
}
