package dev.rote.metrics.measuring;

import dev.rote.metrics.storage.MissingArtifactException;
import dev.rote.v1.CheckpointRef;
import dev.rote.v1.EpochRecord;
import dev.rote.v1.MeasurementSpec;
import dev.rote.v1.TrialResult;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Which checkpoints of a trial a measurement looks at. */
public final class EpochSelection {
  private EpochSelection() {}

  /**
   * Epochs in ascending order.
   *
   * <p>An epoch that the trial never reached because it ended early (it converged, diverged or ran
   * into its step cap) has no value and is left out.
   *
   * @throws MissingArtifactException {@code CHECKPOINT_NOT_KEPT} for an epoch that was trained, or
   *     lies beyond the epoch cap, and has no checkpoint; {@code CHECKPOINT_MISSING} if the trial
   *     has none at all
   */
  static List<Integer> of(MeasurementSpec spec, TrialResult result) {
    SortedSet<Integer> kept = new TreeSet<>();
    result.getCheckpointsList().forEach(ref -> kept.add(ref.getEpoch()));
    if (kept.isEmpty()) {
      throw new MissingArtifactException(
          MissingArtifactException.Reason.CHECKPOINT_MISSING,
          result.getTrialId(),
          "trial " + result.getTrialId() + " has no checkpoints");
    }
    if (spec.getFinalOnly()) {
      return List.of(kept.last());
    }
    if (spec.getEpochsCount() == 0) {
      return List.copyOf(kept);
    }
    int trained = result.getHistoryList().stream().mapToInt(EpochRecord::getEpoch).max().orElse(0);
    int cap = result.getSpec().getTraining().getEpochs();
    SortedSet<Integer> chosen = new TreeSet<>(spec.getEpochsList());
    chosen.removeIf(epoch -> epoch > trained && epoch <= cap);
    for (int epoch : chosen) {
      requireKept(epoch, kept, result.getTrialId());
    }
    return List.copyOf(chosen);
  }

  /** The checkpoint of an epoch, or the last one when none is given. */
  public static int lastOf(TrialResult result) {
    return result.getCheckpointsList().stream()
        .mapToInt(CheckpointRef::getEpoch)
        .max()
        .orElseThrow(
            () ->
                new MissingArtifactException(
                    MissingArtifactException.Reason.CHECKPOINT_MISSING,
                    result.getTrialId(),
                    "trial " + result.getTrialId() + " has no checkpoints"));
  }

  private static void requireKept(int epoch, Collection<Integer> kept, String trialId) {
    if (!kept.contains(epoch)) {
      throw new MissingArtifactException(
          MissingArtifactException.Reason.CHECKPOINT_NOT_KEPT,
          trialId + "/" + epoch,
          "epoch must be one with a checkpoint of trial "
              + trialId
              + ", one of "
              + kept
              + ", was "
              + epoch);
    }
  }
}
