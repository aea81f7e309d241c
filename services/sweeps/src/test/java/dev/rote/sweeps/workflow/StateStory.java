package dev.rote.sweeps.workflow;

import dev.rote.spec.Versions;
import dev.rote.sweeps.workflow.Workplace.Lease;
import dev.rote.v1.MissingArtifact;
import dev.rote.v1.Retention;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepControlRequested.Control;
import dev.rote.v1.SweepSubmitted;
import dev.rote.v1.TrialResult.Outcome;
import dev.rote.v1.VerdictCounts;
import dev.rote.v1.WorkCompleted;
import dev.rote.v1.WorkFailed.Remedy;
import dev.rote.v1.WorkflowEvent;

/**
 * What a workflow was in the midst of when it was stopped: one sweep, named so, for each thing that
 * its state can hold. Each is of a dataset of its own and has {@link #CELLS} cells.
 */
final class StateStory {
  static final int CELLS = 6;
  static final String FAMILY = "family-1";

  private final Workplace place =
      new Workplace(
          new WorkflowSettings(30_000, 180_000, 2_000, 600_000, 3_000, 43_200_000, 4, 500));

  private StateStory() {}

  /** The state that the story leaves behind. */
  static MemoryState told() {
    StateStory story = new StateStory();
    story.waiting();
    story.ended();
    story.retried();
    story.steered();
    story.underWay();
    story.remaking();
    story.numerics();
    story.repeating();
    story.owned();
    story.advancing();
    return story.place.state;
  }

  private void submit(String name, int parallelism, int measurements) {
    submit(of(name, parallelism, measurements));
  }

  private void submit(Sweep sweep) {
    place.offers.clear();
    place.submit(
        SweepSubmitted.newBuilder()
            .setSweepId(sweep.getMetadata().getName())
            .setSweep(sweep)
            .setMostBytes(5_000_000));
  }

  private static Sweep of(String name, int parallelism, int measurements) {
    Sweep.Builder sweep = Workplace.sweep(name, CELLS, parallelism, measurements).toBuilder();
    sweep.getSpecBuilder().getTrialBuilder().getDatasetBuilder().setName(name);
    return sweep.build();
  }

  private Lease take(String workId) {
    place.offers.removeIf(item -> item.getWorkId().equals(workId));
    return new Lease(workId, place.claim(workId, "worker-1").getAttempt());
  }

  private void finish(String workId) {
    place.complete(workId, take(workId).attempt());
  }

  private void ended() {
    Sweep.Builder completed = of("completed", 4, 1).toBuilder();
    completed.getSpecBuilder().getMeasurementsBuilder(0).getDynamicsBuilder();
    submit(completed.build());
    finish("variant/v-completed");
    place.complete("trial/completed-1", take("trial/completed-1").attempt(), Outcome.DIVERGED, 4);
    Lease report = workOffTo("report/completed");
    place.tell(
        WorkflowEvent.newBuilder()
            .setWorkCompleted(
                WorkCompleted.newBuilder()
                    .setWorkId(report.workId())
                    .setAttempt(report.attempt())
                    .setVerdicts(VerdictCounts.newBuilder().setHolding(2).setFailing(1))));
    submit("failed", 2, 0);
    finish("variant/v-failed");
    finish("trial/failed-1");
    place.fail("trial/failed-2", take("trial/failed-2").attempt(), "MODEL_UNFIT", false);
    finish("trial/failed-3");
    submit("cancelled", 3, 0);
    finish("variant/v-cancelled");
    take("trial/cancelled-1");
    place.control("cancelled", Control.CANCEL);
  }

  private Lease workOffTo(String workId) {
    while (!place.offers.peek().getWorkId().equals(workId)) {
      place.completeNext();
    }
    return take(workId);
  }

  private void retried() {
    submit("retried", 3, 0);
    finish("variant/v-retried");
    place.fail("trial/retried-1", take("trial/retried-1").attempt(), "BAD", false);
    place.fail("trial/retried-2", take("trial/retried-2").attempt(), "BAD", false);
    place.control("retried", Control.CANCEL);
    submit("retried", 1, 0);
    place.control("retried", Control.RETRY_FAILED);
    submit("verifying", 3, 0);
    Lease report = workOffTo("report/verifying");
    place.fail(report.workId(), report.attempt(), "RESULT_MISSING", false);
    place.control("verifying", Control.RETRY_FAILED);
    finish("trial/verifying-1");
  }

