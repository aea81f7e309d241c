package dev.rote.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.rote.testkit.Laboratory;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepStatus.Phase;
import dev.rote.v1.WorkflowEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How many trainers share the work shows in the time alone. */
@Tag("nightly")
class SeveralTrainersIT {
  /** More cells than all trainers have slots for on the machines that run this. */
  private static final String SWEEP =
      TinySweep.longer("several", 3000).replace("repetitions: 2", "repetitions: 6");

  private record Outcome(Map<String, Object> findings, String table, Set<String> trainers) {}

  @Test
  void shouldFindTheSameWhenOneTwoOrFourTrainersShareTheWork() throws Exception {
    Outcome one = run(1);
    Outcome two = run(2);
    Outcome four = run(4);
    assertThat(one.trainers()).hasSize(1);
    assertThat(two.trainers()).hasSizeGreaterThan(1);
    assertThat(four.trainers()).hasSizeGreaterThan(1);
    assertThat(one.findings()).hasSize(12 * 4);
    assertThat(two.findings()).isEqualTo(one.findings());
    assertThat(four.findings()).isEqualTo(one.findings());
    assertThat(two.table()).isEqualTo(one.table());
    assertThat(four.table()).isEqualTo(one.table());
  }

  private static Outcome run(int trainers) throws Exception {
    List<HiredWorker> hired = new ArrayList<>();
    try (Laboratory laboratory = SharedLaboratory.open("trainers-" + trainers)) {
      for (int i = 1; i < trainers; i++) {
        hired.add(HiredWorker.trainer(laboratory));
      }
      for (HiredWorker trainer : hired) {
        trainer.awaitReady();
      }
      Sweep sweep = laboratory.run(SWEEP);
      assertThat(sweep.getStatus().getPhase()).isEqualTo(Phase.COMPLETED);
      String id = sweep.getStatus().getSweepId();
      return new Outcome(
          laboratory.findings(sweep),
          new String(laboratory.reportFile(id, "tables/accuracy.csv"), StandardCharsets.UTF_8),
          claimants(laboratory));
    } finally {
      hired.forEach(HiredWorker::close);
    }
  }

  /** The workers that claimed trials, as the log has them. */
  private static Set<String> claimants(Laboratory laboratory) throws Exception {
    Set<String> claimants = new TreeSet<>();
    for (ConsumerRecord<byte[], byte[]> record :
        EventDoorIT.read(laboratory, "rote.workflow", SeveralTrainersIT::isReport)) {
      WorkflowEvent event = WorkflowEvent.parseFrom(record.value());
      if (event.getWorkClaimed().getWorkId().startsWith("trial/")) {
        claimants.add(event.getWorkClaimed().getWorker());
      }
    }
    return claimants;
  }

  private static boolean isReport(ConsumerRecord<byte[], byte[]> record) {
    try {
      return WorkflowEvent.parseFrom(record.value())
          .getWorkCompleted()
          .getWorkId()
          .startsWith("report/");
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }
}
