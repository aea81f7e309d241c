package dev.rote.trainer.trials;

import dev.rote.artifacts.ArtifactKeys;
import dev.rote.artifacts.ObjectStore;
import dev.rote.artifacts.variants.VariantCache;
import dev.rote.artifacts.variants.VariantSplit;
import dev.rote.spec.AdmittedVariant;
import dev.rote.trainer.training.Examples;
import dev.rote.v1.CorruptionServiceGrpc.CorruptionServiceBlockingStub;
import dev.rote.v1.ImportWeightsRequest;
import dev.rote.v1.MaterializeVariantRequest;
import dev.rote.v1.StartFile;
import dev.rote.v1.TrialSpec;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Examples of variants, which are made first where they are not there. */
public final class VariantSupply {
  private final ObjectStore store;
  private final CorruptionServiceBlockingStub corruption;
  private final VariantCache cache;
  private final Duration patience;

  /**
   * @param patience how long the corruption service may take to make a variant
   */
  public VariantSupply(
      ObjectStore store,
      CorruptionServiceBlockingStub corruption,
      VariantCache cache,
      Duration patience) {
    this.store = store;
    this.corruption = corruption;
    this.cache = cache;
    this.patience = patience;
  }

  /**
   * Has a variant made unless it is stored.
   *
   * @throws io.grpc.StatusRuntimeException from the corruption service, also when it would make
   *     another one of it
   */
  void ensure(AdmittedVariant variant) {
    if (store.size(ArtifactKeys.variantManifest(variant.id().value())).isPresent()) {
      return;
    }
    corruption
        .withDeadlineAfter(patience.toMillis(), TimeUnit.MILLISECONDS)
        .materializeVariant(
            MaterializeVariantRequest.newBuilder()
                .setVariant(variant.spec())
                .setVariantId(variant.id().value())
                .build());
  }

  /**
   * Has a file that a trial starts from imported unless it is stored.
   *
   * @param train the trial's data
   * @throws io.grpc.StatusRuntimeException from the corruption service, also when the file is
   *     another or does not fit
   */
  void ensureStart(TrialSpec trial, Examples train) {
    StartFile file = trial.getStart().getFile();
    if (trial.getStart().hasFile()
        && store.size(ArtifactKeys.weights(file.getSha256())).isEmpty()) {
      corruption
          .withDeadlineAfter(patience.toMillis(), TimeUnit.MILLISECONDS)
          .importWeights(
              ImportWeightsRequest.newBuilder()
                  .setFile(file)
                  .setModel(trial.getModel())
                  .setShape(train.shape())
                  .setClasses(train.classes())
                  .build());
    }
  }

  Examples examples(String variantId, VariantSplit split) {
    return new VariantExamples(cache.open(variantId, split));
  }
}
