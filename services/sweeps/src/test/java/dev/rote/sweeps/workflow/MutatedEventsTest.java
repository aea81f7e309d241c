package dev.rote.sweeps.workflow;

import static dev.rote.sweeps.workflow.Workplace.sweep;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.rote.v1.ClockTicked;
import dev.rote.v1.LeaseRenewed;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepAdvanced;
import dev.rote.v1.SweepControlRequested;
import dev.rote.v1.SweepControlRequested.Control;
import dev.rote.v1.SweepStatus.Phase;
import dev.rote.v1.SweepSubmitted;
import dev.rote.v1.TrialProgress;
import dev.rote.v1.WorkClaimed;
import dev.rote.v1.WorkCompleted;
import dev.rote.v1.WorkFailed;
import dev.rote.v1.WorkYielded;
import dev.rote.v1.WorkflowEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/**
 * Whatever bytes come as events of the log, each is decided, and a sweep beside is not touched.
 * {@code -Drote.mutations=10000} tries more than a normal build does.
 */
class MutatedEventsTest {
  private static final int MUTATIONS = Integer.getInteger("rote.mutations", 3_000);

  private final Workplace place = new Workplace();

  private static Sweep bystander() {
    Sweep.Builder sweep = sweep("bystander", 6, 2, 1).toBuilder();
    sweep.getSpecBuilder().getTrialBuilder().getDatasetBuilder().setName("elsewhere");
    return sweep.build();
  }

  private static List<WorkflowEvent> pool() {
    List<WorkflowEvent.Builder> events = new ArrayList<>();
    for (String id : List.of("a", "b", "c")) {
      events.add(
          WorkflowEvent.newBuilder()
              .setSweepSubmitted(
                  SweepSubmitted.newBuilder().setSweepId(id).setSweep(sweep(id, 9, 3, 2))));
      for (Control control : Control.values()) {
        if (control != Control.UNRECOGNIZED) {
          events.add(
              WorkflowEvent.newBuilder()
                  .setSweepControlRequested(
                      SweepControlRequested.newBuilder().setSweepId(id).setControl(control)));
        }
      }
      events.add(
          WorkflowEvent.newBuilder().setSweepAdvanced(SweepAdvanced.newBuilder().setSweepId(id)));
    }
    List<String> works =
        List.of(
            "variant/v-data", "trial/data-1", "trial/data-2", "measurement/data-1-m0", "report/a");
    for (String work : works) {
      events.add(
          WorkflowEvent.newBuilder()
              .setWorkClaimed(WorkClaimed.newBuilder().setWorkId(work).setWorker("w")));
      for (int attempt = 1; attempt < 4; attempt++) {
        events.add(
            WorkflowEvent.newBuilder()
                .setLeaseRenewed(
                    LeaseRenewed.newBuilder()
                        .setWorkId(work)
                        .setAttempt(attempt)
                        .setProgress(TrialProgress.newBuilder().setEpochsDone(3))));
        events.add(
            WorkflowEvent.newBuilder()
                .setWorkCompleted(
                    WorkCompleted.newBuilder().setWorkId(work).setAttempt(attempt).setEpochs(10)));
        events.add(
            WorkflowEvent.newBuilder()
                .setWorkFailed(
                    WorkFailed.newBuilder()
                        .setWorkId(work)
                        .setAttempt(attempt)
                        .setReason("VARIANT_MISSING")
                        .setRetryable(true)));
        events.add(
            WorkflowEvent.newBuilder()
                .setWorkYielded(
                    WorkYielded.newBuilder()
                        .setWorkId(work)
                        .setAttempt(attempt)
                        .setReason("DISK_FULL")));
      }
    }
    events.add(
        WorkflowEvent.newBuilder().setClockTicked(ClockTicked.newBuilder().setAdvanceMillis(900)));
    return events.stream().map(event -> event.setEventId("e").build()).toList();
  }

  private static byte[] mutated(byte[] bytes, RandomGenerator random) {
    byte[] result = bytes.clone();
    for (int i = random.nextInt(4); i > 0; i--) {
      int at = random.nextInt(result.length);
      if (random.nextInt(4) == 0) {
        byte[] other = new byte[result.length + 1];
        System.arraycopy(result, 0, other, 0, at);
        other[at] = (byte) random.nextInt();
        System.arraycopy(result, at, other, at + 1, result.length - at);
        result = other;
      } else {
        result[at] ^= (byte) (1 << random.nextInt(8));
      }
    }
    return result;
  }

  @Test
  void anyBytes_areDecided_andASweepBesideCompletes() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(5);
    List<WorkflowEvent> pool = pool();
    place.submit("bystander", bystander());
    int decided = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] bytes = mutated(pool.get(random.nextInt(pool.size())).toByteArray(), random);
      try {
        place.tell(WorkflowEvent.parseFrom(bytes).toBuilder());
        decided++;
      } catch (InvalidProtocolBufferException e) {
        assertThat(e).as("no event, which the processor skips").isNotNull();
      }
    }
    assertThat(decided).isGreaterThan(MUTATIONS / 4);
    for (int i = 0; i < 20; i++) {
      place.workOff();
      place.tick(400_000);
    }
    assertThat(place.status("bystander").getPhase()).isEqualTo(Phase.COMPLETED);
    assertThat(place.status("bystander").getCounts().getDone()).isEqualTo(6);
    place.submit("after", sweep("after", 2, 1, 0));
    place.workOff();
    assertThat(place.status("after").getPhase()).isEqualTo(Phase.COMPLETED);
  }
}
