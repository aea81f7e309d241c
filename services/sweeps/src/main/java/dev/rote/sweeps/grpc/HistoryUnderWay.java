package dev.rote.sweeps.grpc;

import dev.rote.artifacts.ArtifactKeys;
import dev.rote.artifacts.ObjectStore;
import dev.rote.artifacts.ObjectStoreException;
import dev.rote.artifacts.ObjectStoreException.Reason;
import dev.rote.artifacts.checkpoints.CheckpointReader;
import dev.rote.artifacts.checkpoints.HistoryParts;
import dev.rote.v1.CheckpointHeader;
import dev.rote.v1.EpochRecord;
import java.util.ArrayList;
import java.util.List;

/** The history of a trial that has no result yet, as far as its checkpoints tell. */
final class HistoryUnderWay {
  private static final int KEYS = 1_000;

  private HistoryUnderWay() {}

  /** Its epochs up to the newest checkpoint; none when there is none, or it was pruned just now. */
  static List<EpochRecord> of(ObjectStore store, String trialId) {
    String newest = "";
    List<String> keys = store.list(ArtifactKeys.checkpoints(trialId), newest, KEYS);
    while (!keys.isEmpty()) {
      newest = keys.get(keys.size() - 1);
      keys = store.list(ArtifactKeys.checkpoints(trialId), newest, KEYS);
    }
    if (newest.isEmpty()) {
      return List.of();
    }
    try (CheckpointReader checkpoint = CheckpointReader.open(store, newest)) {
      return whole(store, checkpoint.header());
    } catch (ObjectStoreException e) {
      if (e.reason() == Reason.NOT_FOUND) {
        return List.of();
      }
      throw e;
    }
  }

  private static List<EpochRecord> whole(ObjectStore store, CheckpointHeader header) {
    List<EpochRecord> epochs = new ArrayList<>();
    HistoryParts.before(header, store).forEach(part -> epochs.addAll(part.getEpochsList()));
    epochs.addAll(header.getHistoryList());
    return epochs;
  }
}
