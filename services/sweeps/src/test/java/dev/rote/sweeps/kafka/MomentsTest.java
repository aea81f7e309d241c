package dev.rote.sweeps.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rote.sweeps.workflow.Decider;
import dev.rote.sweeps.workflow.Plans;
import dev.rote.sweeps.workflow.WorkflowSettings;
import dev.rote.sweeps.workflow.WorkflowView;
import dev.rote.sweeps.workflow.Workplace;
import dev.rote.v1.SweepSubmitted;
import dev.rote.v1.WorkflowEvent;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who reads at a moment sees whole decisions. */
class MomentsTest {
  private final Moments moments = new Moments();
  private TopologyTestDriver driver;
  private TestInputTopic<byte[], byte[]> log;
  private WorkflowView view;

  @BeforeEach
  void start(@TempDir Path directory) {
    Decider decider = new Decider(new Plans(Workplace::plan), WorkflowSettings.defaults());
    driver =
        DrivenWorkflow.start(
            directory, WorkflowTopology.of(decider, new Answers(), Proofs.none(), moments));
    log = DrivenWorkflow.log(driver);
    view =
        new WorkflowView(
            new QueriedState(
                new StoreState(driver.getKeyValueStore(WorkflowTopology.STORE)), moments));
  }

  @AfterEach
  void stop() {
    driver.close();
  }

  private void submit(String id) {
    WorkflowEvent event =
        WorkflowEvent.newBuilder()
            .setEventId(id)
            .setSweepSubmitted(
                SweepSubmitted.newBuilder().setSweepId(id).setSweep(Workplace.sweep(id, 1, 1, 0)))
            .build();
    log.pipeInput(new byte[0], event.toByteArray());
  }

  private static void assertWaits(Future<?> step) {
    assertThatThrownBy(() -> step.get(200, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
  }

  @Test
  void decision_whileSomeoneReads_isWrittenAfterwards() throws Exception {
    Future<?> decided =
        view.atOnce(
            () -> {
              Future<?> submitted = CompletableFuture.runAsync(() -> submit("s"));
              assertWaits(submitted);
              assertThat(view.sweep("s")).isEmpty();
              return submitted;
            });
    decided.get(10, TimeUnit.SECONDS);
    assertThat(view.sweep("s")).isPresent();
  }

  @Test
  void reading_whileADecisionIsWritten_isOfTheWholeOfIt() throws Exception {
    CompletableFuture<Boolean> there = new CompletableFuture<>();
    moments.write(
        () -> {
          Future<?> reading =
              CompletableFuture.runAsync(
                  () -> there.complete(view.atOnce(() -> view.sweep("s").isPresent())));
          assertWaits(reading);
          submit("s");
        });
    assertThat(there.get(10, TimeUnit.SECONDS)).isTrue();
  }
}
