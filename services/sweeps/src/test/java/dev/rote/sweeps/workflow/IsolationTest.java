package dev.rote.sweeps.workflow;

import static dev.rote.sweeps.workflow.Workplace.sweep;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.spec.Versions;
import dev.rote.sweeps.workflow.Workplace.Lease;
import dev.rote.v1.CellRecord;
import dev.rote.v1.ClaimWorkResponse;
import dev.rote.v1.RenewLeaseResponse.Order;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepControlRequested;
import dev.rote.v1.SweepControlRequested.Control;
import dev.rote.v1.SweepStatus;
import dev.rote.v1.SweepStatus.Phase;
import dev.rote.v1.SweepSubmitted;
import dev.rote.v1.TrialCounts;
import dev.rote.v1.WorkCompleted;
import dev.rote.v1.WorkflowEvent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be decided ends with a sentence, and nothing else waits for it. */
class IsolationTest {
  private final Workplace place = new Workplace();

  private static Sweep of(String name, String data, int cells, int measurements) {
    Sweep.Builder sweep = sweep(name, cells, 2, measurements).toBuilder();
    sweep.getSpecBuilder().getTrialBuilder().getDatasetBuilder().setName(data);
    return sweep.build();
  }

  /** A plan whose cells from the third on cannot be made for this dataset. */
  private static SweepPlan.Planner brokenFor(String data) {
    return (sweep, versions) -> {
      SweepPlan plan = Workplace.plan(sweep, versions);
      return new SweepPlan() {
        @Override
        public long size() {
          return plan.size();
        }

        @Override
        public long epochs() {
          return plan.epochs();
        }

        @Override
        public long measurements() {
          return plan.measurements();
        }

        @Override
        public Cell cell(long index) {
          if (sweep.getSpec().getTrial().getDataset().getName().equals(data) && index >= 2) {
            throw new ArithmeticException("cell " + index);
          }
          return plan.cell(index);
        }
      };
    };
  }

  private void assertEnded(String id, String sentence) {
    SweepStatus status = place.status(id);
    assertThat(status.getPhase()).isEqualTo(Phase.FAILED);
    assertThat(status.getFailures(status.getFailuresCount() - 1).getReason()).isEqualTo(sentence);
    TrialCounts c = status.getCounts();
    assertThat(c.getRunning()).isZero();
    assertThat(c.getPending() + c.getDone() + c.getFailed() + c.getCancelled())
        .isEqualTo(c.getTotal());
    assertThat(place.state.count("cell/" + id + "|")).isZero();
  }

  private void assertNothingLeft() {
    assertThat(place.state.count("cell/") + place.state.count("wait/")).isZero();
    place
        .clock()
        .getWorkMap()
        .forEach((kind, work) -> assertThat(work.getQueued() + work.getLeased()).isZero());
  }

  @Test
  void planThatThrows_inTheMidstOfASweep_failsItWithASentenceAndNoOther() {
    place.restart(brokenFor("bad"));
    place.submit("a", of("a", "bad", 5, 1));
    place.submit("b", of("b", "good", 5, 1));
    place.workOff();
    assertEnded("a", "cannot be decided: java.lang.ArithmeticException: cell 2");
    assertThat(place.status("b").getPhase()).isEqualTo(Phase.COMPLETED);
    assertThat(place.status("b").getCounts().getDone()).isEqualTo(5);
    place.tick(400_000);
    assertNothingLeft();
  }

  @Test
  void planThatThrows_sharedWork_movesTheOtherSweepOn() {
    place.submit("a", of("a", "shared", 1, 1));
    place.submit("b", of("b", "shared", 1, 1));
    Lease variant = place.take();
    place.restart(
        (sweep, versions) -> {
          if (sweep.getMetadata().getName().equals("a")) {
            throw new IllegalStateException("no plan any more");
          }
          return Workplace.plan(sweep, versions);
        });
    place.complete(variant.workId(), variant.attempt());
    assertEnded("a", "cannot be decided: java.lang.IllegalStateException: no plan any more");
    place.workOff();
    assertThat(place.status("b").getPhase()).isEqualTo(Phase.COMPLETED);
    assertNothingLeft();
  }

