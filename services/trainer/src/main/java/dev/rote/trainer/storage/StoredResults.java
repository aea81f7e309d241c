package dev.rote.trainer.storage;

import dev.rote.artifacts.ArtifactKeys;
import dev.rote.artifacts.ObjectStore;
import dev.rote.artifacts.ObjectStoreException;
import dev.rote.artifacts.mending.Mending;
import dev.rote.artifacts.messages.StoredMessage;
import dev.rote.v1.TrialResult;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Results of trials, each stored once. */
public final class StoredResults {
  private static final int PAGE = 1000;

  private final ObjectStore store;
  private final Mending mending;

  public StoredResults(ObjectStore store) {
    this.store = store;
    this.mending = new Mending(store);
  }

  /**
   * The result of a trial with all its checkpoints, for whoever trains it otherwise: a damaged
   * result is set aside.
   *
   * @throws TakenTrialException if the trial's id is that of another family of numerics
   */
  public Optional<TrialResult> reusable(String trialId, StoredNumerics numerics) {
    Optional<TrialResult> found = sound(trialId);
    found.ifPresentOrElse(numerics::require, () -> numerics.take(trialId));
    return found.filter(this::complete);
  }

  private Optional<TrialResult> sound(String trialId) {
    try {
      return find(trialId);
    } catch (ObjectStoreException e) {
      if (e.reason() != ObjectStoreException.Reason.DAMAGED) {
        throw e;
      }
      mending.mend(ArtifactKeys.trialResult(trialId));
      return Optional.empty();
    }
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

  /**
   * Whether every checkpoint that a result names is there. Their bytes are checked by whoever reads
   * them, and one that was made again may be smaller: older versions wrote whole histories.
   */
  public boolean complete(TrialResult result) {
    Set<String> named = new HashSet<>();
    result.getCheckpointsList().forEach(ref -> named.add(ref.getKey()));
    String prefix = ArtifactKeys.checkpoints(result.getTrialId());
    String last = "";
    List<String> page;
    do {
      page = named.isEmpty() ? List.of() : store.list(prefix, last, PAGE);
      page.forEach(named::remove);
      last = page.isEmpty() ? last : page.get(page.size() - 1);
    } while (page.size() == PAGE);
    return named.isEmpty();
  }

  /** Stores a result unless there is one, and returns the one that is there. */
  public TrialResult keep(TrialResult result) {
    if (StoredMessage.TRIAL_RESULT.putIfAbsent(store, result)) {
      return result;
    }
    return sound(result.getTrialId())
        .orElseGet(
            () -> {
              StoredMessage.TRIAL_RESULT.putIfAbsent(store, result);
              return result;
            });
  }
}
