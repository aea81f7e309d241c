package dev.rote.trainer.storage;

import dev.rote.artifacts.ArtifactKeys;
import dev.rote.artifacts.ObjectStore;
import dev.rote.artifacts.ObjectStoreException;
import dev.rote.artifacts.mending.Mending;
import dev.rote.artifacts.messages.StoredMessage;
import dev.rote.spec.Numerics;
import dev.rote.v1.TrialNumerics;
import dev.rote.v1.TrialResult;
import java.util.Optional;

/**
 * Whose the ids of trials are in a bucket: the family of numerics that comes first has a trial's
 * id, whoever else shares the bucket.
 */
public final class StoredNumerics {
  private final ObjectStore store;
  private final Mending mending;
  private final Numerics here;

  /**
   * @param here the family that this process computes in
   */
  public StoredNumerics(ObjectStore store, Numerics here) {
    this.store = store;
    this.mending = new Mending(store);
    this.here = here;
  }

  /** The family that this process computes in. */
  public Numerics here() {
    return here;
  }

  /** Whether a stored result counts here. */
  public boolean counts(TrialResult result) {
    return here.counts(of(result));
  }

  private static Numerics of(TrialResult result) {
    return Numerics.of(result.getNumerics(), result.getBackend());
  }

  /**
   * Requires that a stored result counts here.
   *
   * @throws TakenTrialException if it does not
   */
  public void require(TrialResult result) {
    if (!counts(result)) {
      throw new TakenTrialException(result.getTrialId(), of(result), here);
    }
  }

  /**
   * Takes the id of a trial without a result, before anything is stored under it.
   *
   * @throws TakenTrialException if another family has it
   */
  public void take(String trialId) {
    TrialNumerics mine =
        TrialNumerics.newBuilder().setTrialId(trialId).setNumerics(here.name()).build();
    Optional<TrialNumerics> stored = find(trialId);
    if (stored.isEmpty() && StoredMessage.TRIAL_NUMERICS.putIfAbsent(store, mine)) {
      return;
    }
    Numerics holder =
        new Numerics(stored.or(() -> find(trialId)).map(TrialNumerics::getNumerics).orElse(""));
    if (!holder.equals(here)) {
      throw new TakenTrialException(trialId, holder, here);
    }
  }

  /* A damaged one is set aside: the checkpoints say, too, of which family they are. */
  private Optional<TrialNumerics> find(String trialId) {
    try {
      return StoredMessage.TRIAL_NUMERICS.find(store, trialId);
    } catch (ObjectStoreException e) {
      if (e.reason() != ObjectStoreException.Reason.DAMAGED) {
        throw e;
      }
      mending.mend(ArtifactKeys.trialNumerics(trialId));
      return Optional.empty();
    }
  }
}
