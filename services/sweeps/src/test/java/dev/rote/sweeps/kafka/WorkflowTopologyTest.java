package dev.rote.sweeps.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.Timestamps;
import dev.rote.sweeps.workflow.Answer;
import dev.rote.sweeps.workflow.Decider;
import dev.rote.sweeps.workflow.Plans;
import dev.rote.sweeps.workflow.WorkflowSettings;
import dev.rote.sweeps.workflow.WorkflowView;
import dev.rote.sweeps.workflow.Workplace;
import dev.rote.v1.ClaimWorkResponse.Decision;
import dev.rote.v1.SweepStatus.Phase;
import dev.rote.v1.SweepSubmitted;
import dev.rote.v1.VerdictCounts;
import dev.rote.v1.WorkClaimed;
import dev.rote.v1.WorkCompleted;
import dev.rote.v1.WorkItem;
import dev.rote.v1.WorkflowEvent;
import dev.rote.workqueue.WorkKind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkflowTopologyTest {
  private final Answers answers = new Answers();
  private TopologyTestDriver driver;
  private TestInputTopic<byte[], byte[]> log;

  @BeforeEach
  void start(@TempDir Path directory) {
    WorkflowSettings small =
        new WorkflowSettings(30_000, 180_000, 2_000, 600_000, 3_000, 43_200_000, 5, 500);
    Decider decider = new Decider(new Plans(Workplace::plan), small);
    driver = DrivenWorkflow.start(directory, decider, answers, Proofs.none());
    log = DrivenWorkflow.log(driver);
  }

  @AfterEach
  void stop() {
    driver.close();
  }

  private Answer tell(WorkflowEvent.Builder event) {
    String id = UUID.randomUUID().toString();
    CompletableFuture<Answer> answer = answers.expect(id, Duration.ofSeconds(10));
    log.pipeInput(new byte[0], event.setEventId(id).build().toByteArray());
    return answer.join();
  }

  private void submit(String id, int cells) {
    tell(
        WorkflowEvent.newBuilder()
            .setSweepSubmitted(
                SweepSubmitted.newBuilder()
                    .setSweepId(id)
                    .setSweep(Workplace.sweep(id, cells, 8, 1))));
  }

  private List<WorkItem> offers() {
    List<WorkItem> items = new ArrayList<>();
    for (WorkKind kind : WorkKind.values()) {
      var topic =
          driver.createOutputTopic(
              kind.topic(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
      topic.readValuesToList().forEach(bytes -> items.add(item(kind, bytes)));
    }
    return items;
  }

  private static WorkItem item(WorkKind kind, byte[] bytes) {
    try {
      WorkItem item = WorkItem.parseFrom(bytes);
      assertThat(WorkKind.of(item)).isEqualTo(kind);
      return item;
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  private void workOff() {
    for (List<WorkItem> offers = offers(); !offers.isEmpty(); offers = offers()) {
      for (WorkItem offer : offers) {
        Answer answer =
            tell(
                WorkflowEvent.newBuilder()
                    .setWorkClaimed(
                        WorkClaimed.newBuilder().setWorkId(offer.getWorkId()).setWorker("w")));
        var claimed = ((Answer.Claimed) answer).response();
        assertThat(claimed.getDecision()).isEqualTo(Decision.GRANTED);
        tell(
            WorkflowEvent.newBuilder()
                .setWorkCompleted(
                    WorkCompleted.newBuilder()
                        .setWorkId(offer.getWorkId())
                        .setAttempt(claimed.getAttempt())
                        .setEpochs(10)
                        .setVerdicts(VerdictCounts.newBuilder().setHolding(2).setUndecided(1))));
      }
    }
  }

  private WorkflowView view() {
    return new WorkflowView(new StoreState(driver.getKeyValueStore(WorkflowTopology.STORE)));
  }

  @Test
  void sweep_workedOff_completesAndTellsTheWorld() {
    submit("s", 20);
    workOff();
    assertThat(view().sweep("s").orElseThrow().getPhase()).isEqualTo(Phase.COMPLETED);
    assertThat(view().sweep("s").orElseThrow().getDone()).isEqualTo(20);
    assertThat(view().outstanding()).isFalse();
    var events =
        driver.createOutputTopic(
            Topics.SWEEP_EVENTS, new StringDeserializer(), new StringDeserializer());
    List<TestRecord<String, String>> told = events.readRecordsToList();
    assertThat(told).hasSize(3);
    TestRecord<String, String> last = told.get(2);
    assertThat(last.key()).isEqualTo("s");
    assertThat(last.value())
        .contains("\"phase\":\"COMPLETED\"")
        .contains("\"reportUri\":\"sweeps/s/report/\"")
        .contains("\"verdicts\":{\"holding\":2,\"undecided\":1}");
    assertThat(told.get(1).value()).doesNotContain("verdicts");
    assertThat(header(last, "ce_specversion")).isEqualTo("1.0");
    assertThat(header(last, "ce_type")).isEqualTo("dev.rote.sweep.completed");
    assertThat(header(last, "ce_subject")).isEqualTo("s");
    assertThat(header(last, "content-type")).isEqualTo("application/json");
    assertThat(told.stream().map(record -> header(record, "ce_id"))).doesNotHaveDuplicates();
  }

  private static String header(TestRecord<?, ?> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  @Test
  void storedSweep_submittedUnderAnotherName_isContinuedThroughTheLog() {
    submit("a", 20);
    workOff();
    submit("b", 20);
    workOff();
    assertThat(view().sweep("b").orElseThrow().getReused()).isEqualTo(20);
  }

  @Test
  void event_ofAWriterWhoseClockIsOff_hasTheTimeOfTheLog() {
    Instant now = Instant.parse("2026-01-02T03:04:05Z");
    WorkflowEvent submitted =
        WorkflowEvent.newBuilder()
            .setEventId("early")
            .setTime(Timestamps.fromMillis(now.minus(Duration.ofHours(1)).toEpochMilli()))
            .setSweepSubmitted(
                SweepSubmitted.newBuilder().setSweepId("s").setSweep(Workplace.sweep("s", 1, 1, 0)))
            .build();
    log.pipeInput(new TestRecord<>(new byte[0], submitted.toByteArray(), now));
    assertThat(view().sweep("s").orElseThrow().getSubmitted())
        .isEqualTo(Timestamps.fromMillis(now.toEpochMilli()));
  }

  @Test
  void record_thatIsNoEvent_isSkipped() {
    log.pipeInput(new byte[0], new byte[] {(byte) 0xff, 1, 2});
    submit("s", 1);
    assertThat(view().sweep("s")).isPresent();
  }

  @Test
  void event_thatCannotBeDecided_failsItsCallerAloneAndChangesNothing() {
    CompletableFuture<Answer> answer = answers.expect("bad", Duration.ofSeconds(10));
    log.pipeInput(
        new byte[0],
        WorkflowEvent.newBuilder()
            .setEventId("bad")
            .setSweepSubmitted(
                SweepSubmitted.newBuilder()
                    .setSweepId("s")
                    .setSweep(Workplace.sweep("s", -1, 1, 0)))
            .build()
            .toByteArray());
    assertThat(answer)
        .isCompletedWithValue(
            new Answer.Undecided(
                "cannot be decided: java.lang.IllegalArgumentException: a plan that cannot be made"));
    assertThat(view().sweep("s")).isEmpty();
    submit("t", 1);
    assertThat(view().sweep("t")).isPresent();
  }

  @Test
  void sweeps_inPages_newestFirst() {
    for (String id : List.of("a", "b", "c")) {
      submit(id, 1);
    }
    WorkflowView.Page first = view().sweeps("", 2);
    assertThat(first.sweeps()).extracting(sweep -> sweep.getSweepId()).containsExactly("c", "b");
    WorkflowView.Page second = view().sweeps(first.nextToken(), 2);
    assertThat(second.sweeps()).extracting(sweep -> sweep.getSweepId()).containsExactly("a");
    assertThat(second.nextToken()).isEmpty();
  }
}
