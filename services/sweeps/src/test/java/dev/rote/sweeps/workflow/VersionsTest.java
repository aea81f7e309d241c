package dev.rote.sweeps.workflow;

import static dev.rote.sweeps.workflow.Workplace.sweep;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.spec.Versions;
import dev.rote.sweeps.workflow.Workplace.Lease;
import dev.rote.v1.ClaimWorkResponse.Decision;
import dev.rote.v1.RenewLeaseResponse.Order;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepControlRequested.Control;
import dev.rote.v1.SweepStatus;
import dev.rote.v1.SweepStatus.Phase;
import dev.rote.v1.TrialCounts;
import dev.rote.v1.WorkClaimed;
import dev.rote.v1.WorkItem;
import dev.rote.v1.WorkflowEvent;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Semantic versions are raised while sweeps are in flight: each goes on where a worker that fits is
 * alive, and else says so and ends with a sentence.
 */
class VersionsTest {
  private static final Versions OLD = Workplace.VERSIONS;
  private static final Versions ENGINE = new Versions("1", "9", "3");
  private static final Versions METRICS = new Versions("1", "2", "9");
  private static final long PATIENCE = 600_000;
  private static final String SENTENCE =
      "no %s worker computes the semantic versions 1/2/3 (corruption/engine/metrics) of this sweep,"
          + " only %s: start one of that release, or submit the sweep again, to run as a new one";

  private final Workplace place = new Workplace();

  private static Sweep of(String name, String data, int cells) {
    Sweep.Builder sweep = sweep(name, cells, 2, 1).toBuilder();
    sweep.getSpecBuilder().getTrialBuilder().getDatasetBuilder().setName(data);
    return sweep.build();
  }

  /** Workers of the newest versions ask for all that is offered, while time passes. */
  private void workOnFor(long millis) {
    for (long passed = 0; passed < millis; passed += 10_000) {
      place.workOff();
      place.tick(10_000);
    }
  }

  private void assertEnded(String id, String sentence) {
    SweepStatus status = place.status(id);
    assertThat(status.getPhase()).isEqualTo(Phase.FAILED);
    assertThat(status.getFailures(status.getFailuresCount() - 1).getReason()).isEqualTo(sentence);
    assertThat(status.getWaitingFor()).isEmpty();
    TrialCounts c = status.getCounts();
    assertThat(c.getRunning()).isZero();
    assertThat(c.getDone() + c.getFailed() + c.getCancelled()).isEqualTo(c.getTotal());
  }

  private void assertCompleted(String id, int cells) {
    assertThat(place.status(id).getPhase()).isEqualTo(Phase.COMPLETED);
    assertThat(place.status(id).getCounts().getDone()).isEqualTo(cells);
    assertThat(place.status(id).getFailuresList()).isEmpty();
  }

  private void assertNothingLeft() {
    assertThat(place.state.count("cell/") + place.state.count("wait/")).isZero();
    place
        .clock()
        .getWorkMap()
        .forEach((kind, work) -> assertThat(work.getQueued() + work.getLeased()).isZero());
  }

  @Test
  void raised_betweenAdmissionAndTraining_saysSoAndEndsAlone() {
    place.submit("a", of("a", "one", 4));
    place.completeNext();
    place.raise(ENGINE);
    place.submit("b", of("b", "two", 4));
    WorkItem trial = place.offers.remove();
    assertThat(place.claim(trial.getWorkId(), "w").getDecision())
        .isEqualTo(Decision.OTHER_VERSIONS);
    assertThat(place.work(trial.getWorkId()).getAttempt()).isZero();
    assertThat(place.status("a").getWaitingFor()).isEqualTo(SENTENCE.formatted("trial", "1/9/3"));
    assertThat(place.status("b").getWaitingFor()).isEmpty();
    workOnFor(PATIENCE);
    assertThat(place.status("a").getPhase()).isEqualTo(Phase.RUNNING);
    workOnFor(60_000);
    assertEnded("a", SENTENCE.formatted("trial", "1/9/3"));
    assertCompleted("b", 4);
    assertNothingLeft();
  }

  @Test
  void raised_betweenTrainingAndMeasuring_saysSoAndEndsAlone() {
    place.submit("a", of("a", "one", 2));
    place.completeNext();
    place.completeNext();
    place.raise(METRICS);
    place.submit("b", of("b", "two", 2));
    workOnFor(20_000);
    // What it trains is the same still; what it measures is not.
    assertThat(place.work("trial/one-2").getStatus()).isEqualTo(dev.rote.v1.WorkRecord.Status.DONE);
    assertThat(place.status("a").getWaitingFor())
        .isEqualTo(SENTENCE.formatted("measurement", "1/2/9"));
    workOnFor(PATIENCE + 60_000);
    assertEnded("a", SENTENCE.formatted("measurement", "1/2/9"));
    assertCompleted("b", 2);
    assertNothingLeft();
  }

  @Test
  void raised_whileAWorkerOfBeforeIsAlive_goesOnToTheEnd() {
    place.submit("a", of("a", "one", 4));
    place.completeNext();
    place.raise(ENGINE);
    place.submit("b", of("b", "two", 4));
    for (int round = 0; round < 200; round++) {
      place.workers(round % 3 == 0 ? OLD : ENGINE);
      if (!place.offers.isEmpty()) {
        String work = place.offers.remove().getWorkId();
        var claimed = place.claim(work, "w");
        if (claimed.getDecision() == Decision.GRANTED) {
          place.complete(work, claimed.getAttempt());
        }
      }
      place.tick(7_000);
    }
    assertCompleted("a", 4);
    assertCompleted("b", 4);
    assertThat(place.status("a").getWaitingFor()).isEmpty();
    assertNothingLeft();
  }