  @Test
  void waiterWithoutItsCell_leaseExpires_isPassedOverAndTheClockGoesOn() {
    // As an earlier version left them behind.
    place.submit("a", of("a", "one", 1, 0));
    place.completeNext();
    Lease lease = place.take();
    place.state.entries().put(Keys.waiter(lease.workId(), "a", 7), new byte[0]);
    place.state.entries().put(Keys.waiter(lease.workId(), "gone", 0), new byte[0]);
    place.tick(31_000);
    Lease again = place.take();
    assertThat(again.attempt()).isEqualTo(2);
    place.fail(again.workId(), 2, "BAD", false);
    assertThat(place.status("a").getPhase()).isEqualTo(Phase.FAILED);
    assertNothingLeft();
  }

  @ParameterizedTest
  @ValueSource(strings = {"work/trial/one-1", "cell/a|0000000000", "spec/a", "sweep/a"})
  void damagedEntry_whateverItIs_stopsNothingElse(String key) {
    place.submit("a", of("a", "one", 2, 1));
    place.submit("b", of("b", "two", 2, 1));
    place.completeNext();
    place.completeNext();
    assertThat(place.state.get(key)).isNotNull();
    place.state.entries().put(key, "damaged".getBytes(StandardCharsets.UTF_8));
    place.restart(Workplace::plan);
    for (int i = 0; i < 20; i++) {
      place.workOff();
      place.tick(200_000);
    }
    assertThat(place.status("b").getPhase()).isEqualTo(Phase.COMPLETED);
    if (!key.equals("sweep/a")) {
      assertThat(place.status("a").getPhase()).isIn(Phase.FAILED, Phase.COMPLETED);
    }
    long before = place.clock().getLeaseMillis();
    place.tick(1_000);
    assertThat(place.clock().getLeaseMillis()).isEqualTo(before + 1_000);
  }

  @Test
  void log_replayed_decidesTheSame() {
    Workplace other = new Workplace();
    for (Workplace each : new Workplace[] {place, other}) {
      each.restart(brokenFor("bad"));
      each.submit("a", of("a", "bad", 5, 1));
      each.submit("b", of("b", "good", 5, 1));
      each.workOff();
      each.raise(new Versions("1", "9", "3"));
      each.tick(5_000);
      each.control("b", Control.RETRY_FAILED);
    }
    assertThat(text(place)).isEqualTo(text(other));
  }

  private static Map<String, String> text(Workplace place) {
    Map<String, String> text = new TreeMap<>();
    place.state.entries().forEach((key, value) -> text.put(key, Arrays.toString(value)));
    return text;
  }

  @Test
  void eventOfIdsThatAreNoKeys_changesNothing() {
    place.submit("a", of("a", "one", 1, 0));
    for (String id : new String[] {"", "a|0", "a}", "ä", "x".repeat(301), "a b"}) {
      Answer submitted =
          place.tell(
              WorkflowEvent.newBuilder()
                  .setSweepSubmitted(
                      SweepSubmitted.newBuilder().setSweepId(id).setSweep(of("x", "one", 1, 0))));
      assertThat(submitted).isInstanceOf(Answer.Undecided.class);
      Answer controlled =
          place.tell(
              WorkflowEvent.newBuilder()
                  .setSweepControlRequested(
                      SweepControlRequested.newBuilder()
                          .setSweepId(id)
                          .setControl(Control.CANCEL)));
      assertThat(controlled).isInstanceOf(Answer.Undecided.class);
      assertThat(place.claim(id, "w").getDecision()).isEqualTo(ClaimWorkResponse.Decision.OBSOLETE);
    }
    assertThat(place.state.count("sweep/")).isEqualTo(1);
    place.workOff();
    assertThat(place.status("a").getPhase()).isEqualTo(Phase.COMPLETED);
  }

