package dev.rote.trainer.training;

import static dev.rote.trainer.training.MadeTrials.spec;
import static dev.rote.trainer.training.MadeTrials.trial;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rote.artifacts.ArtifactKeys;
import dev.rote.trainer.training.MadeTrials.Kind;
import dev.rote.trainer.training.StoredRuns.Control;
import dev.rote.v1.CheckpointRef;
import dev.rote.v1.CheckpointSpec;
import dev.rote.v1.EpochRecord;
import dev.rote.v1.TrialResult;
import dev.rote.v1.TrialResult.Outcome;
import dev.rote.v1.TrialSpec;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs that are stopped, killed, pruned or capped, of the specifications {@code specs} and the
 * networks {@code kinds} of the test class, on tiny data and a real object store.
 */
abstract class TrialRunSuite {
  static final int STEPS_PER_EPOCH = 8;

  @SuppressWarnings("NullAway.Init")
  static StoredRuns runs;

  @BeforeAll
  static void start() {
    runs = new StoredRuns();
  }

  @AfterAll
  static void stop() {
    runs.close();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("specs")
  void run_stoppedAnywhereAndResumed_equalsUninterrupted(String name, TrialSpec.Builder spec) {
    Trial whole = trial(spec);
    TrialResult expected = runs.finish(whole);
    Trial cut =
        new Trial("cut-" + whole.id(), "variant", whole.spec(), whole.train(), whole.validation());
    /* Each life ends after a few more questions: inside epochs, between them, in evaluations. */
    RunEnd end = new RunEnd.Stopped();
    int lives = 0;
    for (int questions = 1; end instanceof RunEnd.Stopped; questions = (questions + 3) % 11) {
      end = runs.run(cut, new Control(questions), Duration.ofMinutes(1));
      lives++;
    }
    assertThat(lives).isGreaterThan(5);
    runs.assertSameBits(expected, ((RunEnd.Finished) end).result());
    assertThat(runs.store().list(ArtifactKeys.resumePoints(cut.id()), "", 10)).isEmpty();
  }

  /** Its second half needs what it started from no more. */
  @ParameterizedTest
  @MethodSource("kinds")
  void run_fromAnothersCheckpoint_startsWithItsParameters_andResumesAsUninterrupted(Kind kind) {
    CheckpointRef from = runs.finish(trial(spec(kind))).getCheckpoints(2);
    TrialSpec.Builder second = spec(kind).setSeed(8);
    second
        .getStartBuilder()
        .getCheckpointBuilder()
        .setTrialId(from.getKey().split("/", -1)[1])
        .setEpoch(from.getEpoch());
    second.getOptimizerBuilder().clearMomentum();
    Trial whole = trial(second);
    TrialResult expected = runs.finish(whole);
    byte[] begun = runs.tensors(expected.getCheckpoints(0));
    assertThat(begun).containsExactly(Arrays.copyOf(runs.tensors(from), begun.length));
    assertThat(runs.tensors(expected.getCheckpoints(1))).isNotEqualTo(begun);
    Trial cut =
        new Trial("cut-" + whole.id(), "variant", whole.spec(), whole.train(), whole.validation());
    RunEnd end = runs.run(cut, new Control(9), Duration.ofMinutes(1));
    assertThat(end).isInstanceOf(RunEnd.Stopped.class);
    runs.store().delete(from.getKey());
    runs.assertSameBits(expected, runs.finish(cut));
    assertThatThrownBy(() -> runs.finish(trial(second)))
        .isInstanceOf(UnusableStartException.class)
        .hasMessageContaining("the checkpoint of epoch " + from.getEpoch() + " of trial")
        .hasMessageContaining("is gone");
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void run_killedAfterAnEpoch_resumesFromItsCheckpoint(Kind kind) {
    Trial whole = trial(spec(kind));
    TrialResult expected = runs.finish(whole);
    for (int epoch = 0; epoch < 4; epoch++) {
      Trial killed =
          new Trial(
              "killed" + epoch + "-" + whole.id(),
              "variant",
              whole.spec(),
              whole.train(),
              whole.validation());
      /* What a kill leaves: checkpoints up to that epoch, and no more. */
      for (int e = 0; e <= epoch; e++) {
        runs.copyAs(whole.id(), killed.id(), e);
      }
      Control control = new Control(Long.MAX_VALUE);
      RunEnd end = runs.run(killed, control, Duration.ofMinutes(1));
      assertThat(control.first().getEpochsDone()).isEqualTo(epoch);
      runs.assertSameBits(expected, ((RunEnd.Finished) end).result());
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void run_sparseCadence_leavesOneResumePointWhichIsUsed(Kind kind) {
    TrialSpec.Builder spec = spec(kind);
    spec.getTrainingBuilder().setCheckpoints(CheckpointSpec.newBuilder().setEveryEpochs(0));
    Trial whole = trial(spec);
    TrialResult expected = runs.finish(whole);
    assertThat(expected.getCheckpointsList().stream().map(CheckpointRef::getEpoch))
        .containsExactly(0, 4);
    Trial cut =
        new Trial(
            "sparse-" + whole.id(), "variant", whole.spec(), whole.train(), whole.validation());
    runs.run(cut, new Control(30), Duration.ZERO);
    List<String> points = runs.store().list(ArtifactKeys.resumePoints(cut.id()), "", 10);
    assertThat(points).hasSize(1);
    Control second = new Control(Long.MAX_VALUE);
    RunEnd end = runs.run(cut, second, Duration.ofMinutes(1));
    assertThat(second.first().getStepsDone()).isGreaterThan(STEPS_PER_EPOCH);
    runs.assertSameBits(expected, ((RunEnd.Finished) end).result());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void run_newestCheckpointDamaged_goesOnFromTheOneBeforeAndReplacesIt(Kind kind) {
    Trial trial = trial(spec(kind));
    TrialResult expected = runs.finish(trial);
    String newest = ArtifactKeys.checkpoint(trial.id(), 4);
    byte[] bytes = runs.store().get(newest);
    bytes[bytes.length / 2] ^= 1;
    runs.store().put(newest, bytes);
    Control control = new Control(Long.MAX_VALUE);
    RunEnd end = runs.run(trial, control, Duration.ofMinutes(1));
    assertThat(control.first().getEpochsDone()).isEqualTo(3);
    runs.assertSameBits(expected, ((RunEnd.Finished) end).result());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void run_earlierCheckpointsPruned_trainsThemAgain(Kind kind) {
    Trial trial = trial(spec(kind));
    TrialResult expected = runs.finish(trial);
    for (int epoch = 0; epoch < 4; epoch++) {
      runs.store().delete(ArtifactKeys.checkpoint(trial.id(), epoch));
    }
    runs.assertSameBits(expected, runs.finish(trial));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void run_accuracyAskedForReached_converges(Kind kind) {
    TrialSpec.Builder spec = spec(kind);
    spec.clearRegularization();
    spec.getTrainingBuilder().setEpochs(50).setStopAtAccuracy(0.7);
    TrialResult result = runs.finish(trial(spec));
    assertThat(result.getOutcome()).isEqualTo(Outcome.CONVERGED);
    int last = result.getHistoryCount() - 1;
    assertThat(last).isBetween(1, 49);
    assertThat(result.getHistory(last).getTrain().getAccuracy()).isGreaterThanOrEqualTo(0.7);
    for (int e = 1; e < last; e++) {
      assertThat(result.getHistory(e).getTrain().getAccuracy()).isLessThan(0.7);
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void run_stepCapInsideAnEpoch_endsThere(Kind kind) {
    TrialSpec.Builder spec = spec(kind);
    spec.getTrainingBuilder().setMaxSteps(11);
    TrialResult result = runs.finish(trial(spec));
    assertThat(result.getOutcome()).isEqualTo(Outcome.CAP_REACHED);
    assertThat(result.getHistoryList().stream().map(EpochRecord::getSteps))
        .containsExactly(0L, 8L, 11L);
    assertThat(result.getCheckpoints(2).getSteps()).isEqualTo(11);
  }
}
