package dev.rote.artifacts.checkpoints;

import dev.rote.artifacts.ObjectStore;
import dev.rote.artifacts.messages.StoredMessage;
import dev.rote.v1.CheckpointHeader;
import dev.rote.v1.HistoryPart;
import java.util.ArrayList;
import java.util.List;

/** The parts of a trial's history that its checkpoints leave out. */
public final class HistoryParts {
  /** Epochs of a part. */
  public static final int EPOCHS = 16;

  private HistoryParts() {}

  /**
   * The parts before what a checkpoint holds of the history, in their order.
   *
   * @throws dev.rote.artifacts.ObjectStoreException {@code NOT_FOUND} or {@code DAMAGED} when one
   *     is
   */
  public static List<HistoryPart> before(CheckpointHeader header, ObjectStore store) {
    List<HistoryPart> parts = new ArrayList<>();
    for (int first = 0; first < header.getHistoryFrom(); first += EPOCHS) {
      parts.add(
          StoredMessage.HISTORY_PART.get(
              store, StoredMessage.historyPart(header.getTrialId(), first)));
    }
    return parts;
  }
}
