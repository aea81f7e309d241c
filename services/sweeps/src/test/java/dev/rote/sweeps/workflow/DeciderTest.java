package dev.rote.sweeps.workflow;

import static dev.rote.sweeps.workflow.Workplace.sweep;
import static dev.rote.v1.ClaimWorkResponse.Decision.GRANTED;
import static dev.rote.v1.ClaimWorkResponse.Decision.LEASED;
import static dev.rote.v1.ClaimWorkResponse.Decision.OBSOLETE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.sweeps.workflow.Workplace.Lease;
import dev.rote.v1.ClockRecord;
import dev.rote.v1.ClockTicked;
import dev.rote.v1.RenewLeaseResponse.Order;
import dev.rote.v1.Retention;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepControlRequested.Control;
import dev.rote.v1.SweepStatus.Phase;
import dev.rote.v1.TrialCounts;
import dev.rote.v1.TrialResult.Outcome;
import dev.rote.v1.WorkClaimed;
import dev.rote.v1.WorkFailed;
import dev.rote.v1.WorkItem;
import dev.rote.v1.WorkRecord.Status;
import dev.rote.v1.WorkflowEvent;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeciderTest {
  private final Workplace place = new Workplace();

  private static TrialCounts.Builder counts(long total) {
    return TrialCounts.newBuilder().setTotal(total);
  }

  private static Sweep patient(Sweep sweep, int failedTrials) {
    Sweep.Builder builder = sweep.toBuilder();
    builder.getSpecBuilder().getFailureBudgetBuilder().setFailedTrials(failedTrials);
    return builder.build();
  }

  private static Sweep keeping(Sweep sweep, Retention.Checkpoints keep) {
    Sweep.Builder builder = sweep.toBuilder();
    builder.getSpecBuilder().getRetentionBuilder().setCheckpoints(keep);
    return builder.build();
  }

  /** Materialises the shared variant so that trials are next. */
  private void variantDone() {
    Lease variant = place.take();
    assertThat(variant.workId()).isEqualTo("variant/v-data");
    place.complete(variant.workId(), variant.attempt());
  }

  @Test
  void submit_newSweep_goesThroughAllStepsToCompleted() {
    assertThat(place.submit("s", sweep("s", 5, 2, 2))).isTrue();
    place.workOff();
    assertThat(place.status("s").getPhase()).isEqualTo(Phase.COMPLETED);
    assertThat(place.status("s").getCounts()).isEqualTo(counts(5).setDone(5).build());
    assertThat(place.status("s").getProgress().getEpochsDone()).isEqualTo(50);
    assertThat(place.announced)
        .extracting(e -> e.getPhase())
        .containsExactly(Phase.RUNNING, Phase.REPORTING, Phase.COMPLETED);
    assertThat(place.state.count("cell/") + place.state.count("wait/")).isZero();
  }

  @Test
  void submit_sameSweepAgain_changesNothingButTheMutablePart() {
    place.submit("s", sweep("s", 9, 2, 0));
    assertThat(place.submit("s", sweep("s", 9, 4, 0))).isFalse();
    assertThat(place.status("s").getCounts().getRunning()).isEqualTo(4);
    place.workOff();
    assertThat(place.status("s").getCounts()).isEqualTo(counts(9).setDone(9).build());
  }

  private static Sweep suspended(Sweep sweep, boolean suspend) {
    Sweep.Builder builder = sweep.toBuilder();
    builder.getSpecBuilder().setSuspend(suspend);
    return builder.build();
  }

  private static Sweep retrying(Sweep sweep, int retryFailed) {
    Sweep.Builder builder = sweep.toBuilder();
    builder.getSpecBuilder().setRetryFailed(retryFailed);
    return builder.build();
  }

  @Test
  void submit_suspended_startsNothingUntilItIsNot() {
    place.submit("s", suspended(sweep("s", 2, 2, 0), true));
    assertThat(place.status("s").getPhase()).isEqualTo(Phase.PAUSED);
    assertThat(place.offers).isEmpty();
    place.submit("s", sweep("s", 2, 4, 0));
    assertThat(place.status("s").getPhase()).isEqualTo(Phase.PAUSED);
    place.submit("s", suspended(sweep("s", 2, 2, 0), false));
    place.workOff();
    assertThat(place.status("s").getPhase()).isEqualTo(Phase.COMPLETED);
  }

  @Test
  void submit_suspendedWhileRunning_pausesAsTheControlDoes() {
    place.submit("s", sweep("s", 2, 2, 0));
    Lease lease = place.take();
    place.submit("s", suspended(sweep("s", 2, 2, 0), true));
    assertThat(place.status("s").getPhase()).isEqualTo(Phase.PAUSED);
    assertThat(place.renew(lease.workId(), lease.attempt(), 0)).isEqualTo(Order.YIELD);
  }

  @Test
  void submit_retryFailedRaised_retriesOnceAndOnlyWhenEnded() {
    Sweep sweep = patient(sweep("s", 2, 2, 0), 2);
    place.submit("s", retrying(sweep, 1));
    assertThat(place.status("s").getRetries()).isEqualTo(1);
    variantDone();
    place.submit("s", retrying(sweep, 2));
    assertThat(place.status("s").getRetries()).isEqualTo(1);
    Lease failing = place.take();
    place.fail(failing.workId(), failing.attempt(), "BROKEN", false);
    place.workOff();
    assertThat(place.status("s").getCounts()).isEqualTo(counts(2).setDone(1).setFailed(1).build());
    place.submit("s", retrying(sweep, 2));
    assertThat(place.status("s").getPhase()).isEqualTo(Phase.RUNNING);
    assertThat(place.status("s").getRetries()).isEqualTo(2);
    place.workOff();
    assertThat(place.status("s").getCounts()).isEqualTo(counts(2).setDone(2).build());
    place.submit("s", retrying(sweep, 2));
    place.submit("s", sweep);
    assertThat(place.status("s").getPhase()).isEqualTo(Phase.COMPLETED);
    assertThat(place.status("s").getRetries()).isEqualTo(2);
  }

  @Test
  void parallelism_everyPhase_limitsCellsInFlight() {
    place.submit("s", sweep("s", 20, 3, 2));
    while (!place.offers.isEmpty()) {
      assertThat(place.status("s").getCounts().getRunning()).isLessThanOrEqualTo(3);
      Lease lease = place.take();
      place.complete(lease.workId(), lease.attempt());
    }
    assertThat(place.status("s").getCounts().getDone()).isEqualTo(20);
  }

  @Test
  void claim_repeatedWithItsId_repeatsTheAnswer() {
    place.submit("s", sweep("s", 1, 1, 0));
    assertThat(place.claim("variant/v-data", "a", "id").getAttempt()).isEqualTo(1);
    assertThat(place.claim("variant/v-data", "a", "id").getDecision()).isEqualTo(GRANTED);
    assertThat(place.claim("variant/v-data", "a", "id").getAttempt()).isEqualTo(1);
    assertThat(place.claim("variant/v-data", "b", "other").getDecision()).isEqualTo(LEASED);
  }

  @Test
  void claim_unknownOrEndedWork_isObsolete() {
    place.submit("s", sweep("s", 1, 1, 0));
    variantDone();
    assertThat(place.claim("variant/v-data", "a").getDecision()).isEqualTo(OBSOLETE);
    assertThat(place.claim("variant/none", "a").getDecision()).isEqualTo(OBSOLETE);
  }

  @Test
  void lease_notRenewed_isOfferedAgainAndOldAttemptDropped() {
    place.submit("s", sweep("s", 1, 1, 0));
    variantDone();
    Lease first = place.take();
    place.tick(29_000);
    assertThat(place.offers).isEmpty();
    place.tick(1_000);
    Lease second = place.take();
    assertThat(second).isEqualTo(new Lease(first.workId(), 2));
    assertThat(place.renew(first.workId(), 1, 3)).isEqualTo(Order.ABANDON);
    place.complete(first.workId(), 1);
    assertThat(place.status("s").getCounts().getDone()).isZero();
    place.complete(second.workId(), 2);
    place.complete(second.workId(), 2);
    assertThat(place.status("s").getCounts().getDone()).isEqualTo(1);
  }

  @Test
  void lease_renewed_livesOnAndCarriesProgress() {
    place.submit("s", sweep("s", 1, 1, 0));
    variantDone();
    Lease lease = place.take();
    for (int i = 1; i < 9; i++) {
      place.tick(20_000);
      assertThat(place.renew(lease.workId(), lease.attempt(), i)).isEqualTo(Order.CONTINUE);
      assertThat(place.status("s").getProgress().getEpochsDone()).isEqualTo(i);
    }
    assertThat(place.offers).isEmpty();
    place.tick(30_000);
    assertThat(place.offers).hasSize(1);
  }

  @Test
  void lease_expiredButNotClaimedAgain_isReadopted() {
    place.submit("s", sweep("s", 1, 1, 0));
    variantDone();
    Lease lease = place.take();
    place.tick(31_000);
    assertThat(place.renew(lease.workId(), 1, 4)).isEqualTo(Order.CONTINUE);
    assertThat(place.claim(lease.workId(), "b").getDecision()).isEqualTo(LEASED);
    place.tick(31_000);
    assertThat(place.work(lease.workId()).getStatus()).isEqualTo(Status.QUEUED);
  }

  @Test
  void lease_renewedWithoutProgress_runsOut() {
    WorkflowSettings impatient =
        new WorkflowSettings(30_000, 180_000, 2_000, 600_000, 3_000, 60_000, 5, 500);
    Workplace hurried = new Workplace(impatient);
    hurried.tick(1_000);
    hurried.submit("s", sweep("s", 1, 1, 1));
    Lease variant = hurried.take();
    for (int i = 0; i < 3; i++) {
      hurried.tick(20_000);
      assertThat(hurried.renew(variant.workId(), 1, 0)).isEqualTo(Order.CONTINUE);
    }
    hurried.tick(20_000);
    // Told again and again it stays so, and the lease is not renewed.
    assertThat(hurried.renew(variant.workId(), 1, 5)).isEqualTo(Order.ABANDON);
    assertThat(hurried.renew(variant.workId(), 1, 6)).isEqualTo(Order.ABANDON);
    hurried.tick(20_000);
    Lease again = hurried.take();
    assertThat(again).isEqualTo(new Lease(variant.workId(), 2));
    hurried.complete(again.workId(), 2);
    hurried.completeNext();
    Lease measurement = hurried.take();
    for (int i = 1; i < 9; i++) {
      hurried.tick(20_000);
      hurried.renew(measurement, i / 8.0);
    }
    assertThat(hurried.offers).isEmpty();
    hurried.tick(20_000);
    hurried.renew(measurement, 0.5);
    assertThat(hurried.offers).isEmpty();
  }

  @Test
  void tick_longerThanTheCap_isCapped() {
    place.submit("s", sweep("s", 1, 1, 0));
    variantDone();
    place.take();
    place.tell(
        WorkflowEvent.newBuilder()
            .setClockTicked(ClockTicked.newBuilder().setAdvanceMillis(3_600_000)));
    assertThat(place.offers).isEmpty();
  }

  @Test
  void attempts_spent_failTheTrialAndTheSweep() {
    place.submit("s", sweep("s", 4, 2, 0));
    variantDone();
    for (int i = 0; i < 3; i++) {
      place.offers.removeIf(item -> !item.getWorkId().equals("trial/data-1"));
      place.take();
      place.tick(30_000);
    }
    assertThat(place.work("trial/data-1").getStatus()).isEqualTo(Status.FAILED);
    // Its neighbour in flight still finishes, nothing new is started.
    assertThat(place.status("s").getPhase()).isEqualTo(Phase.RUNNING);
    assertThat(place.claim("trial/data-2", "w").getDecision()).isEqualTo(GRANTED);
    place.complete("trial/data-2", 1);
    assertThat(place.status("s").getPhase()).isEqualTo(Phase.FAILED);
    assertThat(place.status("s").getCounts())
        .isEqualTo(counts(4).setDone(1).setFailed(1).setCancelled(2).build());
    assertThat(place.status("s").getFailures(0).getReason()).isEqualTo("LEASE_EXPIRED");
    assertThat(place.status("s").getFailures(0).getStep()).isEqualTo("train");
  }

  @Test
  void attempts_spentInACancelledSweep_doNotCountInTheNext() {
    place.submit("a", sweep("a", 1, 1, 0));
    variantDone();
    for (int attempt = 1; attempt <= 2; attempt++) {
      Lease lease = place.take();
      place.fail(lease.workId(), lease.attempt(), "UNAVAILABLE", true);
      place.tick(10_000);
    }
    place.control("a", Control.CANCEL);
    place.offers.clear();
    place.submit("b", sweep("b", 1, 1, 0));
    Lease lease = place.take();
    place.fail(lease.workId(), lease.attempt(), "UNAVAILABLE", true);
    place.tick(10_000);
    place.workOff();
    assertThat(place.status("b").getPhase()).isEqualTo(Phase.COMPLETED);
    assertThat(place.work("trial/data-1").getAttempt()).isEqualTo(4);
  }

  @Test
  void failure_retryable_waitsLongerEachTime() {
    place.submit("s", sweep("s", 1, 1, 0));
    variantDone();
    Lease lease = place.take();
    place.fail(lease.workId(), 1, "UNAVAILABLE", true);
    assertThat(place.offers).isEmpty();
    place.tick(2_000);
    lease = place.take();
    place.fail(lease.workId(), 2, "UNAVAILABLE", true);
    place.tick(3_000);
    assertThat(place.offers).isEmpty();
    place.tick(1_000);
    lease = place.take();
    place.complete(lease.workId(), 3);
    place.workOff();
    assertThat(place.status("s").getPhase()).isEqualTo(Phase.COMPLETED);
  }

  @Test
  void failure_message_isToldInTheStatusAndCutWhenLong() {
    place.submit("s", sweep("s", 1, 1, 0));
    Lease lease = place.take();
    place.tell(
        WorkflowEvent.newBuilder()
            .setWorkFailed(
                WorkFailed.newBuilder()
                    .setWorkId(lease.workId())
                    .setAttempt(1)
                    .setReason("DATASET_MISSING")
                    .setMessage("put the files there, ".repeat(50))));
    assertThat(place.status("s").getFailures(0).getReason())
        .startsWith("DATASET_MISSING: put the files there")
        .hasSize(240);
  }

  @Test
  void failure_withinTheBudget_completesTheSweep() {
    place.submit("s", patient(sweep("s", 3, 3, 0), 1));
    variantDone();
    Lease lease = place.take();
    place.fail(lease.workId(), lease.attempt(), "SHAPE_TOO_SMALL", false);
    place.workOff();
    assertThat(place.status("s").getPhase()).isEqualTo(Phase.COMPLETED);
    assertThat(place.status("s").getCounts()).isEqualTo(counts(3).setDone(2).setFailed(1).build());
  }

  @Test
  void failure_ofTheSharedVariant_failsAllThatWait() {
    place.submit("s", sweep("s", 5, 3, 0));
    Lease lease = place.take();
    place.fail(lease.workId(), lease.attempt(), "DATASET_DAMAGED", false);
    assertThat(place.status("s").getPhase()).isEqualTo(Phase.FAILED);
    assertThat(place.status("s").getCounts())
        .isEqualTo(counts(5).setFailed(3).setCancelled(2).build());
  }

  @Test
  void retryFailed_afterFailure_runsOnlyWhatIsMissing() {
    place.submit("s", sweep("s", 5, 2, 1));
    variantDone();
    Lease bad = place.take();
    place.fail(bad.workId(), bad.attempt(), "OUT_OF_MEMORY", false);
    place.workOff();
    assertThat(place.status("s").getPhase()).isEqualTo(Phase.FAILED);
    Answer answer = place.control("s", Control.RETRY_FAILED);
    assertThat(((Answer.Controlled) answer).retried()).isEqualTo(4);
    assertThat(place.offers).extracting(WorkItem::getWorkId).doesNotContain("variant/v-data");
    place.workOff();
    assertThat(place.status("s").getPhase()).isEqualTo(Phase.COMPLETED);
    assertThat(place.status("s").getCounts()).isEqualTo(counts(5).setDone(5).build());
    assertThat(place.status("s").getProgress().getEpochsDone()).isEqualTo(50);
    assertThat(place.work("trial/data-2").getAttempt()).isEqualTo(1);
  }

  @Test
  void retryFailed_nothingFailed_changesNothing() {
    place.submit("s", sweep("s", 2, 2, 0));
    place.workOff();
    assertThat(((Answer.Controlled) place.control("s", Control.RETRY_FAILED)).retried()).isZero();
    assertThat(place.status("s").getPhase()).isEqualTo(Phase.COMPLETED);
  }

  @Test
  void retryFailed_runningSweep_isRefused() {
    place.submit("s", sweep("s", 2, 2, 0));
    assertThat(place.control("s", Control.RETRY_FAILED)).isInstanceOf(Answer.Refused.class);
  }

  @Test
  void control_unknownSweep_isUnknown() {
    assertThat(place.control("none", Control.PAUSE)).isEqualTo(new Answer.Unknown("none"));
  }

  @Test
  void pause_running_yieldsAndHoldsUntilResumed() {
    place.submit("s", sweep("s", 4, 2, 0));
    variantDone();
    Lease lease = place.take();
    place.control("s", Control.PAUSE);
    assertThat(place.renew(lease.workId(), lease.attempt(), 5)).isEqualTo(Order.YIELD);
    place.giveBack(lease.workId(), lease.attempt());
    WorkItem queued = place.offers.remove();
    assertThat(place.claim(queued.getWorkId(), "w").getDecision()).isEqualTo(OBSOLETE);
    place.tick(400_000);
    assertThat(place.offers).isEmpty();
    assertThat(place.status("s").getPhase()).isEqualTo(Phase.PAUSED);

    place.control("s", Control.RESUME);
    assertThat(place.offers).hasSize(2);
    place.workOff();
    assertThat(place.status("s").getCounts()).isEqualTo(counts(4).setDone(4).build());
    assertThat(place.work(lease.workId()).getAttempt()).isEqualTo(2);
    assertThat(place.work(lease.workId()).getSpent()).isZero();
  }

  @Test
  void pause_trialCompletesAnyway_goesOnAfterResume() {
    place.submit("s", sweep("s", 1, 1, 1));
    variantDone();
    Lease lease = place.take();
    place.control("s", Control.PAUSE);
    place.complete(lease.workId(), lease.attempt());
    assertThat(place.offers).isEmpty();
    place.control("s", Control.RESUME);
    place.workOff();
    assertThat(place.status("s").getPhase()).isEqualTo(Phase.COMPLETED);
  }

  @Test
  void cancel_running_abandonsAndCountsTheRestCancelled() {
    place.submit("s", sweep("s", 6, 2, 0));
    variantDone();
    Lease lease = place.take();
    place.control("s", Control.CANCEL);
    assertThat(place.renew(lease.workId(), lease.attempt(), 5)).isEqualTo(Order.ABANDON);
    assertThat(place.claim(place.offers.remove().getWorkId(), "w").getDecision())
        .isEqualTo(OBSOLETE);
    assertThat(place.status("s").getCounts()).isEqualTo(counts(6).setCancelled(6).build());
    place.control("s", Control.RETRY_FAILED);
    place.workOff();
    assertThat(place.status("s").getCounts()).isEqualTo(counts(6).setDone(6).build());
    assertThat(place.status("s").getProgress().getEpochsDone()).isEqualTo(60);
    assertThat(place.status("s").getProgress().getEpochsTotal()).isEqualTo(60);
  }

  @Test
  void cancel_whileRetrying_leavesUntouchedTrialsWhatTheyWere() {
    place.submit("s", patient(sweep("s", 4, 1, 0), 4));
    variantDone();
    while (!place.offers.isEmpty()) {
      Lease lease = place.take();
      if (lease.workId().startsWith("trial/")) {
        place.fail(lease.workId(), lease.attempt(), "BAD", false);
      } else {
        place.complete(lease.workId(), lease.attempt());
      }
    }
    place.control("s", Control.RETRY_FAILED);
    place.control("s", Control.CANCEL);
    assertThat(place.status("s").getCounts())
        .isEqualTo(counts(4).setFailed(3).setCancelled(1).build());
    place.control("s", Control.RETRY_FAILED);
    place.workOff();
    assertThat(place.status("s").getCounts()).isEqualTo(counts(4).setDone(4).build());
  }

  @Test
  void sharedTrial_twoSweeps_runsOnceAndSurvivesTheCancelOfOne() {
    place.submit("a", sweep("a", 2, 2, 0));
    variantDone();
    place.submit("b", sweep("b", 2, 2, 1));
    assertThat(place.offers).hasSize(2);
    Lease lease = place.take();
    place.control("a", Control.CANCEL);
    assertThat(place.renew(lease.workId(), lease.attempt(), 1)).isEqualTo(Order.CONTINUE);
    place.complete(lease.workId(), lease.attempt());
    place.workOff();
    assertThat(place.status("b").getPhase()).isEqualTo(Phase.COMPLETED);
    assertThat(place.work("trial/data-1").getAttempt()).isEqualTo(1);
    assertThat(place.work("trial/data-2").getAttempt()).isEqualTo(1);
  }

  @Test
  void sharedTrial_pausedInOneSweep_runsForTheOther() {
    place.submit("a", sweep("a", 1, 1, 0));
    variantDone();
    place.control("a", Control.PAUSE);
    assertThat(place.claim("trial/data-1", "w").getDecision()).isEqualTo(OBSOLETE);
    place.offers.clear();
    place.submit("b", sweep("b", 1, 1, 0));
    place.workOff();
    assertThat(place.status("b").getPhase()).isEqualTo(Phase.COMPLETED);
    place.control("a", Control.RESUME);
    place.workOff();
    assertThat(place.status("a").getPhase()).isEqualTo(Phase.COMPLETED);
    assertThat(place.work("trial/data-1").getAttempt()).isEqualTo(1);
  }

  @Test
  void storedWork_anotherSweep_isReused() {
    place.submit("a", sweep("a", 3, 3, 1));
    place.workOff();
    place.submit("b", sweep("b", 5, 3, 1));
    place.workOff();
    assertThat(place.status("b").getCounts()).isEqualTo(counts(5).setDone(5).setReused(3).build());
  }

  @Test
  void divergence_isAResult() {
    place.submit("s", sweep("s", 1, 1, 1));
    variantDone();
    Lease trial = place.take();
    place.complete(trial.workId(), trial.attempt(), Outcome.DIVERGED, 2);
    Lease measure = place.take();
    place.fail(measure.workId(), measure.attempt(), "CHECKPOINT_MISSING", false);
    place.workOff();
    assertThat(place.status("s").getPhase()).isEqualTo(Phase.COMPLETED);
    assertThat(place.status("s").getCounts())
        .isEqualTo(counts(1).setDone(1).setDiverged(1).build());
    assertThat(place.status("s").getProgress().getEpochsTotal()).isEqualTo(2);
  }

  @Test
  void measurement_checkpointMissing_trainsAgainAndMeasures() {
    place.submit("s", sweep("s", 1, 1, 2));
    variantDone();
    Lease trial = place.take();
    place.complete(trial.workId(), trial.attempt());
    Lease measure = place.take();
    place.fail(measure.workId(), measure.attempt(), "CHECKPOINT_MISSING", true);
    place.offers.removeIf(item -> item.getWorkId().startsWith("measurement/"));
    Lease again = place.take();
    assertThat(again).isEqualTo(new Lease("trial/data-1", 2));
    place.complete(again.workId(), again.attempt());
    place.workOff();
    assertThat(place.status("s").getPhase()).isEqualTo(Phase.COMPLETED);
    assertThat(place.status("s").getCounts()).isEqualTo(counts(1).setDone(1).build());
    assertThat(place.status("s").getProgress().getEpochsDone()).isEqualTo(10);
  }

  @Test
  void measurement_checkpointMissingForEver_failsInTheEnd() {
    place.submit("s", sweep("s", 1, 1, 1));
    while (!place.offers.isEmpty()) {
      Lease lease = place.take();
      if (lease.workId().startsWith("measurement/")) {
        place.fail(lease.workId(), lease.attempt(), "CHECKPOINT_MISSING", true);
      } else {
        place.complete(lease.workId(), lease.attempt());
      }
    }
    assertThat(place.status("s").getPhase()).isEqualTo(Phase.FAILED);
    assertThat(place.work("trial/data-1").getAttempt()).isEqualTo(3);
  }

  @Test
  void training_variantMissing_makesTheVariantAgain() {
    place.submit("s", sweep("s", 2, 2, 0));
    variantDone();
    Lease trial = place.take();
    place.fail(trial.workId(), trial.attempt(), "VARIANT_MISSING", true);
    place.workOff();
    assertThat(place.work("variant/v-data").getAttempt()).isEqualTo(2);
    assertThat(place.status("s").getCounts()).isEqualTo(counts(2).setDone(2).build());
  }

  @Test
  void retention_none_prunesWhenTheLastUserIsDone() {
    place.submit("a", keeping(sweep("a", 1, 1, 1), Retention.Checkpoints.NONE));
    place.submit("b", keeping(sweep("b", 1, 1, 2), Retention.Checkpoints.FINAL));
    variantDone();
    Lease trial = place.take();
    place.complete(trial.workId(), trial.attempt());
    Lease m0 = place.take();
    place.complete(m0.workId(), m0.attempt());
    assertThat(place.status("a").getPhase()).isEqualTo(Phase.REPORTING);
    assertThat(place.offers).extracting(WorkItem::hasPruneTrial).doesNotContain(true);
    Lease m1 = place.take();
    place.complete(m1.workId(), m1.attempt());
    WorkItem prune =
        place.offers.stream().filter(WorkItem::hasPruneTrial).findFirst().orElseThrow();
    assertThat(prune.getPruneTrial().getKeep()).isEqualTo(Retention.Checkpoints.FINAL);
    place.workOff();
    assertThat(place.state.count("work/prune/")).isZero();
  }

  @Test
  void retention_allInAnotherSweep_keepsCheckpoints() {
    place.submit("a", sweep("a", 1, 1, 0));
    place.workOff();
    place.submit("b", keeping(sweep("b", 1, 1, 1), Retention.Checkpoints.NONE));
    while (!place.offers.isEmpty()) {
      Lease lease = place.take();
      assertThat(lease.workId()).doesNotStartWith("prune/");
      place.complete(lease.workId(), lease.attempt());
    }
  }

  @Test
  void queuedWork_unclaimedForMinutes_isOfferedAgainEverLessOften() {
    place.submit("s", sweep("s", 1, 1, 0));
    place.offers.clear();
    place.tick(180_000);
    assertThat(place.offers).hasSize(1);
    place.tick(359_000);
    assertThat(place.offers).hasSize(1);
    place.tick(1_000);
    assertThat(place.offers).hasSize(2);
    place.workOff();
    assertThat(place.status("s").getPhase()).isEqualTo(Phase.COMPLETED);
  }

  @Test
  void report_failed_failsTheSweepAndIsRetried() {
    place.submit("s", sweep("s", 1, 1, 0));
    while (place.status("s").getPhase() != Phase.REPORTING) {
      Lease lease = place.take();
      place.complete(lease.workId(), lease.attempt());
    }
    Lease report = place.take();
    place.fail(report.workId(), report.attempt(), "INTERNAL", false);
    assertThat(place.status("s").getPhase()).isEqualTo(Phase.FAILED);
    assertThat(place.status("s").getFailures(0).getStep()).isEqualTo("report");
    place.control("s", Control.RETRY_FAILED);
    place.workOff();
    assertThat(place.status("s").getPhase()).isEqualTo(Phase.COMPLETED);
  }

  @Test
  void report_resultsGone_retryGoesThroughAllTrialsAgain() {
    place.submit("s", patient(sweep("s", 3, 3, 1), 1));
    variantDone();
    Lease bad = place.take();
    place.fail(bad.workId(), bad.attempt(), "BAD", false);
    while (place.status("s").getPhase() != Phase.REPORTING) {
      place.completeNext();
    }
    Lease report = place.take();
    place.fail(report.workId(), report.attempt(), "RESULT_MISSING", false);
    Answer answer = place.control("s", Control.RETRY_FAILED);
    assertThat(((Answer.Controlled) answer).retried()).isEqualTo(3);
    assertThat(place.offers).extracting(WorkItem::getWorkId).containsExactly("variant/v-data");
    place.workOff();
    assertThat(place.status("s").getPhase()).isEqualTo(Phase.COMPLETED);
    assertThat(place.status("s").getCounts()).isEqualTo(counts(3).setDone(3).build());
    assertThat(place.status("s").getProgress().getEpochsDone()).isEqualTo(30);
    assertThat(place.work("trial/data-2").getAttempt()).isEqualTo(2);
    assertThat(place.work("measurement/data-3-m0").getAttempt()).isEqualTo(2);
  }

  @Test
  void workerInTrouble_givesBack_spendsNoAttemptAndTheWorkWaitsAWhile() {
    place.submit("s", sweep("s", 1, 1, 0));
    variantDone();
    for (int i = 0; i < 20; i++) {
      Lease lease = place.take();
      place.giveBack(lease.workId(), lease.attempt(), "DISK_FULL", "no space left");
      assertThat(place.offers).isEmpty();
      place.tick(64_000);
    }
    assertThat(place.status("s").getPhase()).isEqualTo(Phase.RUNNING);
    assertThat(place.status("s").getCounts().getFailed()).isZero();
    place.completeNext();
    assertThat(place.status("s").getCounts().getDone()).isEqualTo(1);
    assertThat(place.work("trial/data-1").getTroubles()).isZero();
  }

  @Test
  void workersInTrouble_withoutEnd_failWorkAfterAnHourWithTheReason() {
    place.submit("s", sweep("s", 1, 1, 0));
    variantDone();
    int rounds = 0;
    while (place.status("s").getPhase() == Phase.RUNNING) {
      Lease lease = place.take();
      place.giveBack(lease.workId(), lease.attempt(), "DISK_FULL", "no space left");
      place.tick(64_000);
      rounds++;
    }
    assertThat(rounds).isEqualTo(60);
    assertThat(place.status("s").getFailures(0).getReason())
        .isEqualTo(
            "given back 60 times for troubles of workers, the last: DISK_FULL: no space left");
    place.control("s", Control.RETRY_FAILED);
    place.workOff();
    assertThat(place.status("s").getCounts().getDone()).isEqualTo(1);
  }

  @Test
  void outstandingWork_isCountedByKind() {
    place.submit("s", sweep("s", 4, 4, 0));
    variantDone();
    place.take();
    ClockRecord clock = place.clock();
    assertThat(clock.getWorkOrThrow("trial").getQueued()).isEqualTo(3);
    assertThat(clock.getWorkOrThrow("trial").getLeased()).isEqualTo(1);
    assertThat(clock.getWorkOrThrow("variant").getLeased()).isZero();
  }

  @Test
  void decide_sameStateAndEvent_sameDecision() {
    place.submit("s", sweep("s", 4, 4, 1));
    Decider other = new Decider(new Plans(Workplace::plan), WorkflowSettings.defaults());
    var event =
        WorkflowEvent.newBuilder()
            .setEventId("x")
            .setWorkClaimed(WorkClaimed.newBuilder().setWorkId("variant/v-data").setWorker("w"))
            .build();
    Decision one = other.decide(place.state, event);
    Decision two = other.decide(place.state, event);
    assertThat(two.answer()).isEqualTo(one.answer());
    assertThat(two.commands()).isEqualTo(one.commands());
    assertThat(two.changes().keySet()).isEqualTo(one.changes().keySet());
    assertThat(bytes(two)).isEqualTo(bytes(one));
  }

  private static List<String> bytes(Decision decision) {
    return decision.changes().values().stream()
        .map(value -> value.map(Arrays::toString).orElse("deleted"))
        .toList();
  }
}
