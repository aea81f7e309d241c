package dev.rote.artifacts.messages;

import dev.rote.artifacts.ArtifactKeys;
import dev.rote.spec.DatasetFacts;
import dev.rote.spec.Ids;
import dev.rote.spec.TrialId;
import dev.rote.spec.Variants;
import dev.rote.spec.Versions;
import dev.rote.v1.CheckpointRef;
import dev.rote.v1.DatasetSpec;
import dev.rote.v1.LabelCorruption;
import dev.rote.v1.Measurement;
import dev.rote.v1.Shape;
import dev.rote.v1.TrialResult;
import dev.rote.v1.VariantManifest;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What can be said of messages from before they had a SHA-256: whether all that follows from their
 * specification is as it should be. Each method says the first thing that is not.
 */
final class UnsealedMessages {
  /** Those that ids were made under until messages had a SHA-256, newest first. */
  private static final List<Versions> VERSIONS =
      List.of(
          new Versions("1", "2", "3"), new Versions("1", "2", "2"), new Versions("1", "1", "1"));

  private UnsealedMessages() {}

  /**
   * Of a trial's result: its specification gives its id and variant, and checkpoints are its own.
   */
  static Optional<String> misfit(TrialResult result) {
    String trial = result.getTrialId();
    Optional<String> wrong =
        foreign(trial, versions -> Ids.trialId(versions, result.getSpec()).value())
            .or(
                () ->
                    differs(
                        "its variant",
                        result.getVariantId(),
                        Ids.variantId(VERSIONS.get(0), Variants.of(result.getSpec())).value()));
    for (CheckpointRef ref : result.getCheckpointsList()) {
      wrong =
          wrong.or(
              () ->
                  differs(
                      "a checkpoint of it",
                      ref.getKey(),
                      ArtifactKeys.checkpoint(trial, ref.getEpoch())));
    }
    return wrong;
  }

  /** Of a measurement: trial and specification give its id. */
  static Optional<String> misfit(Measurement measurement) {
    return foreign(
        measurement.getMeasurementId(),
        versions ->
            Ids.measurementId(
                    versions, new TrialId(measurement.getTrialId()), measurement.getSpec())
                .value());
  }

  /** Of a variant: its specification gives its id and, but for files of a user's own, its sizes. */
  static Optional<String> misfit(VariantManifest manifest) {
    DatasetSpec dataset = manifest.getSpec().getDataset();
    return foreign(
            manifest.getVariantId(),
            versions -> Ids.variantId(versions, manifest.getSpec()).value())
        .or(
            () ->
                DatasetFacts.named(dataset.getName())
                    .filter(facts -> facts.classes() > 0)
                    .flatMap(facts -> misfit(manifest, dataset, facts)));
  }

  private static Optional<String> misfit(
      VariantManifest manifest, DatasetSpec dataset, DatasetFacts facts) {
    LabelCorruption labels = manifest.getSpec().getCorruption().getLabels();
    boolean unique = labels.getRule() == LabelCorruption.Rule.UNIQUE;
    int pooling = dataset.getPooling();
    Shape shape =
        facts.shape().toBuilder()
            .setHeight(facts.shape().getHeight() / pooling)
            .setWidth(facts.shape().getWidth() / pooling)
            .build();
    return differs(
            "the number of classes",
            (long) manifest.getClasses(),
            unique ? manifest.getTrain().getExamples() : (long) facts.classes())
        .or(() -> differs("the shape", text(manifest.getShape()), text(shape)))
        .or(
            () ->
                differs(
                    "the number of training examples",
                    manifest.getTrain().getExamples(),
                    Integer.toUnsignedLong(dataset.getTrainSize())))
        .or(
            () ->
                differs(
                    "the number of validation examples",
                    manifest.getValidation().getExamples(),
                    Integer.toUnsignedLong(dataset.getValidationSize())));
  }

  private static Optional<String> foreign(String id, Function<Versions, String> ids) {
    return VERSIONS.stream().map(ids).anyMatch(id::equals)
        ? Optional.empty()
        : Optional.of("its specification is that of " + ids.apply(VERSIONS.get(0)));
  }

  private static String text(Shape shape) {
    return shape.getChannels() + "x" + shape.getHeight() + "x" + shape.getWidth();
  }

  private static Optional<String> differs(String what, Object actual, Object expected) {
    return actual.equals(expected)
        ? Optional.empty()
        : Optional.of(what + " must be " + expected + ", was " + actual);
  }
}
