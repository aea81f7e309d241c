package dev.rote.metrics.storage;

import dev.rote.artifacts.ArtifactKeys;
import dev.rote.artifacts.ObjectStore;
import dev.rote.artifacts.ObjectStoreException;
import dev.rote.artifacts.mending.Mending;
import dev.rote.artifacts.messages.StoredMessage;
import dev.rote.artifacts.traces.StoredTrace;
import dev.rote.artifacts.variants.VariantCache;
import dev.rote.artifacts.variants.VariantSplit;
import dev.rote.metrics.examples.ExampleSet;
import dev.rote.v1.ExampleSelection;
import dev.rote.v1.Measurement;
import dev.rote.v1.TraceBlock;
import dev.rote.v1.TrialResult;
import java.util.Optional;

/** Results of trials, the examples that they were trained on, and measurements of them. */
public final class StoredTrials {
  private final ObjectStore store;
  private final VariantCache variants;
  private final Mending mending;

  /**
   * @param variants local copies of variants
   */
  public StoredTrials(ObjectStore store, VariantCache variants) {
    this.store = store;
    this.variants = variants;
    this.mending = new Mending(store);
  }

  /**
   * The result of a trial.
   *
   * @throws MissingArtifactException {@code TRIAL_MISSING}
   * @throws ObjectStoreException {@code DAMAGED}, as all methods here, when an object is not what
   *     was written
   */
  public TrialResult result(String trialId) {
    try {
      return StoredMessage.TRIAL_RESULT.get(store, trialId);
    } catch (ObjectStoreException e) {
      if (e.reason() != ObjectStoreException.Reason.NOT_FOUND) {
        throw e;
      }
      throw new MissingArtifactException(
          MissingArtifactException.Reason.TRIAL_MISSING,
          trialId,
          "trial " + trialId + " has no stored result",
          e);
    }
  }

  /**
   * Examples of the variant that a trial was trained on.
   *
   * @param selection all defaults filled in
   * @throws MissingArtifactException {@code VARIANT_MISSING}
   */
  public ExampleSet examples(TrialResult result, ExampleSelection selection) {
    VariantSplit split = VariantSplit.of(selection.getSplit());
    try {
      return new VariantExamples(variants.open(result.getVariantId(), split), selection.getCount());
    } catch (ObjectStoreException e) {
      if (e.reason() != ObjectStoreException.Reason.NOT_FOUND) {
        throw e;
      }
      throw new MissingArtifactException(
          MissingArtifactException.Reason.VARIANT_MISSING,
          result.getVariantId(),
          "variant %s of trial %s is not stored: %s"
              .formatted(result.getVariantId(), result.getTrialId(), e.getMessage()),
          e);
    }
  }

  /**
   * A block of the trace of a trial.
   *
   * @param examples N of the training split
   * @throws MissingArtifactException {@code TRACE_MISSING}
   */
  public TraceBlock trace(TrialResult result, int examples, int epoch, int block) {
    try {
      return new StoredTrace(store, result.getTrialId(), examples).block(epoch, block);
    } catch (ObjectStoreException e) {
      if (e.reason() != ObjectStoreException.Reason.NOT_FOUND) {
        throw e;
      }
      throw new MissingArtifactException(
          MissingArtifactException.Reason.TRACE_MISSING,
          result.getTrialId() + "/" + epoch,
          "trial %s has no stored trace of epoch %d: it was trained without one, or it is gone. A sweep that measures dynamics makes it again, and so does RunTrial with trace"
              .formatted(result.getTrialId(), epoch),
          e);
    }
  }

  /** A measurement that was made before; a damaged one is set aside, to be made again. */
  public Optional<Measurement> measurement(String measurementId) {
    try {
      return StoredMessage.MEASUREMENT.find(store, measurementId);
    } catch (ObjectStoreException e) {
      if (e.reason() != ObjectStoreException.Reason.DAMAGED) {
        throw e;
      }
      mending.mend(ArtifactKeys.measurement(measurementId));
      return Optional.empty();
    }
  }

  /**
   * Stores a measurement unless there is one under its id.
   *
   * @return whether this call stored it
   */
  public boolean putIfAbsent(Measurement measurement) {
    return StoredMessage.MEASUREMENT.putIfAbsent(store, measurement);
  }
}
