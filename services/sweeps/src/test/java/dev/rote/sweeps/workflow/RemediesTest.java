package dev.rote.sweeps.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.sweeps.workflow.Workplace.Lease;
import dev.rote.v1.MissingArtifact;
import dev.rote.v1.Retention;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepControlRequested.Control;
import dev.rote.v1.SweepStatus.Phase;
import dev.rote.v1.TrialCounts;
import dev.rote.v1.TrialResult.Outcome;
import dev.rote.v1.WorkFailed.Remedy;
import dev.rote.v1.WorkItem;
import org.junit.jupiter.api.Test;

/** What the workflow does about failures of each kind. */
class RemediesTest {
  private final Workplace place = new Workplace();

  private static MissingArtifact variant(String id) {
    return MissingArtifact.newBuilder().setVariantId(id).build();
  }

  private static MissingArtifact trial(String id, long index) {
    return MissingArtifact.newBuilder().setTrialId(id).setTrialIndex(index).build();
  }

  private static MissingArtifact measurement(String id, long index) {
    return MissingArtifact.newBuilder().setMeasurementId(id).setTrialIndex(index).build();
  }

  private Lease submitAndTake(Sweep sweep) {
    place.submit("s", sweep);
    return place.take();
  }

  private Lease takeReport() {
    while (place.status("s").getPhase() != Phase.REPORTING) {
      place.completeNext();
    }
    place.offers.removeIf(item -> !item.hasWriteReport());
    return place.take();
  }

  private TrialCounts counts() {
    return place.status("s").getCounts();
  }

  @Test
  void wait_spendsNoAttemptAndGoesOnLater() {
    Lease variant = submitAndTake(Workplace.sweep("s", 1, 1, 0));
    for (int time = 0; time < 5; time++) {
      place.fail(variant, Remedy.WAIT);
      place.tick(300_000);
      variant = place.take();
      place.offers.clear();
    }
    assertThat(place.work("variant/v-data").getSpent()).isZero();
    assertThat(place.work("variant/v-data").getTroubles()).isEqualTo(5);
    place.complete(variant.workId(), variant.attempt());
    place.workOff();
    assertThat(place.status("s").getPhase()).isEqualTo(Phase.COMPLETED);
  }

  @Test
  void retryAndRefuse_spendAnAttemptAndEndIt() {
    Lease variant = submitAndTake(Workplace.sweep("s", 1, 1, 0));
    place.fail(variant, Remedy.RETRY);
    assertThat(place.work("variant/v-data").getSpent()).isEqualTo(1);
    place.tick(60_000);
    place.fail(place.take(), Remedy.REFUSE);
    assertThat(place.status("s").getPhase()).isEqualTo(Phase.FAILED);
  }

  @Test
  void remake_variantOfATrial_isMadeAgain() {
    place.submit("s", Workplace.sweep("s", 2, 2, 0));
    place.completeNext();
    place.fail(place.take(), Remedy.REMAKE, variant("v-data"));
    place.workOff();
    assertThat(place.work("variant/v-data").getAttempt()).isEqualTo(2);
    assertThat(counts().getDone()).isEqualTo(2);
    assertThat(place.status("s").getPhase()).isEqualTo(Phase.COMPLETED);
  }

  @Test
  void remake_variantAndTrialOfAMeasurement_areMadeAgain() {
    place.submit("s", Workplace.sweep("s", 1, 1, 1));
    place.completeNext();
    place.completeNext();
    place.fail(place.take(), Remedy.REMAKE, variant("v-data"));
    place.completeNext();
    place.fail(place.take(), Remedy.REMAKE, trial("data-1", 0));
    place.workOff();
    assertThat(place.work("variant/v-data").getAttempt()).isEqualTo(2);
    assertThat(place.work("trial/data-1").getAttempt()).isEqualTo(2);
    assertThat(place.status("s").getPhase()).isEqualTo(Phase.COMPLETED);
    assertThat(place.status("s").getProgress().getEpochsDone())
        .isEqualTo(place.status("s").getProgress().getEpochsTotal());
  }

  /** A trial that diverged has checkpoints, too. */
  @Test
  void remake_checkpointOfADivergedTrial_isMadeAgain() {
    place.submit("s", Workplace.sweep("s", 1, 1, 1));
    place.completeNext();
    Lease trial = place.take();
    place.complete(trial.workId(), trial.attempt(), Outcome.DIVERGED, 2);
    place.fail(place.take(), Remedy.REMAKE, trial("data-1", 0));
    Lease again = place.take();
    assertThat(again).isEqualTo(new Lease("trial/data-1", 2));
    place.complete(again.workId(), again.attempt(), Outcome.DIVERGED, 2);
    place.workOff();
    assertThat(place.work("measurement/data-1-m0").getAttempt()).isEqualTo(2);
    assertThat(counts().getDiverged()).isEqualTo(1);
  }

  @Test
  void remake_whatTheWorkDoesNotNeed_isARetry() {
    place.submit("s", Workplace.sweep("s", 2, 2, 0));
    place.completeNext();
    place.fail(place.take(), Remedy.REMAKE, variant("v-other"), trial("data-1", 0));
    assertThat(place.work("variant/v-data").getAttempt()).isEqualTo(1);
    assertThat(place.work("trial/data-1").getSpent()).isEqualTo(1);
    place.tick(60_000);
    place.workOff();
    assertThat(place.status("s").getPhase()).isEqualTo(Phase.COMPLETED);
  }

