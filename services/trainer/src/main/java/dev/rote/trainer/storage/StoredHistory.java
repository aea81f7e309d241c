package dev.rote.trainer.storage;

import dev.rote.artifacts.ObjectStore;
import dev.rote.artifacts.ObjectStoreException;
import dev.rote.artifacts.checkpoints.HistoryParts;
import dev.rote.artifacts.messages.StoredMessage;
import dev.rote.trainer.training.History;
import dev.rote.v1.CheckpointHeader;
import dev.rote.v1.CheckpointRef;
import dev.rote.v1.EpochRecord;
import dev.rote.v1.HistoryPart;
import java.util.ArrayList;
import java.util.List;

/**
 * The history of one run in object storage. Checkpoints hold its last few epochs alone; those
 * before lie in parts, each written once: all checkpoints of a run together take bytes in
 * proportion to its length.
 */
final class StoredHistory {
  static final int PART = HistoryParts.EPOCHS;

  private final ObjectStore store;

  /** First epoch that lies in no stored part. */
  private int parted;

  StoredHistory(ObjectStore store) {
    this.store = store;
  }

  /** Stores the parts that a checkpoint leaves out, and gives its header the rest. */
  CheckpointHeader cut(CheckpointHeader header, History history) {
    int from = (history.epochs().size() - 1) / PART * PART;
    while (parted < from) {
      StoredMessage.HISTORY_PART.putIfAbsent(store, part(header.getTrialId(), parted, history));
      parted += PART;
    }
    List<EpochRecord> rest = history.epochs().subList(from, history.epochs().size());
    return header.toBuilder()
        .setHistoryFrom(from)
        .addAllHistory(rest)
        .addAllEarlier(kept(history, from, Integer.MAX_VALUE))
        .build();
  }

  private static HistoryPart part(String trialId, int first, History history) {
    return HistoryPart.newBuilder()
        .setTrialId(trialId)
        .setFirstEpoch(first)
        .addAllEpochs(history.epochs().subList(first, first + PART))
        .addAllCheckpoints(kept(history, first, first + PART))
        .build();
  }

  private static List<CheckpointRef> kept(History history, int from, int to) {
    return history.kept().stream()
        .filter(ref -> ref.getEpoch() >= from && ref.getEpoch() < to)
        .toList();
  }

  /**
   * The whole history that a checkpoint was taken after, the checkpoint itself left out; later
   * checkpoints of this run go on from there.
   *
   * @throws ObjectStoreException {@code NOT_FOUND} or {@code DAMAGED} when a part is
   */
  History whole(CheckpointHeader header) {
    List<EpochRecord> epochs = new ArrayList<>();
    List<CheckpointRef> kept = new ArrayList<>();
    for (HistoryPart part : HistoryParts.before(header, store)) {
      epochs.addAll(part.getEpochsList());
      kept.addAll(part.getCheckpointsList());
    }
    epochs.addAll(header.getHistoryList());
    kept.addAll(header.getEarlierList());
    parted = header.getHistoryFrom();
    return new History(epochs, kept);
  }
}
