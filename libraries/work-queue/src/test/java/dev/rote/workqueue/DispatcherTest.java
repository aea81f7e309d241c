package dev.rote.workqueue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.protobuf.UnknownFieldSet;
import dev.rote.access.OwnKey;
import dev.rote.access.grpc.Tls;
import dev.rote.spec.Versions;
import dev.rote.v1.ClaimWorkRequest;
import dev.rote.v1.ClaimWorkResponse;
import dev.rote.v1.MeasureTrialWork;
import dev.rote.v1.TrainTrialWork;
import dev.rote.v1.TrialSpec;
import dev.rote.v1.WorkFailed.Remedy;
import dev.rote.v1.WorkItem;
import dev.rote.v1.WorkServiceGrpc;
import dev.rote.v1.WorkflowEvent;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DispatcherTest {
  private static final WorkKind KIND = WorkKind.TRIALS;
  private static final Versions VERSIONS = new Versions("1", "2", "3");

  private final AtomicLong now = new AtomicLong();
  private final WorkerHealth health = new WorkerHealth(now::get);
  private final WorkTopic topic = new WorkTopic(KIND);
  private final BlockingQueue<WorkflowEvent> events = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> handled = new LinkedBlockingQueue<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile WorkHandler handler = (item, context) -> WorkOutcome.Completed.work(false);
  private Server server;
  private ManagedChannel channel;
  private WorkSlots slots;
  private Thread thread;
  private Pulse pulse;

  @BeforeEach
  void start() throws IOException {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress("localhost", 0))
            .addService(
                new WorkServiceGrpc.WorkServiceImplBase() {
                  @Override
                  public void claimWork(
                      ClaimWorkRequest claim, StreamObserver<ClaimWorkResponse> answer) {
                    if (claim.getWorkId().startsWith("trial/breaks")) {
                      answer.onError(Status.INTERNAL.asRuntimeException());
                      return;
                    }
                    ClaimWorkResponse.Builder answered =
                        ClaimWorkResponse.newBuilder()
                            .setDecision(decision(claim))
                            .setAttempt(1)
                            .setLease(Duration.newBuilder().setSeconds(30));
                    if (claim.getWorkId().startsWith("trial/turn") && claim.getTakesOther()) {
                      answered.setItem(trial("others"));
                    }
                    answer.onNext(answered.build());
                    answer.onCompleted();
                  }
                })
            .build()
            .start();
    channel = NettyChannelBuilder.forAddress("localhost", server.getPort()).usePlaintext().build();
    /* Connected before offers run out of time: what is not answered is offered anew. */
    WorkServiceGrpc.newBlockingStub(channel)
        .claimWork(ClaimWorkRequest.newBuilder().setWorkId("trial/unwanted").build());
    WorkerSettings settings =
        new WorkerSettings(
            KafkaCluster.open("localhost:1"),
            "localhost:1",
            KIND,
            "test",
            2,
            java.time.Duration.ofSeconds(5),
            VERSIONS,
            () -> "",
            OwnKey.none(),
            Tls.none());
    Reports reports = new Reports((event, proof, giveUp) -> reported(event.build()), "test");
    slots =
        new WorkSlots(
            settings,
            "test",
            (item, context) -> {
              handled.add(item.getWorkId());
              return handler.handle(item, context);
            },
            channel,
            reports,
            health,
            closing);
    pulse = health.pulses().part("offers", java.time.Duration.ofMinutes(3));
    thread =
        new Thread(
            pulse.task(
                new Dispatcher(
                    KIND,
                    () -> topic,
                    new Claims(channel, "test", VERSIONS, new OwnNumerics(() -> "")),
                    (record, giveUp) -> {
                      topic.write(record.key(), record.value(), 1);
                      return true;
                    },
                    slots,
                    health,
                    pulse,
                    closing)),
            "dispatcher");
    thread.start();
  }

  @AfterEach
  void stop() throws InterruptedException {
    closing.countDown();
    thread.join();
    slots.drain(java.time.Duration.ofSeconds(5));
    slots.abandon();
    channel.shutdownNow();
    server.shutdownNow();
  }

  private static ClaimWorkResponse.Decision decision(ClaimWorkRequest claim) {
    if (claim.getWorkId().startsWith("trial/unwanted")) {
      return ClaimWorkResponse.Decision.OBSOLETE;
    }
    return claim.getWorkId().startsWith("trial/raised") && claim.getVersions().equals("1/2/3")
        ? ClaimWorkResponse.Decision.OTHER_VERSIONS
        : ClaimWorkResponse.Decision.GRANTED;
  }

  /** As the sweeps service does: what is given back is offered again. */
  private boolean reported(WorkflowEvent event) {
    events.add(event);
    boolean waits = event.getWorkFailed().getRemedy() == Remedy.WAIT;
    if (waits || event.hasWorkYielded()) {
      String id = waits ? event.getWorkFailed().getWorkId() : event.getWorkYielded().getWorkId();
      topic.write(id, trial(id.substring("trial/".length())).toByteArray(), 1);
    }
    return true;
  }

  private static WorkItem trial(String name) {
    return WorkItem.newBuilder()
        .setWorkId("trial/" + name)
        .setTrainTrial(
            TrainTrialWork.newBuilder()
                .setTrialId(name)
                .setTrial(TrialSpec.newBuilder().setSeed(7).build()))
        .build();
  }

  private WorkflowEvent next() throws InterruptedException {
    WorkflowEvent event = events.poll(20, TimeUnit.SECONDS);
    assertThat(event).as("a report").isNotNull();
    return event;
  }

  private void assertStillWorks() throws InterruptedException {
    topic.write("good", trial("good").toByteArray(), 1);
    WorkflowEvent event = next();
    while (!event.getWorkCompleted().getWorkId().equals("trial/good")) {
      event = next();
    }
    assertThat(thread.isAlive()).isTrue();
    assertThat(health.liveness().call().getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
  }

  @Test
  void whateverTheTopicHolds_isSetAside_andTheNextOfferIsTaken() throws Exception {
    byte[] newer =
        WorkItem.newBuilder()
            .setWorkId("trial/newer")
            .setUnknownFields(
                UnknownFieldSet.newBuilder()
                    .addField(
                        99,
                        UnknownFieldSet.Field.newBuilder()
                            .addLengthDelimited(ByteString.copyFromUtf8("\n\1x"))
                            .build())
                    .build())
            .build()
            .toByteArray();
    WorkItem other =
        WorkItem.newBuilder()
            .setWorkId("measurement/1")
            .setMeasureTrial(MeasureTrialWork.getDefaultInstance())
            .build();
    List<Long> bad =
        List.of(
            topic.write("tombstone", null, 1),
            topic.write(null, null, 1),
            topic.write("empty", new byte[0], 1),
            topic.write("garbage", "not a work item".getBytes(UTF_8), 1),
            topic.write("newer", newer, 1),
            topic.write("other kind", other.toByteArray(), 1),
            topic.write(
                "no versions", trial("x").toBuilder().setVersions("1/").build().toByteArray(), 1),
            topic.write("no id", trial("x").toBuilder().clearWorkId().build().toByteArray(), 1),
            topic.write("long id", trial("x".repeat(5000)).toByteArray(), 1),
            topic.write("cut", new byte[] {10, 100, 1}, 3),
            topic.write("tombstone", null, 4));
    assertStillWorks();
    assertThat(topic.settled)
        .containsAllEntriesOf(
            bad.stream()
                .collect(Collectors.toMap(offset -> offset, offset -> AcknowledgeType.REJECT)));
    assertThat(handled).containsExactly("trial/good");
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    health.meters().bindTo(meters);
    assertThat(meters.get("rote.offers.refused").functionCounter().count()).isEqualTo(11);
  }

  @Test
  void work_grantedInPlaceOfWhatWasAskedFor_isDoneAndReported() throws Exception {
    long offset = topic.write("x", trial("turn").toByteArray(), 1);

    assertThat(next().getWorkCompleted().getWorkId()).isEqualTo("trial/others");
    assertThat(handled).containsExactly("trial/others");
    assertStillWorks();
    assertThat(topic.settled).containsEntry(offset, AcknowledgeType.ACCEPT);
  }

  @Test
  void work_ofASuspectOffer_isNotExchanged() throws Exception {
    topic.write("x", trial("turn").toByteArray(), 4);

    WorkflowEvent failed = next();
    assertThat(failed.getWorkFailed().getWorkId()).isEqualTo("trial/turn");
    assertThat(handled).isEmpty();
  }

  @Test
  void work_ofOtherVersions_isLeftToOthersAndCounted() throws Exception {
    long offset = topic.write("x", trial("raised").toByteArray(), 1);
    assertStillWorks();
    assertThat(topic.settled).containsEntry(offset, AcknowledgeType.ACCEPT);
    assertThat(handled).containsExactly("trial/good");
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    health.meters().bindTo(meters);
    assertThat(meters.get("rote.offers.unfit").functionCounter().count()).isEqualTo(1);
  }

  @Test
  void work_ofOtherVersions_grantedByAServiceOfBefore_isGivenBackUndone() throws Exception {
    WorkItem raised = trial("granted").toBuilder().setVersions("1/9/3").build();
    topic.write("x", raised.toByteArray(), 1);
    WorkflowEvent event = next();
    assertThat(event.getWorkFailed().getWorkId()).isEqualTo("trial/granted");
    assertThat(event.getWorkFailed().getRemedy()).isEqualTo(Remedy.WAIT);
    assertThat(event.getWorkFailed().getReason()).isEqualTo("OTHER_VERSIONS");
    assertThat(event.getWorkFailed().getMessage())
        .isEqualTo(
            "it is of the semantic versions 1/9/3 (corruption/engine/metrics), this worker computes"
                + " 1/2/3");
    assertStillWorks();
    assertThat(handled).doesNotContain("trial/raised");
  }

  @Test
  void offer_withoutKey_isTaken() throws Exception {
    topic.write(null, trial("keyless").toByteArray(), 1);
    assertThat(next().getWorkCompleted().getWorkId()).isEqualTo("trial/keyless");
  }

  @Test
  void record_thatTwoDeliveriesDidNotEnd_isReportedByName_andNotRead() throws Exception {
    topic.write("poison", trial("poison").toByteArray(), 3);
    WorkflowEvent event = next();
    assertThat(event.getWorkFailed().getWorkId()).isEqualTo("trial/poison");
    assertThat(event.getWorkFailed().getReason()).isEqualTo("RECORD_UNREADABLE");
    assertThat(event.getWorkFailed().getMessage()).contains("rote.work.trials-0@0");
    assertThat(event.getWorkFailed().getRetryable()).isTrue();
    assertThat(event.getWorkFailed().getRemedy()).isEqualTo(Remedy.RETRY);
    assertStillWorks();
    assertThat(handled).containsExactly("trial/good");
  }

  @Test
  void claim_thatBreaksTheSweepsService_isDropped_andOthersGoOn() throws Exception {
    long offset = topic.write("x", trial("breaks").toByteArray(), 1);
    assertStillWorks();
    assertThat(topic.settled).containsEntry(offset, AcknowledgeType.ACCEPT);
  }

  @Test
  void round_thatThrows_isRepeated_andIsNoSignOfLife() throws Exception {
    topic.failures.add(new NullPointerException("a defect"));
    topic.failures.add(new IllegalArgumentException("another"));
    assertStillWorks();
    closing.countDown();
    thread.join();
    pulse.begin();
    now.addAndGet(java.time.Duration.ofMinutes(4).toNanos());
    assertThat(health.liveness().call().getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
  }

  @Test
  void fullDisk_isNoFailureOfTheWork_theWorkerPausesAndSaysSo_andGoesOn() throws Exception {
    handler =
        (item, context) -> {
          throw new UncheckedIOException(
              "could not keep variant v", new IOException("No space left on device"));
        };
    topic.write("a", trial("a").toByteArray(), 1);
    WorkflowEvent event = next();
    assertThat(event.getWorkFailed().getWorkId()).isEqualTo("trial/a");
    assertThat(event.getWorkFailed().getReason()).isEqualTo("DISK_FULL");
    assertThat(event.getWorkFailed().getRemedy()).isEqualTo(Remedy.WAIT);
    assertThat(event.getWorkFailed().getMessage()).contains("could not keep variant v");
    HealthCheckResponse ready = health.readiness().call();
    assertThat(ready.getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
    assertThat(ready.getData().orElseThrow()).containsEntry("reason", "DISK_FULL");
    assertThat(health.liveness().call().getStatus()).isEqualTo(HealthCheckResponse.Status.UP);

    topic.write("b", trial("b").toByteArray(), 1);
    topic.write("c", trial("c").toByteArray(), 1);
    assertThat(handled.poll()).isEqualTo("trial/a");
    assertThat(handled.poll(700, TimeUnit.MILLISECONDS)).as("work while paused").isNull();
    now.addAndGet(java.time.Duration.ofSeconds(31).toNanos());
    assertThat(handled.poll(20, TimeUnit.SECONDS)).as("work after the pause").isNotNull();
    assertThat(handled.poll(700, TimeUnit.MILLISECONDS)).as("more than one").isNull();

    handler = (item, context) -> WorkOutcome.Completed.work(false);
    now.addAndGet(java.time.Duration.ofSeconds(61).toNanos());
    Set<String> done = new HashSet<>();
    while (done.size() < 3) {
      done.add(next().getWorkCompleted().getWorkId());
      done.remove("");
    }
    assertStillWorks();
    assertThat(health.readiness().call().getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
  }

  @Test
  void memoryTooShortForOneWorkAlone_isAFailureOfIt() throws Exception {
    handler =
        (item, context) -> {
          throw new OutOfMemoryError("Cannot allocate new FloatPointer(9): totalBytes = 3G");
        };
    topic.write("big", trial("big").toByteArray(), 1);
    WorkflowEvent event = next();
    assertThat(event.getWorkFailed().getReason()).isEqualTo("MEMORY_SHORT");
    handler = (item, context) -> WorkOutcome.Completed.work(false);
    assertStillWorks();
  }

  @Test
  void errors_ofAHandler_areFailuresOfItsWork() throws Exception {
    handler =
        (item, context) -> {
          throw new StackOverflowError();
        };
    topic.write("deep", trial("deep").toByteArray(), 1);
    assertThat(next().getWorkFailed().getReason()).isEqualTo("INTERNAL");
    handler = (item, context) -> WorkOutcome.Completed.work(false);
    assertStillWorks();
  }

  /** A broker that froze says nothing, and a poll of it ends empty. */
  @Test
  void silentKafka_orOneThatFails_isTold_andEndsNothing() throws InterruptedException {
    topic.holdUp.set("Kafka at nowhere has not answered for 30 s");
    awaitStanding("Kafka at nowhere has not answered for 30 s");
    assertThat(health.progress().call().getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
    assertThat(health.liveness().call().getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
    topic.holdUp.set(null);
    assertStillWorks();
    while (!health.pulses().standing().isEmpty()) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
    topic.failsForEver = new org.apache.kafka.common.errors.TopicAuthorizationException("no entry");
    awaitStanding("no entry");
    assertThat(health.liveness().call().getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
    topic.failsForEver = null;
    assertStillWorks();
  }

  /* Time passes, though no faster than rounds that are tried again after a pause. */
  private void awaitStanding(String why) throws InterruptedException {
    while (!health.pulses().standing().toString().contains(why)) {
      TimeUnit.MILLISECONDS.sleep(1);
      now.addAndGet(java.time.Duration.ofMillis(50).toNanos());
    }
  }

  /** {@code -Drote.mutations=10000} for many. */
  @Test
  void mutatedRecords_endNoThread_andEachIsSettled() throws Exception {
    int count = Integer.getInteger("rote.mutations", 300);
    Random random = new Random(15);
    byte[] valid = trial("0123456789abcdef").toByteArray();
    long last = 0;
    for (int i = 0; i < count; i++) {
      byte[] mutated = valid.clone();
      for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
        mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
      }
      byte[] cut = Arrays.copyOf(mutated, random.nextInt(2 * mutated.length));
      last = topic.write(null, random.nextBoolean() ? mutated : cut, 1 + random.nextInt(4));
    }
    assertStillWorks();
    for (long offset = 0; offset <= last; offset++) {
      assertThat(topic.settled).containsKey(offset);
    }
    Map<String, String> standing = health.pulses().standing();
    assertThat(standing).isEmpty();
  }

  /** As a cancelled sweep of parallelism 10,000 leaves them, before the first offer of the next. */
  @Test
  void offers_unwantedByThousands_arePassedOverByMany() throws InterruptedException {
    for (int i = 0; i < 10_000; i++) {
      topic.write("trial/unwanted" + i, trial("unwanted" + i).toByteArray(), 1);
    }
    topic.write("trial/good", trial("good").toByteArray(), 1);
    assertThat(handled.poll(30, TimeUnit.SECONDS)).isEqualTo("trial/good");
    assertThat(topic.polls()).isLessThan(10_000 / 64 + 100);
    assertThat(handled).isEmpty();
  }
}
