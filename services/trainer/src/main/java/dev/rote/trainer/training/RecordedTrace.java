package dev.rote.trainer.training;

import dev.rote.artifacts.traces.StoredTrace;
import dev.rote.networks.Logits;
import dev.rote.spec.Presentations;
import dev.rote.v1.CheckpointHeader;
import dev.rote.v1.TraceBlock;
import dev.rote.v1.TracePass;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A trace that is stored: a block as soon as the end of the epoch has been evaluated for its
 * examples, so before the epoch's checkpoint. What steps have said of an epoch under way is stored
 * with each resume point.
 */
public final class RecordedTrace implements Trace {
  private final Trial trial;
  private final StoredTrace stored;
  private final int wholeThrough;
  private final Optional<PresentedExamples> presented;
  private TracePass.Builder epochEnd = TracePass.newBuilder();

  /**
   * @param scratch directory for what is not stored yet
   */
  public RecordedTrace(Trial trial, StoredTrace stored, Path scratch) {
    this.trial = trial;
    this.stored = stored;
    this.wholeThrough = stored.wholeThrough();
    this.presented =
        Presentations.areDefined(trial.spec())
            ? Optional.of(new PresentedExamples(stored, scratch))
            : Optional.empty();
  }

  @Override
  public boolean reaches(int epoch) {
    return epoch <= wholeThrough;
  }

  @Override
  public boolean takesUp(CheckpointHeader header) {
    if (!reaches(header.getEpoch())) {
      return false;
    }
    if (presented.isEmpty() || betweenEpochs(header)) {
      return true;
    }
    for (int block = 0; block < stored.blocks(); block++) {
      Optional<TraceBlock> underWay = stored.underWay(header.getSteps(), block);
      if (underWay.isEmpty()) {
        presented.get().clear();
        return false;
      }
      presented.get().restore(block, underWay.get().getPresentation());
    }
    return true;
  }

  private boolean betweenEpochs(CheckpointHeader header) {
    return header.getSteps() == trial.schedule().stepsAfter(header.getEpoch());
  }

  @Override
  public boolean presents() {
    return presented.isPresent();
  }

  @Override
  public void presented(int[] indices, int[] labels, int n, float[] logits) {
    PresentedExamples rows = presented.orElseThrow();
    int classes = trial.train().classes();
    for (int i = 0; i < n; i++) {
      int offset = i * classes;
      rows.put(
          indices[i],
          (float) Logits.margin(logits, offset, classes, labels[i]),
          (float) Logits.crossEntropy(logits, offset, classes, labels[i]),
          Logits.argmax(logits, offset, classes) + 1);
    }
  }

  @Override
  public void evaluated(int epoch, int example, int predicted, double loss, double margin) {
    int inside = example % StoredTrace.BLOCK;
    if (inside == 0) {
      epochEnd = TracePass.newBuilder();
    }
    epochEnd.addMargins((float) margin).addLosses((float) loss).addPredictions(predicted + 1);
    int block = example / StoredTrace.BLOCK;
    if (inside + 1 == stored.size(block)) {
      keep(epoch, block);
    }
  }

  private void keep(int epoch, int block) {
    TraceBlock.Builder whole =
        TraceBlock.newBuilder()
            .setTrialId(trial.id())
            .setEpoch(epoch)
            .setBlock(block)
            .setEpochEnd(epochEnd);
    if (epoch > 0) {
      presented.ifPresent(rows -> whole.setPresentation(rows.pass(block)));
    }
    stored.keep(whole.build());
    if (block + 1 == stored.blocks()) {
      presented.ifPresent(PresentedExamples::clear);
    }
  }

  @Override
  public void keepForResume(CheckpointHeader header) {
    if (presented.isEmpty() || betweenEpochs(header)) {
      return;
    }
    for (int block = 0; block < stored.blocks(); block++) {
      stored.keepUnderWay(
          TraceBlock.newBuilder()
              .setTrialId(trial.id())
              .setEpoch(header.getEpoch() + 1)
              .setBlock(block)
              .setSteps(header.getSteps())
              .setPresentation(presented.get().pass(block))
              .build());
    }
  }
}
