package dev.rote.metrics.storage;

import dev.rote.artifacts.ArtifactKeys;
import dev.rote.artifacts.ObjectStore;
import dev.rote.artifacts.ObjectStoreException;
import dev.rote.artifacts.checkpoints.CheckpointReader;
import dev.rote.checkpoints.CheckpointNetwork;
import dev.rote.networks.Engine;
import dev.rote.networks.Network;
import dev.rote.recipes.Loss;
import dev.rote.spec.Numerics;

/** Networks as they were at checkpoints. */
public final class StoredNetworks {
  private final ObjectStore store;
  private final Engine engine;

  /**
   * @param engine what computes the networks, not closed here
   */
  public StoredNetworks(ObjectStore store, Engine engine) {
    this.store = store;
    this.engine = engine;
  }

  /**
   * The network of a trial after an epoch; the caller closes it.
   *
   * @param loss that the trial was trained on
   * @param threads of calls on it; part of the results' identity
   * @throws MissingArtifactException {@code CHECKPOINT_MISSING}
   * @throws ObjectStoreException {@code DAMAGED} when the object is not the checkpoint that it
   *     should be
   * @throws dev.rote.artifacts.OtherVersionException when it is of another version
   */
  public Network open(String trialId, int epoch, Loss loss, int threads) {
    String key = ArtifactKeys.checkpoint(trialId, epoch);
    try (CheckpointReader checkpoint = CheckpointReader.open(store, key)) {
      return CheckpointNetwork.open(checkpoint, engine, loss, threads);
    } catch (ObjectStoreException e) {
      if (e.reason() != ObjectStoreException.Reason.NOT_FOUND) {
        throw e;
      }
      throw new MissingArtifactException(
          MissingArtifactException.Reason.CHECKPOINT_MISSING,
          key,
          "trial %s has no stored checkpoint of epoch %d (%s)".formatted(trialId, epoch, key),
          e);
    }
  }

  /** The family of numerics that the networks are computed in. */
  public Numerics numerics() {
    return new Numerics(engine.numerics());
  }

  /** What computes the networks. */
  public String backend() {
    return engine.description();
  }
}