  @Test
  void completionWithNonsense_isNotBelieved() {
    place.submit("a", of("a", "one", 2, 0));
    place.completeNext();
    Lease lease = place.take();
    place.tell(
        WorkflowEvent.newBuilder()
            .setWorkCompleted(
                WorkCompleted.newBuilder()
                    .setWorkId(lease.workId())
                    .setAttempt(lease.attempt())
                    .setOutcomeValue(99)));
    assertThat(place.status("a").getCounts().getDone()).isZero();
    assertThat(place.renew(lease.workId(), lease.attempt(), -5)).isEqualTo(Order.CONTINUE);
    assertThat(place.renew(lease.workId(), lease.attempt(), 1_000_000)).isEqualTo(Order.CONTINUE);
    assertThat(place.status("a").getProgress().getEpochsDone()).isZero();
    place.complete(
        lease.workId(), lease.attempt(), dev.rote.v1.TrialResult.Outcome.CAP_REACHED, -7);
    place.workOff();
    SweepStatus status = place.status("a");
    assertThat(status.getPhase()).isEqualTo(Phase.COMPLETED);
    assertThat(status.getProgress().getEpochsTotal()).isEqualTo(Workplace.EPOCHS);
    assertThat(status.getProgress().getEpochsDone()).isEqualTo(Workplace.EPOCHS);
  }

  @Test
  void cellOfAnotherTrial_thanItsPlanSays_failsItsSweepWithASentence() throws Exception {
    place.submit("a", of("a", "one", 1, 1));
    place.completeNext();
    Lease trial = place.take();
    String key = Keys.cell("a", 0);
    CellRecord cell = CellRecord.parseFrom(place.state.get(key));
    place.state.entries().put(key, cell.toBuilder().setTrialId("before").build().toByteArray());
    place.complete(trial.workId(), trial.attempt());
    assertEnded(
        "a", "trial 0 was started as before and would be one-1 now: submit the sweep again");
  }

  @Test
  void epochsOfASweepSetAside_areDoneAgain() {
    place.submit("a", of("a", "one", 2, 0));
    place.completeNext();
    Lease trial = place.take();
    place.renew(trial.workId(), trial.attempt(), 4);
    place.restart(
        (sweep, versions) -> {
          throw new IllegalStateException("no plan any more");
        });
    place.complete(trial.workId(), trial.attempt());
    assertThat(place.status("a").getPhase()).isEqualTo(Phase.FAILED);
    assertThat(place.status("a").getProgress().getEpochsDone()).isZero();
    assertThat(place.record("a")).isEqualTo(Recount.of(place, "a"));
    place.restart(Workplace::plan);
    place.control("a", Control.RETRY_FAILED);
    place.workOff();
    assertThat(place.status("a").getPhase()).isEqualTo(Phase.COMPLETED);
    assertThat(place.status("a").getProgress().getEpochsDone()).isEqualTo(2 * Workplace.EPOCHS);
    assertThat(place.status("a").getProgress().getEpochsTotal()).isEqualTo(2 * Workplace.EPOCHS);
  }

  @Test
  void damagedReport_failsItsSweepAndNoOther() {
    place.submit("report/b", of("report/b", "one", 1, 0));
    place.submit("b", of("b", "two", 1, 0));
    for (int i = 0; i < 4; i++) {
      place.completeNext();
    }
    assertThat(place.status("b").getPhase()).isEqualTo(Phase.REPORTING);
    String key = "work/report/b";
    assertThat(place.state.get(key)).isNotNull();
    place.state.entries().put(key, "damaged".getBytes(StandardCharsets.UTF_8));
    place.tick(700_000);
    assertThat(place.status("b").getPhase()).isEqualTo(Phase.FAILED);
    assertThat(place.status("report/b").getPhase()).isNotEqualTo(Phase.FAILED);
  }
}