  @Test
  void remake_forEver_endsWithTheAttempts() {
    place.submit("s", Workplace.sweep("s", 1, 1, 0));
    while (!place.offers.isEmpty()) {
      Lease lease = place.take();
      if (lease.workId().startsWith("trial/")) {
        place.fail(lease, Remedy.REMAKE, variant("v-data"));
      } else {
        place.complete(lease.workId(), lease.attempt());
      }
    }
    assertThat(place.status("s").getPhase()).isEqualTo(Phase.FAILED);
    assertThat(place.work("variant/v-data").getAttempt()).isEqualTo(3);
  }

  @Test
  void remake_resultsOfAReport_areMadeAgainWithinTheParallelism() {
    place.submit("s", Workplace.sweep("s", 5, 2, 1));
    Lease report = takeReport();
    place.fail(
        report,
        Remedy.REMAKE,
        trial("data-1", 0),
        measurement("data-2-m0", 1),
        trial("data-4", 3),
        measurement("data-4-m0", 3));
    assertThat(place.status("s").getPhase()).isEqualTo(Phase.RUNNING);
    assertThat(counts().getRunning()).isEqualTo(2);
    assertThat(counts().getDone()).isEqualTo(3);
    place.workOff();
    assertThat(place.status("s").getPhase()).isEqualTo(Phase.COMPLETED);
    assertThat(counts()).isEqualTo(TrialCounts.newBuilder().setTotal(5).setDone(5).build());
    assertThat(place.work("trial/data-1").getAttempt()).isEqualTo(2);
    assertThat(place.work("measurement/data-1-m0").getAttempt()).isEqualTo(1);
    assertThat(place.work("trial/data-2").getAttempt()).isEqualTo(1);
    assertThat(place.work("measurement/data-2-m0").getAttempt()).isEqualTo(2);
    assertThat(place.work("trial/data-4").getAttempt()).isEqualTo(2);
    assertThat(place.work("measurement/data-4-m0").getAttempt()).isEqualTo(2);
    assertThat(place.work("trial/data-3").getAttempt()).isEqualTo(1);
    assertThat(place.status("s").getProgress().getEpochsDone()).isEqualTo(50);
    assertThat(place.status("s").getProgress().getEpochsTotal()).isEqualTo(50);
  }

  @Test
  void remake_resultsOfAReport_keepWhatIsCounted() {
    place.submit("a", Workplace.sweep("a", 2, 2, 0));
    place.workOff();
    place.submit("s", Workplace.sweep("s", 3, 3, 0));
    Lease report = takeReport();
    place.fail(report, Remedy.REMAKE, trial("data-1", 0), trial("data-3", 2));
    place.workOff();
    assertThat(counts())
        .isEqualTo(TrialCounts.newBuilder().setTotal(3).setDone(3).setReused(2).build());
  }

  @Test
  void remake_resultsForEver_endsWithTheAttemptsAndIsRetried() {
    place.submit("s", Workplace.sweep("s", 2, 2, 0));
    int reports = 0;
    while (place.status("s").getPhase() != Phase.FAILED) {
      place.fail(takeReport(), Remedy.REMAKE, trial("data-1", 0));
      reports++;
    }
    assertThat(reports).isEqualTo(3);
    assertThat(place.status("s").getFailures(0).getStep()).isEqualTo("report");
    place.control("s", Control.RETRY_FAILED);
    place.fail(takeReport(), Remedy.REMAKE, trial("data-1", 0));
    place.workOff();
    assertThat(place.status("s").getPhase()).isEqualTo(Phase.COMPLETED);
  }

  @Test
  void remake_resultsOfOthers_isARetryOfTheReport() {
    place.submit("s", Workplace.sweep("s", 2, 2, 0));
    place.fail(takeReport(), Remedy.REMAKE, trial("data-1", 1), trial("data-9", 8));
    assertThat(place.status("s").getPhase()).isEqualTo(Phase.REPORTING);
    place.tick(60_000);
    place.workOff();
    assertThat(place.status("s").getPhase()).isEqualTo(Phase.COMPLETED);
    assertThat(place.work("trial/data-1").getAttempt()).isEqualTo(1);
  }

  @Test
  void remake_inASweepThatPrunes_trainsOnlyWhatIsGone() {
    Sweep.Builder sweep = Workplace.sweep("s", 3, 3, 1).toBuilder();
    sweep.getSpecBuilder().getRetentionBuilder().setCheckpoints(Retention.Checkpoints.NONE);
    place.submit("s", sweep.build());
    place.fail(takeReport(), Remedy.REMAKE, trial("data-2", 1));
    assertThat(place.offers).extracting(WorkItem::getWorkId).containsExactly("trial/data-2");
    place.workOff();
    assertThat(place.status("s").getPhase()).isEqualTo(Phase.COMPLETED);
    assertThat(place.work("trial/data-1").getAttempt()).isEqualTo(1);
  }

  @Test
  void remake_cancelled_leavesNothingBehind() {
    place.submit("s", Workplace.sweep("s", 4, 1, 0));
    place.fail(takeReport(), Remedy.REMAKE, trial("data-1", 0), trial("data-2", 1));
    place.control("s", Control.CANCEL);
    assertThat(counts().getDone() + counts().getCancelled()).isEqualTo(4);
    place.control("s", Control.RETRY_FAILED);
    place.workOff();
    assertThat(place.status("s").getPhase()).isEqualTo(Phase.COMPLETED);
    assertThat(counts().getDone()).isEqualTo(4);
  }
}
