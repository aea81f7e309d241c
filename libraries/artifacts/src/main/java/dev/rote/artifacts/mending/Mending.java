package dev.rote.artifacts.mending;

import dev.rote.artifacts.ArtifactKeys;
import dev.rote.artifacts.ObjectStore;
import dev.rote.artifacts.ObjectStoreException;
import dev.rote.artifacts.ObjectStoreException.Reason;
import dev.rote.artifacts.checkpoints.CheckpointReader;
import dev.rote.artifacts.messages.StoredMessage;
import dev.rote.artifacts.variants.VariantReader;
import dev.rote.artifacts.variants.VariantSplit;
import dev.rote.v1.MissingArtifact;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;

/**
 * Takes objects out of use that are not what was written. Whoever makes such objects finds none
 * then, and makes them again: equal, since identity is content. Safe for several threads and
 * processes.
 */
public final class Mending {
  private final ObjectStore store;
  private final SetAside aside;

  public Mending(ObjectStore store) {
    this(store, Clock.systemUTC(), SetAside.MOST_BYTES);
  }

  Mending(ObjectStore store, Clock clock, long mostBytes) {
    this.store = store;
    this.aside = new SetAside(store, clock, mostBytes);
  }

  /**
   * Sees to an object that could not be read, or not as what it should be. If it is damaged still,
   * it is set aside; one that was made again meanwhile stays. A variant that lacks a shard loses
   * its manifest, which vouches for all of them.
   *
   * @return what is to be made again; empty for what cannot be, such as reports
   * @throws ObjectStoreException if the store cannot be used now
   */
  public Optional<MissingArtifact> mend(String key) {
    Optional<MissingArtifact> artifact = ArtifactKeys.artifact(key);
    artifact.ifPresent(
        made -> {
          if (made.hasVariantId()) {
            mendVariant(made.getVariantId(), key);
          } else {
            fault(() -> read(made)).ifPresent(fault -> setAside(fault));
          }
        });
    return artifact;
  }

  /** Takes an object out of use that its owner alone can tell to be wrong. */
  public void setAside(String key, String why) {
    aside.move(key, why);
  }

  private void setAside(ObjectStoreException fault) {
    if (fault.reason() == Reason.DAMAGED) {
      fault.key().ifPresent(key -> aside.move(key, String.valueOf(fault.getMessage())));
    }
  }

  private void mendVariant(String variantId, String key) {
    String manifest = ArtifactKeys.variantManifest(variantId);
    Optional<ObjectStoreException> fault =
        fault(
            () -> {
              VariantReader reader = VariantReader.open(store, variantId);
              if (!key.equals(manifest)) {
                readShard(reader, key);
              }
            });
    if (fault.isPresent()) {
      setAside(fault.get());
      if (!fault.get().key().equals(Optional.of(manifest))) {
        aside.move(manifest, "it lists " + key + ", which is gone or damaged");
      }
    }
  }

  private static void readShard(VariantReader reader, String key) {
    String[] segments = key.split("/", -1);
    VariantSplit split =
        Arrays.stream(VariantSplit.values())
            .filter(s -> s.key().equals(segments[2]))
            .findFirst()
            .orElseThrow();
    int number = Integer.parseInt(segments[3]);
    if (number < split.of(reader.manifest()).getShardsCount()) {
      reader.shard(split, number);
    }
  }

  private void read(MissingArtifact artifact) {
    String key = artifact.getKey();
    if (artifact.hasMeasurementId()) {
      StoredMessage.MEASUREMENT.get(store, artifact.getMeasurementId());
      return;
    }
    String[] segments = key.split("/", -1);
    switch (segments[2]) {
      case "result" -> StoredMessage.TRIAL_RESULT.get(store, artifact.getTrialId());
      case "numerics" -> StoredMessage.TRIAL_NUMERICS.get(store, artifact.getTrialId());
      case "history" ->
          StoredMessage.HISTORY_PART.get(store, artifact.getTrialId() + "/" + segments[3]);
      case "trace" ->
          StoredMessage.TRACE_BLOCK.get(
              store, artifact.getTrialId() + "/" + segments[3] + "/" + segments[4]);
      default -> CheckpointReader.open(store, key).close();
    }
  }

  /** Why an object cannot be read, because of itself. */
  private static Optional<ObjectStoreException> fault(Runnable read) {
    try {
      read.run();
      return Optional.empty();
    } catch (ObjectStoreException e) {
      if (e.reason() == Reason.NOT_FOUND || e.reason() == Reason.DAMAGED) {
        return Optional.of(e);
      }
      throw e;
    }
  }
}
