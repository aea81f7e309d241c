package dev.rote.artifacts.traces;

import dev.rote.artifacts.ArtifactKeys;
import dev.rote.artifacts.ObjectStore;
import dev.rote.artifacts.ObjectStoreException;
import dev.rote.artifacts.messages.StoredMessage;
import dev.rote.v1.TraceBlock;
import dev.rote.v1.TracePass;
import java.util.List;
import java.util.Optional;

/**
 * The trace of one trial in object storage: for each epoch from 0 on, the examples of the training
 * split in blocks. One block is in memory at a time, for whoever reads it and whoever writes it.
 */
public final class StoredTrace {
  /** Examples of a block; the last one of a split may have fewer. */
  public static final int BLOCK = 1 << 16;

  private static final int PAGE = 1000;

  private final ObjectStore store;
  private final String trialId;
  private final int examples;

  /**
   * @param examples N of the training split, at least 1
   */
  public StoredTrace(ObjectStore store, String trialId, int examples) {
    this.store = store;
    this.trialId = trialId;
    this.examples = examples;
  }

  /** Blocks of an epoch, {@code ceil(N / BLOCK)}. */
  public int blocks() {
    return (int) (((long) examples + BLOCK - 1) / BLOCK);
  }

  /** Examples of a block. */
  public int size(int block) {
    return (int) Math.min(BLOCK, examples - (long) block * BLOCK);
  }

  /** Last epoch that it has all blocks of, as of all before; -1 without any. */
  public int wholeThrough() {
    String prefix = ArtifactKeys.trace(trialId);
    int whole = -1;
    int next = 0;
    String last = "";
    List<String> page;
    do {
      page = store.list(prefix, last, PAGE);
      for (String key : page) {
        if (!key.equals(key(whole + 1, next))) {
          return whole;
        }
        next++;
        if (next == blocks()) {
          whole++;
          next = 0;
        }
        last = key;
      }
    } while (page.size() == PAGE);
    return whole;
  }

  private String key(int epoch, int block) {
    return ArtifactKeys.traceBlock(StoredMessage.traceBlock(trialId, epoch, block));
  }

  /**
   * A block of an epoch.
   *
   * @throws ObjectStoreException with reason {@code NOT_FOUND} or {@code DAMAGED}
   */
  public TraceBlock block(int epoch, int block) {
    TraceBlock found =
        StoredMessage.TRACE_BLOCK.get(store, StoredMessage.traceBlock(trialId, epoch, block));
    String key = key(epoch, block);
    requireSize(key, found.getEpochEnd(), block);
    if (found.hasPresentation()) {
      requireSize(key, found.getPresentation(), block);
    }
    return found;
  }

  private void requireSize(String key, TracePass pass, int block) {
    int size = size(block);
    if (pass.getMarginsCount() != size
        || pass.getLossesCount() != size
        || pass.getPredictionsCount() != size) {
      throw ObjectStoreException.damaged(
          key,
          "it must be of %d examples, has %d margins, %d losses and %d predictions"
              .formatted(
                  size, pass.getMarginsCount(), pass.getLossesCount(), pass.getPredictionsCount()));
    }
  }

  /** Stores a block unless it is there. */
  public void keep(TraceBlock block) {
    StoredMessage.TRACE_BLOCK.putIfAbsent(store, block);
  }

  /**
   * Stores a block of an epoch under way, which is removed with the resume point after its steps.
   */
  public void keepUnderWay(TraceBlock block) {
    StoredMessage.TRACE_UNDER_WAY.putIfAbsent(store, block);
  }

  /**
   * A block of the epoch that a resume point lies in, if it is there.
   *
   * @throws ObjectStoreException with reason {@code DAMAGED}
   */
  public Optional<TraceBlock> underWay(long steps, int block) {
    String id = StoredMessage.traceUnderWay(trialId, steps, block);
    Optional<TraceBlock> found = StoredMessage.TRACE_UNDER_WAY.find(store, id);
    found.ifPresent(
        present -> requireSize(ArtifactKeys.traceUnderWay(id), present.getPresentation(), block));
    return found;
  }

  /** Removes the trace of a trial. */
  public static void delete(ObjectStore store, String trialId) {
    String prefix = ArtifactKeys.trace(trialId);
    List<String> page;
    do {
      page = store.list(prefix, "", PAGE);
      page.forEach(store::delete);
    } while (page.size() == PAGE);
  }
}