  @Test
  void worker_thatFitsAndIsBusyForLong_isWaitedFor() {
    place.submit("a", of("a", "one", 2));
    place.completeNext();
    Lease held = place.take();
    place.raise(ENGINE);
    for (int i = 0; i < 200; i++) {
      place.workOff();
      place.tick(10_000);
      assertThat(place.renew(held.workId(), held.attempt(), 1)).isEqualTo(Order.CONTINUE);
    }
    assertThat(place.status("a").getPhase()).isEqualTo(Phase.RUNNING);
    assertThat(place.status("a").getWaitingFor()).isEmpty();
    place.complete(held.workId(), held.attempt());
    // Now it is gone, too.
    workOnFor(PATIENCE + 120_000);
    assertEnded("a", SENTENCE.formatted("measurement", "1/9/3"));
  }

  @Test
  void sweepThatEnded_retriedWhenAWorkerFits_completes() {
    place.submit("a", of("a", "one", 3));
    place.raise(new Versions("2", "2", "3"));
    workOnFor(PATIENCE + 60_000);
    assertEnded("a", SENTENCE.formatted("variant", "2/2/3"));
    place.control("a", Control.RETRY_FAILED);
    place.workers(OLD);
    place.workOff();
    assertCompleted("a", 3);
  }

  @Test
  void sweepThatWaits_isCancelledAsAnyOther() {
    place.submit("a", of("a", "one", 3));
    place.raise(new Versions("2", "2", "3"));
    workOnFor(30_000);
    assertThat(place.status("a").getWaitingFor()).isNotEmpty();
    place.control("a", Control.CANCEL);
    assertThat(place.status("a").getWaitingFor()).isEmpty();
    place.tick(400_000);
    assertNothingLeft();
  }

  @Test
  void sharedTrial_ofSweepsWhoseMetricsDiffer_isTrainedOnce() {
    place.submit("a", of("a", "one", 2));
    place.completeNext();
    place.raise(METRICS);
    Sweep.Builder b = of("b", "one", 2).toBuilder();
    place.submit("b", b.build());
    place.workers(METRICS);
    workOnFor(PATIENCE + 60_000);
    assertCompleted("b", 2);
    assertEnded("a", SENTENCE.formatted("measurement", "1/2/9"));
  }

  /** Services one after another, with workers of both releases for a while. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void rollingRaise_threeSweepsInFlight_eachCompletesOrEndsWithASentence(boolean oldOnesStay) {
    place.submit("a", of("a", "one", 2));
    place.submit("b", of("b", "two", 6));
    place.submit("c", of("c", "three", 6));
    place.completeNext();
    place.completeNext();
    place.completeNext();
    place.raise(ENGINE);
    place.submit("d", of("d", "four", 3));
    // "a" is done by those of before that are still there; "b" has one trial left to train.
    for (int round = 0; round < 400; round++) {
      boolean old = round % 4 == 0 && (oldOnesStay || round < 60);
      place.workers(old ? OLD : ENGINE);
      if (!place.offers.isEmpty()) {
        String work = place.offers.remove().getWorkId();
        var claimed = place.claim(work, "w");
        if (claimed.getDecision() == Decision.GRANTED) {
          place.complete(work, claimed.getAttempt());
        }
      }
      place.tick(5_000);
    }
    workOnFor(PATIENCE);
    for (String id : List.of("a", "b", "c", "d")) {
      SweepStatus status = place.status(id);
      assertThat(status.getPhase()).as(id).isIn(Phase.COMPLETED, Phase.FAILED);
      if (oldOnesStay || status.getPhase() == Phase.COMPLETED) {
        assertCompleted(id, (int) status.getCounts().getTotal());
      } else {
        String reason = status.getFailures(status.getFailuresCount() - 1).getReason();
        assertThat(reason)
            .isIn(SENTENCE.formatted("trial", "1/9/3"), SENTENCE.formatted("measurement", "1/9/3"));
      }
    }
    assertCompleted("d", 3);
    if (!oldOnesStay) {
      assertThat(place.status("c").getPhase()).isEqualTo(Phase.FAILED);
    }
    assertNothingLeft();
  }

  @Test
  void claimOfAWorker_fromBeforeClaimsHadVersions_isOneOfBefore() {
    place.submit("a", of("a", "one", 1));
    String work = place.offers.remove().getWorkId();
    Answer answer =
        place.tell(
            WorkflowEvent.newBuilder()
                .setWorkClaimed(WorkClaimed.newBuilder().setWorkId(work).setWorker("w")));
    assertThat(((Answer.Claimed) answer).response().getDecision()).isEqualTo(Decision.GRANTED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "1/2", "1//3", "1/2/3/4", "/"})
  void claimOfVersionsThatAreNone_isRefusedAndChangesNothing(String versions) {
    place.submit("a", of("a", "one", 1));
    String work = place.offers.remove().getWorkId();
    Answer answer =
        place.tell(
            WorkflowEvent.newBuilder()
                .setWorkClaimed(
                    WorkClaimed.newBuilder().setWorkId(work).setWorker("w").setVersions(versions)));
    assertThat(((Answer.Claimed) answer).response().getDecision()).isEqualTo(Decision.OBSOLETE);
    assertThat(place.status("a").getPhase()).isEqualTo(Phase.RUNNING);
    assertThat(place.claim(work, "w").getDecision()).isEqualTo(Decision.GRANTED);
  }
}