  private void steered() {
    submit("paused", 3, 1);
    finish("variant/v-paused");
    place.renew("trial/paused-1", take("trial/paused-1").attempt(), 3);
    place.control("paused", Control.PAUSE);
    Sweep.Builder declared = of("declared", 2, 0).toBuilder();
    declared.getSpecBuilder().setSuspend(true).setRetryFailed(3);
    declared.getSpecBuilder().getFailureBudgetBuilder().setFailedTrials(2);
    submit(declared.build());
    submit("reporting", 6, 0);
    workOffTo("report/reporting");
  }

  private void underWay() {
    submit("corrupting", 2, 1);
    place.tick(181_000);
    take("variant/v-corrupting");
    Sweep.Builder pruning = of("pruning", 3, 2).toBuilder();
    pruning.getSpecBuilder().getRetentionBuilder().setCheckpoints(Retention.Checkpoints.NONE);
    submit(pruning.build());
    finish("variant/v-pruning");
    finish("trial/pruning-1");
    finish("measurement/pruning-1-m0");
    place.fail(
        "measurement/pruning-1-m1", take("measurement/pruning-1-m1").attempt(), "SLOW", true);
    place.complete("trial/pruning-2", take("trial/pruning-2").attempt(), Outcome.DIVERGED, 4);
    place.renew(take("measurement/pruning-2-m0"), 0.5);
    finish("trial/pruning-3");
    finish("measurement/pruning-3-m0");
    finish("measurement/pruning-3-m1");
    submitSharing();
    submit("training", 4, 0);
    finish("variant/v-training");
    place.renew("trial/training-1", take("trial/training-1").attempt(), 7);
    place.fail("trial/training-2", take("trial/training-2").attempt(), "UNAVAILABLE", true);
    place.giveBack("trial/training-3", take("trial/training-3").attempt(), "DISK_FULL", "/scratch");
    place.tick(6_000);
    place.renew("trial/training-1", 1, 8);
  }

  private void submitSharing() {
    Sweep.Builder sharing = of("sharing", 2, 1).toBuilder();
    sharing.getSpecBuilder().getTrialBuilder().getDatasetBuilder().setName("pruning");
    submit(sharing.build());
  }

  /** Workers of another release alone ask for its work. */
  private void waiting() {
    submit("waiting", 1, 0);
    place.tick(1_000);
    place.workers(new Versions("2", "2", "3"));
    place.claim("variant/v-waiting", "worker-2");
    place.workers(Workplace.VERSIONS);
  }

  /** Sweeps that run on a family, whose trials another has, and that wait for any. */
  private void numerics() {
    submit("settled", 2, 0);
    finish("variant/v-settled");
    place.numerics(FAMILY);
    finish("trial/settled-1");
    place.numerics("family-2");
    place.claim("trial/settled-2", "worker-2");
    place.numerics("");
    Sweep.Builder held = of("held", 2, 0).toBuilder();
    held.getSpecBuilder().getTrialBuilder().getDatasetBuilder().setName("settled");
    submit(held.build());
    Sweep.Builder awaiting = of("awaiting", 2, 0).toBuilder();
    awaiting.getSpecBuilder().setNumerics("any");
    place.silence(3_600_000);
    submit(awaiting.build());
  }

  private void remaking() {
    submit("remaking", 1, 1);
    Lease report = workOffTo("report/remaking");
    place.fail(report, Remedy.REMAKE, measurement(2), measurement(3));
  }

  private static MissingArtifact measurement(int trial) {
    return MissingArtifact.newBuilder()
        .setMeasurementId("remaking-" + trial + "-m0")
        .setTrialIndex(trial - 1)
        .build();
  }

  /** One look is over, which closed one of two claims; of the next block a cell is passed over. */
  private void repeating() {
    Sweep.Builder repeating = Workplace.repeating("repeating", 2, 2, 2, 4).toBuilder();
    repeating.getSpecBuilder().getTrialBuilder().getDatasetBuilder().setName("repeating");
    submit(repeating.build());
    Lease look = workOffTo("look/repeating/1");
    place.complete(look.workId(), look.attempt());
    finish("trial/repeating-3-1");
  }

  /** Two owners take turns, and one reads what is the other's. */
  private void owned() {
    place.offers.clear();
    place.submit("owned", of("owned", 4, 0), "ada", "vision");
    place.submit("owned", of("owned", 4, 0), "eve", "audio");
    place.submit("others", of("others", 4, 0), "eve", "audio");
    finish("variant/v-owned");
    finish("variant/v-others");
    place.takeOther();
    take("trial/owned-1");
    take("trial/owned-2");
  }

  private void advancing() {
    place.holdAdvances();
    submit("advancing", 6, 0);
  }
}
