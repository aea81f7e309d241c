package dev.rote.sweeps.grpc;

import dev.rote.artifacts.ArtifactKeys;
import dev.rote.artifacts.ObjectStore;
import dev.rote.artifacts.ObjectStoreException;
import dev.rote.artifacts.checkpoints.CheckpointReader;
import dev.rote.blueprint.Blueprint;
import dev.rote.checkpoints.CheckpointNetwork;
import dev.rote.grpcerrors.ApiException;
import dev.rote.spec.StartFit;
import dev.rote.sweeps.admission.Starts;
import dev.rote.v1.ImportWeightsRequest;
import dev.rote.v1.StartCheckpoint;
import dev.rote.weights.WeightFileException;

/** Looks for checkpoints in object storage, and asks the corruption service for files. */
public final class StoredStarts implements Starts {
  private static final String FIELD = "spec.trial.start.checkpoint";

  private final ObjectStore store;
  private final CorruptionChecks corruption;

  public StoredStarts(ObjectStore store, CorruptionChecks corruption) {
    this.store = store;
    this.corruption = corruption;
  }

  @Override
  public void check(StartFit start) {
    if (start.start().hasCheckpoint()) {
      checkpoint(start);
      return;
    }
    corruption.check(
        ImportWeightsRequest.newBuilder()
            .setFile(start.start().getFile())
            .setModel(start.model())
            .setShape(start.shape())
            .setClasses(start.classes())
            .build());
  }

  private void checkpoint(StartFit start) {
    StartCheckpoint from = start.start().getCheckpoint();
    String key = ArtifactKeys.checkpoint(from.getTrialId(), from.getEpoch());
    try (CheckpointReader reader = CheckpointReader.open(store, key)) {
      CheckpointNetwork.requireFit(
          reader, Blueprint.of(start.model(), start.shape(), start.classes()));
    } catch (ObjectStoreException e) {
      if (e.reason() != ObjectStoreException.Reason.NOT_FOUND) {
        throw e;
      }
      throw ApiException.invalid(
          FIELD,
          "there is no checkpoint of epoch %d of trial %s: rote trials lists trials, and retention may have removed it"
              .formatted(from.getEpoch(), from.getTrialId()));
    } catch (WeightFileException e) {
      throw ApiException.invalid(FIELD, String.valueOf(e.getMessage()));
    }
  }
}
