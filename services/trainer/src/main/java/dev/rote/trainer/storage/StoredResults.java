package dev.rote.trainer.storage;

import dev.rote.artifacts.ArtifactKeys;
import dev.rote.artifacts.ObjectStore;
import dev.rote.artifacts.ObjectStoreException;
import dev.rote.artifacts.messages.StoredMessage;
import dev.rote.v1.CheckpointRef;
import dev.rote.v1.TrialResult;
import java.util.Optional;

/** Results of trials, each stored once. */
public final class StoredResults {
  private final ObjectStore store;

  public StoredResults(ObjectStore store) {
    this.store = store;
  }

  /**
   * The result of a trial.
   *
   * @throws ObjectStoreException {@code DAMAGED} when the object is not what was written
   */
  public Optional<TrialResult> find(String trialId) {
    String key = ArtifactKeys.trialResult(trialId);
    // Mostly there is none, and an answer without a body says so at less cost than one in XML.
    return store.size(key).flatMap(size -> StoredMessage.TRIAL_RESULT.find(store, trialId));
  }

  /** Whether every checkpoint that a result names is there in its size. */
  public boolean complete(TrialResult result) {
    return result.getCheckpointsList().stream().allMatch(this::present);
  }

  private boolean present(CheckpointRef ref) {
    return store.size(ref.getKey()).filter(size -> size == ref.getSizeBytes()).isPresent();
  }

  /** Stores a result unless there is one, and returns the one that is there. */
  public TrialResult keep(TrialResult result) {
    return StoredMessage.TRIAL_RESULT.putIfAbsent(store, result)
        ? result
        : find(result.getTrialId()).orElse(result);
  }
}
