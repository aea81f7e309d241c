package dev.rote.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.v1.RenewLeaseResponse;
import dev.rote.v1.TrialProgress;
import dev.rote.v1.WorkflowEvent;
import dev.rote.v1.WorkflowEvent.EventCase;
import dev.rote.workqueue.KafkaCluster;
import dev.rote.workqueue.WorkHandler;
import dev.rote.workqueue.WorkKind;
import dev.rote.workqueue.WorkOutcome;
import dev.rote.workqueue.WorkerLoop;
import dev.rote.workqueue.WorkerSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class WorkerLoopIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private static Path directory;
  private static BrokerSettings settings;
  private static Broker broker;

  private SweepsStandIn sweeps;
  private WorkflowLog log;

  @BeforeAll
  static void startBroker() {
    settings = BrokerSettings.at(directory.resolve("broker"));
    broker = Broker.start(settings);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void start() throws Exception {
    sweeps = new SweepsStandIn();
    log = new WorkflowLog(broker.bootstrapServers(), WorkKind.REPORTS);
  }

  @AfterEach
  void stop() {
    log.close();
    sweeps.close();
  }

  private WorkerLoop worker(int slots, WorkHandler handler) {
    return WorkerLoop.start(
        new WorkerSettings(
            KafkaCluster.open(broker.bootstrapServers()),
            sweeps.target(),
            WorkKind.REPORTS,
            "worker",
            slots,
            Duration.ofSeconds(5)),
        handler);
  }

  private List<WorkflowEvent> completed(int count) throws Exception {
    return log.await(count, PATIENCE, event -> event.hasWorkCompleted());
  }

  @Test
  void shouldReportEachOfferOnce_whenHandlersEndWellFailOrThrow() throws Exception {
    sweeps.obsolete.add("report/old");
    log.offer("report/old");
    log.offer("not a work item".getBytes(StandardCharsets.UTF_8));
    log.offer("report/good");
    log.offer("report/bad");
    log.offer("report/broken");
    AtomicInteger handled = new AtomicInteger();
    try (WorkerLoop loop =
        worker(
            2,
            (item, context) -> {
              handled.incrementAndGet();
              return switch (item.getWorkId()) {
                case "report/good" -> WorkOutcome.Completed.work(true);
                case "report/bad" -> WorkOutcome.Failed.refuse("DATASET_DAMAGED", "no luck");
                default -> throw new IllegalStateException("a defect");
              };
            })) {
      List<WorkflowEvent> events = log.await(3, PATIENCE, event -> true);
      assertThat(loop.working()).isLessThanOrEqualTo(2);
      assertThat(events)
          .extracting(WorkflowEvent::getEventCase)
          .containsExactlyInAnyOrder(
              EventCase.WORK_COMPLETED, EventCase.WORK_FAILED, EventCase.WORK_FAILED);
      assertThat(events).allMatch(event -> !event.getEventId().isEmpty() && event.hasTime());
      assertThat(events)
          .filteredOn(WorkflowEvent::hasWorkCompleted)
          .allMatch(event -> event.getWorkCompleted().getReused());
      assertThat(events)
          .filteredOn(WorkflowEvent::hasWorkFailed)
          .extracting(event -> event.getWorkFailed().getReason())
          .containsExactlyInAnyOrder("DATASET_DAMAGED", "INTERNAL");
    }
    assertThat(handled).hasValue(3);
    assertThat(sweeps.claims).hasSize(4);
  }

  @Test
  void shouldRenewWithProgressAndObeyOrders_whileWorking() throws Exception {
    log.offer("report/yield");
    log.offer("report/abandon");
    sweeps.orders.put("report/yield", RenewLeaseResponse.Order.YIELD);
    sweeps.orders.put("report/abandon", RenewLeaseResponse.Order.ABANDON);
    CountDownLatch abandoned = new CountDownLatch(1);
    try (WorkerLoop loop =
        worker(
            2,
            (item, context) -> {
              context.report(TrialProgress.newBuilder().setEpochsDone(7).build());
              while (!context.shouldStop()) {
                Thread.sleep(10);
              }
              if (context.order() == RenewLeaseResponse.Order.YIELD) {
                return new WorkOutcome.Yielded();
              }
              abandoned.countDown();
              return new WorkOutcome.Abandoned();
            })) {
      abandoned.await();
      log.await(1, PATIENCE, event -> event.hasWorkYielded());
      assertThat(loop.working()).isLessThanOrEqualTo(1);
    }
    assertThat(sweeps.renewals).allMatch(renewal -> renewal.getProgress().getEpochsDone() == 7);
    assertThat(log.await(1, PATIENCE, event -> true)).hasSize(1);
  }

  @Test
  void shouldYieldWorkInFlight_whenClosed() throws Exception {
    log.offer("report/long");
    CountDownLatch begun = new CountDownLatch(1);
    WorkerLoop loop =
        worker(
            1,
            (item, context) -> {
              begun.countDown();
              while (!context.shouldStop()) {
                Thread.sleep(10);
              }
              return new WorkOutcome.Yielded();
            });
    begun.await();
    loop.close();
    assertThat(log.await(1, PATIENCE, event -> event.hasWorkYielded()))
        .extracting(event -> event.getWorkYielded().getWorkId())
        .containsExactly("report/long");
  }

  /** A worker that crashes between taking an offer and claiming it leaves the record locked. */
  @Test
  void shouldOfferAgain_whenAWorkerCrashedBeforeItsClaim() throws Exception {
    log.lockFor(WorkKind.REPORTS, Duration.ofSeconds(2));
    log.offer("report/again");
    try (KafkaShareConsumer<String, byte[]> crashed = log.shareConsumer(WorkKind.REPORTS)) {
      while (crashed.poll(Duration.ofMillis(200)).isEmpty()) {
        assertThat(sweeps.claims).isEmpty();
      }
      try (WorkerLoop loop = worker(1, (item, context) -> WorkOutcome.Completed.work(false))) {
        assertThat(completed(1))
            .extracting(event -> event.getWorkCompleted().getWorkId())
            .containsExactly("report/again");
        assertThat(loop.working()).isLessThanOrEqualTo(1);
      }
    } finally {
      log.lockFor(WorkKind.REPORTS, Duration.ofSeconds(15));
    }
  }

  @Test
  void shouldGoOn_whenTheSweepsServiceComesBack() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch finish = new CountDownLatch(1);
    try (WorkerLoop loop =
        worker(
            1,
            (item, context) -> {
              begun.countDown();
              finish.await();
              return WorkOutcome.Completed.work(false);
            })) {
      log.offer("report/s1");
      log.offer("report/s2");
      begun.await();
      sweeps.stop();
      finish.countDown();
      completed(1);
      sweeps.awaitCallers(2);
      assertThat(loop.working()).isZero();
      sweeps.startAgain();
      assertThat(completed(2))
          .extracting(event -> event.getWorkCompleted().getWorkId())
          .containsExactly("report/s1", "report/s2");
    }
  }

  @Test
  void shouldGoOn_whenTheBrokerIsStartedAgainOnItsDirectory() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch finish = new CountDownLatch(1);
    try (WorkerLoop loop =
        worker(
            1,
            (item, context) -> {
              begun.countDown();
              finish.await();
              return WorkOutcome.Completed.work(false);
            })) {
      log.offer("report/b1");
      log.offer("report/b2");
      begun.await();
      broker.close();
      finish.countDown();
      broker = Broker.start(settings);
      assertThat(completed(2))
          .extracting(event -> event.getWorkCompleted().getWorkId())
          .containsExactly("report/b1", "report/b2");
      assertThat(loop.working()).isLessThanOrEqualTo(1);
    }
  }
}
