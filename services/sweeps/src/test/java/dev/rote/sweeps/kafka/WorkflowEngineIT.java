package dev.rote.sweeps.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.rote.embedded.Broker;
import dev.rote.embedded.BrokerSettings;
import dev.rote.grpcerrors.ApiException;
import dev.rote.sweeps.workflow.Answer;
import dev.rote.sweeps.workflow.Plans;
import dev.rote.sweeps.workflow.WorkflowSettings;
import dev.rote.sweeps.workflow.Workplace;
import dev.rote.v1.ClaimWorkResponse;
import dev.rote.v1.ClaimWorkResponse.Decision;
import dev.rote.v1.SweepRecord;
import dev.rote.v1.SweepStatus.Phase;
import dev.rote.v1.SweepSubmitted;
import dev.rote.v1.WorkClaimed;
import dev.rote.v1.WorkCompleted;
import dev.rote.v1.WorkItem;
import dev.rote.v1.WorkflowEvent;
import dev.rote.workqueue.EventPublisher;
import dev.rote.workqueue.KafkaCluster;
import dev.rote.workqueue.WorkKind;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The workflow on a real broker. */
class WorkflowEngineIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Proofs PROOFS = Proofs.of("a secret of tests", false);

  private static WorkflowEngine engine(String kafka, Path directory) {
    return new WorkflowEngine(
        new EngineSettings(
            KafkaCluster.open(kafka),
            directory,
            0,
            "streams",
            WorkflowSettings.defaults(),
            Duration.ofMillis(200),
            Duration.ofSeconds(10),
            PROOFS),
        new Plans(Workplace::plan));
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited for %s", PATIENCE).isLessThan(end);
      Thread.sleep(50);
    }
  }

  /** Calls are repeated until there is an answer, as workers do. */
  private static Answer ask(WorkflowEngine engine, WorkflowEvent.Builder event, String id)
      throws InterruptedException {
    while (true) {
      try {
        return engine.log().ask(event, id);
      } catch (ApiException e) {
        Thread.sleep(100);
      }
    }
  }

  private static void submit(WorkflowEngine engine, String id, int cells)
      throws InterruptedException {
    ask(
        engine,
        WorkflowEvent.newBuilder()
            .setSweepSubmitted(
                SweepSubmitted.newBuilder()
                    .setSweepId(id)
                    .setSweep(Workplace.sweep(id, cells, 8, 1))),
        "submit-" + id);
  }

  private static SweepRecord sweep(WorkflowEngine engine, String id) {
    try {
      return engine.view().sweep(id).orElseThrow();
    } catch (ApiException e) {
      return SweepRecord.getDefaultInstance();
    }
  }

  /** Does all work that is offered, and proves it, until told to stop. */
  private static final class Worker extends Thread {
    private final String kafka;
    private final WorkflowEngine engine;
    private final AtomicBoolean stop = new AtomicBoolean();

    Worker(String kafka, WorkflowEngine engine) {
      super("test-worker");
      this.kafka = kafka;
      this.engine = engine;
      setDaemon(true);
      start();
    }

    @Override
    public void run() {
      List<TopicPartition> topics =
          Arrays.stream(WorkKind.values()).map(k -> new TopicPartition(k.topic(), 0)).toList();
      Map<String, Object> settings =
          Map.of(
              "bootstrap.servers",
              kafka,
              "isolation.level",
              "read_committed",
              "reconnect.backoff.max.ms",
              500);
      try (var offers =
              new KafkaConsumer<>(
                  settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
          var reports =
              new EventPublisher(KafkaCluster.open(kafka), Clock.systemUTC(), ByteString.EMPTY)) {
        offers.assign(topics);
        offers.seekToBeginning(topics);
        while (!stop.get()) {
          for (var record : offers.poll(Duration.ofMillis(100))) {
            work(WorkItem.parseFrom(record.value()).getWorkId(), reports);
          }
        }
      } catch (InvalidProtocolBufferException e) {
        throw new AssertionError(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private void work(String workId, EventPublisher reports) throws InterruptedException {
      String claimId = "claim-" + System.nanoTime();
      WorkflowEvent.Builder claim =
          WorkflowEvent.newBuilder()
              .setWorkClaimed(WorkClaimed.newBuilder().setWorkId(workId).setWorker("w"));
      ClaimWorkResponse claimed = ((Answer.Claimed) ask(engine, claim, claimId)).response();
      if (claimed.getDecision() == Decision.GRANTED) {
        reports.deliver(
            WorkflowEvent.newBuilder()
                .setWorkCompleted(
                    WorkCompleted.newBuilder()
                        .setWorkId(workId)
                        .setAttempt(claimed.getAttempt())
                        .setEpochs(10)),
            PROOFS.lease(workId, claimed.getAttempt()),
            stop::get);
      }
    }

    void end() throws InterruptedException {
      stop.set(true);
      join(PATIENCE.toMillis());
    }
  }

  /** It has tried to start, and waits to try again. */
  private static boolean waitsToStart() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(thread -> thread.getKey().getName().equals("rote-workflow-start"))
        .anyMatch(
            thread ->
                Arrays.stream(thread.getValue())
                    .anyMatch(frame -> frame.getMethodName().equals("await")));
  }

  @Test
  void start_nameOfTheBrokerIsUnknown_waits(@TempDir Path directory) throws Exception {
    try (WorkflowEngine engine = engine("broker.invalid:9092", directory)) {
      engine.start();
      await(WorkflowEngineIT::waitsToStart);
      assertThat(engine.running()).isFalse();
      assertThat(engine.state()).isEqualTo("CREATED");
      assertThatExceptionOfType(ApiException.class).isThrownBy(engine::view);
      assertThatExceptionOfType(ApiException.class).isThrownBy(engine::log);
    }
  }

  @Test
  void sweep_brokerRestartedAndStateWiped_completesWithEveryTrialOnce(@TempDir Path directory)
      throws Exception {
    BrokerSettings settings = BrokerSettings.at(directory.resolve("kafka"));
    Broker broker = Broker.start(settings);
    String kafka = broker.bootstrapServers();
    WorkflowEngine engine = engine(kafka, directory.resolve("state"));
    engine.start();
    await(engine::running);
    submit(engine, "s", 60);
    Worker worker = new Worker(kafka, engine);
    WorkflowEngine first = engine;
    await(() -> sweep(first, "s").getDone() >= 10);

    broker.close();
    broker = Broker.start(settings);
    await(() -> sweep(first, "s").getDone() >= 30);

    worker.end();
    engine.close();
    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(first::view)
        .withMessageContaining("the workflow is stopping");
    engine = engine(kafka, directory.resolve("another-state"));
    engine.start();
    worker = new Worker(kafka, engine);
    WorkflowEngine second = engine;
    await(() -> sweep(second, "s").getPhase() == Phase.COMPLETED);
    assertThat(sweep(engine, "s").getDone()).isEqualTo(60);
    assertThat(sweep(engine, "s").getEpochsDone()).isEqualTo(600);
    assertThat(engine.view().outstanding()).isFalse();

    worker.end();
    engine.close();
    broker.close();
  }
}
