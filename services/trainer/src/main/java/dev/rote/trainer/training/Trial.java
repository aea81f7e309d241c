package dev.rote.trainer.training;

import dev.rote.blueprint.Blueprint;
import dev.rote.recipes.Schedule;
import dev.rote.v1.CheckpointSpec;
import dev.rote.v1.EpochRecord;
import dev.rote.v1.TrainingSpec;
import dev.rote.v1.TrialResult.Outcome;
import dev.rote.v1.TrialSpec;
import java.util.Optional;

/**
 * What a run works on.
 *
 * @param id content id of the trial
 * @param variantId content id of its data
 * @param spec all defaults filled in
 * @param train N examples to fit
 * @param validation examples held out; may be none
 */
public record Trial(
    String id, String variantId, TrialSpec spec, Examples train, Examples validation) {

  TrainingSpec training() {
    return spec.getTraining();
  }

  Blueprint blueprint() {
    return Blueprint.of(spec.getModel(), train.shape(), train.classes());
  }

  /** Its steps and their rates. */
  public Schedule schedule() {
    return Schedule.of(spec, train.count());
  }

  /** How the run ends after an epoch, if it does. */
  Optional<Outcome> endingAfter(EpochRecord epoch) {
    if (!Double.isFinite(epoch.getTrain().getLoss())) {
      return Optional.of(Outcome.DIVERGED);
    }
    boolean converged =
        epoch.getEpoch() > 0
            && training().hasStopAtAccuracy()
            && epoch.getTrain().getAccuracy() >= training().getStopAtAccuracy();
    if (converged) {
      return Optional.of(Outcome.CONVERGED);
    }
    return epoch.getSteps() >= schedule().steps()
        ? Optional.of(Outcome.CAP_REACHED)
        : Optional.empty();
  }

  /** Whether the checkpoint of an epoch is kept, the last one aside. */
  boolean keepsCheckpointOf(int epoch) {
    CheckpointSpec checkpoints = training().getCheckpoints();
    int every = checkpoints.getEveryEpochs();
    return epoch == 0
        || (every > 0 && epoch % every == 0)
        || checkpoints.getEpochsList().contains(epoch);
  }
}
