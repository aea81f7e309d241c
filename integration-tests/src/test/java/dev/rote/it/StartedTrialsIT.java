package dev.rote.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.artifacts.ArtifactKeys;
import dev.rote.artifacts.checkpoints.CheckpointReader;
import dev.rote.spec.Grid;
import dev.rote.spec.Ids;
import dev.rote.testkit.Laboratory;
import dev.rote.v1.ResumeSweepRequest;
import dev.rote.v1.RetryFailedRequest;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepStatus.Phase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Trials that start from checkpoints of others, when these go and come back. */
@ExtendWith(SharedLaboratory.class)
class StartedTrialsIT {
  private static final long SEED = 801;

  private static String first(String name, long seed) {
    return """
    apiVersion: rote.dev/v1
    kind: Sweep
    metadata: {name: %s}
    spec:
      trial:
        dataset: {name: strokes, trainSize: 200, validationSize: 100}
        model: {mlp: {hidden: [256]}}
        training: {epochs: 2, batchSize: 32}
        seed: %d
    """
        .formatted(name, seed);
  }

  private static String second(String name, String trialId, String how) {
    return """
    apiVersion: rote.dev/v1
    kind: Sweep
    metadata: {name: %s}
    spec:
      trial:
        dataset: {name: strokes, trainSize: 1500, validationSize: 100}
        model: {mlp: {hidden: [256]}}
        training: {epochs: 3, batchSize: 32}
        seed: 9
        start: {checkpoint: {trialId: %s, epoch: 2}}
      %s
    """
        .formatted(name, trialId, how);
  }

  private static String trial(Sweep sweep, long index) {
    return Ids.trialId(Grid.of(sweep.getSpec()).cell(index).trial()).value();
  }

  private static float[] weights(Laboratory laboratory, String trialId, int epoch) {
    try (CheckpointReader reader =
        CheckpointReader.open(laboratory.store(), ArtifactKeys.checkpoint(trialId, epoch))) {
      return reader.tensor();
    }
  }

  /** One trial starts while all is there, and a second one after something was taken away. */
  private static Sweep disturbed(
      Laboratory laboratory, String name, String trialId, Runnable disturb)
      throws InterruptedException {
    laboratory.run(second(name + "-once", trialId, "repetitions: 1"));
    String twice = second(name, trialId, "repetitions: 2\n  suspend: true");
    String id = laboratory.submit(twice).getSweep().getStatus().getSweepId();
    disturb.run();
    laboratory.sweeps().resumeSweep(ResumeSweepRequest.newBuilder().setSweep(id).build());
    return laboratory.awaitEnd(id);
  }

  @Test
  void shouldTrainWhatFailedWhenItsStartIsBackAndItIsRetried(Laboratory laboratory)
      throws Exception {
    String from = trial(laboratory.run(first("start-lost", SEED)), 0);
    String key = ArtifactKeys.checkpoint(from, 2);
    byte[] kept = laboratory.store().get(key);
    Sweep ended =
        disturbed(
            laboratory,
            "started-and-lost",
            from,
            () -> {
              laboratory.store().delete(ArtifactKeys.trialResult(from));
              laboratory.store().delete(key);
            });
    assertThat(ended.getStatus().getCounts().getDone()).isEqualTo(1);
    assertThat(ended.getStatus().getCounts().getFailed()).isEqualTo(1);
    assertThat(ended.getStatus().getFailures(0).getReason())
        .startsWith("START_UNUSABLE")
        .contains("the checkpoint of epoch 2 of trial " + from);

    laboratory.store().put(key, kept);
    laboratory
        .sweeps()
        .retryFailed(
            RetryFailedRequest.newBuilder().setSweep(ended.getStatus().getSweepId()).build());
    Sweep retried = laboratory.awaitEnd(ended.getStatus().getSweepId());
    assertThat(retried.getStatus().getPhase()).isEqualTo(Phase.COMPLETED);
    assertThat(retried.getStatus().getCounts().getDone()).isEqualTo(2);
    for (int index = 0; index < 2; index++) {
      assertThat(weights(laboratory, trial(retried, index), 0))
          .isEqualTo(weights(laboratory, from, 2));
    }
  }

  @Test
  void shouldMakeTheStartAgainWhenItIsGoneAndItsTrialIsKnown(Laboratory laboratory)
      throws Exception {
    String from = trial(laboratory.run(first("start-pruned", SEED + 1)), 0);
    String key = ArtifactKeys.checkpoint(from, 2);
    float[] kept = weights(laboratory, from, 2);
    Sweep ended =
        disturbed(laboratory, "started-and-pruned", from, () -> laboratory.store().delete(key));
    assertThat(ended.getStatus().getPhase())
        .as("%s", ended.getStatus().getFailuresList())
        .isEqualTo(Phase.COMPLETED);
    assertThat(weights(laboratory, from, 2)).isEqualTo(kept);
    assertThat(weights(laboratory, trial(ended, 1), 0)).isEqualTo(kept);
  }
}
