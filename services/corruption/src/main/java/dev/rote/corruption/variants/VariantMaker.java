package dev.rote.corruption.variants;

import dev.rote.artifacts.ArtifactKeys;
import dev.rote.artifacts.ObjectStore;
import dev.rote.artifacts.ObjectStoreException;
import dev.rote.artifacts.mending.Mending;
import dev.rote.artifacts.messages.StoredMessage;
import dev.rote.artifacts.variants.VariantReader;
import dev.rote.corruption.datasets.Cifar10n;
import dev.rote.corruption.datasets.DatasetException;
import dev.rote.corruption.datasets.Datasets;
import dev.rote.corruption.datasets.Outline;
import dev.rote.corruption.datasets.OwnLabels;
import dev.rote.corruption.datasets.SingleFlight;
import dev.rote.spec.AdmittedVariant;
import dev.rote.spec.OwnContent;
import dev.rote.v1.CheckVariantResponse;
import dev.rote.v1.InputCorruption;
import dev.rote.v1.LabelCorruption;
import dev.rote.v1.VariantManifest;
import dev.rote.v1.VariantSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes variants in object storage, each once: concurrent requests for one variant wait for the
 * same work, and other processes that make it meanwhile write the same bytes. The manifest comes
 * last, so that a variant with a manifest is whole.
 */
public final class VariantMaker {
  private static final Logger LOG = LoggerFactory.getLogger(VariantMaker.class);

  /** Training examples that a check goes through: some seconds. */
  private static final long MOST_GONE_THROUGH = 2_000_000;

  private final ObjectStore store;
  private final Datasets datasets;
  private final RealStatistics statistics;
  private final CoreTasks tasks;
  private final Mending mending;
  private final SingleFlight<Made> flights = new SingleFlight<>();

  public VariantMaker(
      ObjectStore store, Datasets datasets, RealStatistics statistics, CoreTasks tasks) {
    this.store = store;
    this.mending = new Mending(store);
    this.datasets = datasets;
    this.statistics = statistics;
    this.tasks = tasks;
  }

  /**
   * A variant that is in object storage.
   *
   * @param manifest what it consists of
   * @param created whether this request made it
   */
  public record Made(VariantManifest manifest, boolean created) {}

  /**
   * Makes a variant unless it is there.
   *
   * @param spec defaults may be left out
   * @throws dev.rote.spec.SpecException when the spec is invalid
   * @throws dev.rote.corruption.datasets.DatasetException when the dataset cannot be read as asked
   */
  public Made make(VariantSpec spec) {
    return make(admit(spec), () -> false);
  }

  /**
   * Lets a variant in that comes from outside. What a user's own files hold is a part of it from
   * here on.
   *
   * @param spec defaults may be left out
   * @throws dev.rote.spec.SpecException when the spec is invalid
   * @throws dev.rote.corruption.datasets.DatasetException when a file is missing
   */
  public AdmittedVariant admit(VariantSpec spec) {
    AdmittedVariant written = AdmittedVariant.admit(spec);
    Set<String> paths = OwnContent.unwritten(written.spec());
    return paths.isEmpty()
        ? written
        : AdmittedVariant.admit(OwnContent.write(spec, datasets.content(paths)));
  }

  /**
   * Makes a variant unless it is there or told to stop. Others who wait for the same variant go on
   * with it.
   *
   * @param stopped asked before each shard, and while the dataset is gone through for its moments
   * @throws java.util.concurrent.CancellationException when told to stop
   */
  public Made make(AdmittedVariant variant, BooleanSupplier stopped) {
    String id = variant.id().value();
    Optional<VariantManifest> there = sound(id);
    if (there.isPresent()) {
      if (datasets.mayChange(variant.spec().getDataset())) {
        checkUnchanged(there.get());
      }
      return new Made(there.get(), false);
    }
    SingleFlight.Landed<Made> landed =
        flights.run(id, () -> makeAlone(id, variant.spec(), stopped), stopped);
    Made made = landed.value();
    return landed.mine() ? made : new Made(made.manifest, false);
  }

  /** The manifest of a variant, if it was made. */
  public Optional<VariantManifest> find(String id) {
    return VariantReader.find(store, id);
  }

  /** Like {@link #find}, for whoever makes it otherwise: a damaged manifest is set aside. */
  private Optional<VariantManifest> sound(String id) {
    try {
      return find(id);
    } catch (ObjectStoreException e) {
      if (e.reason() != ObjectStoreException.Reason.DAMAGED) {
        throw e;
      }
      mending.mend(ArtifactKeys.variantManifest(id));
      return Optional.empty();
    }
  }

  /**
   * Checks that a variant could be made, without making or fetching anything.
   *
   * @throws dev.rote.spec.SpecException when the spec is invalid
   * @throws dev.rote.corruption.datasets.DatasetException when files are missing or damaged or do
   *     not fit the spec
   */
  public CheckVariantResponse check(VariantSpec spec) {
    AdmittedVariant variant = admit(spec);
    VariantSpec filled = variant.spec();
    VariantPlan.checkFit(filled);
    LabelCorruption labels = filled.getCorruption().getLabels();
    Optional<Cifar10n> human =
        labels.getRule() == LabelCorruption.Rule.HUMAN
            ? Optional.of(VariantPlan.human(labels.getHumanLabels()))
            : Optional.empty();
    Outline outline = datasets.check(filled.getDataset(), human);
    VariantPlan.checkSizes(filled, outline.train(), outline.classes(), outline.shape());
    List<String> warnings = new ArrayList<>(outline.warnings());
    if (labels.getRule() == LabelCorruption.Rule.FILE) {
      OwnLabels.located(datasets.files(), labels.getFile());
    }
    if (filled.getCorruption().getInputs().hasOther()) {
      Outline other =
          datasets.check(filled.getCorruption().getInputs().getOther(), Optional.empty());
      VariantPlan.checkOther(filled, outline, other);
      warnings.addAll(other.warnings());
    }
    TrainedPlaces.checkLeft(filled.getDataset(), outline.train());
    if (isKnownByPlanning(filled, outline) && isAtHand(filled, human)) {
      VariantPlan.of(withoutMoments(filled), datasets, statistics, () -> false).close();
    }
    if (datasets.mayChange(filled.getDataset())) {
      find(variant.id().value()).ifPresent(this::checkUnchanged);
    }
    return CheckVariantResponse.newBuilder()
        .setVariantId(variant.id().value())
        .setTrainExamples(TrainedPlaces.left(filled.getDataset(), outline.train()))
        .setValidationExamples(outline.validation())
        .setClasses(VariantPlan.classes(filled, outline.train(), outline.classes()))
        .setShape(outline.shape().toProto())
        .addAllWarnings(warnings)
        .build();
  }

  /* What else may be refused depends on the examples themselves, which are gone through. */
  private static boolean isKnownByPlanning(VariantSpec spec, Outline outline) {
    return (spec.getCorruption().hasRepeated() && outline.train() <= MOST_GONE_THROUGH)
        || spec.getCorruption().getLabels().getRule() == LabelCorruption.Rule.FILE;
  }

  /* Which inputs are replaced does not depend on what by, and moments take all examples. */
  private static VariantSpec withoutMoments(VariantSpec spec) {
    if (spec.getCorruption().getInputs().getRule() != InputCorruption.Rule.GAUSSIAN) {
      return spec;
    }
    VariantSpec.Builder without = spec.toBuilder();
    without
        .getCorruptionBuilder()
        .getInputsBuilder()
        .clearStatistics()
        .setRule(InputCorruption.Rule.UNIFORM);
    return without.build();
  }

  private boolean isAtHand(VariantSpec spec, Optional<Cifar10n> human) {
    InputCorruption inputs = spec.getCorruption().getInputs();
    return datasets.atHand(spec.getDataset(), human)
        && (!inputs.hasOther() || datasets.atHand(inputs.getOther(), Optional.empty()));
  }

  /**
   * A variant's id names files by their paths: one made from other contents may not stand for it.
   */
  private void checkUnchanged(VariantManifest manifest) {
    if (manifest.getOwnFilesCount() == 0) {
      return;
    }
    datasets
        .ownFiles(manifest.getSpec().getDataset())
        .forEach(
            (path, sha256) -> {
              String before = manifest.getOwnFilesOrDefault(path, "");
              if (!sha256.equals(before)) {
                throw DatasetException.refused(
                    "variant.dataset." + manifest.getSpec().getDataset().getName(),
                    path
                        + " has changed since a variant was made from it (SHA-256 "
                        + before
                        + ", now "
                        + sha256
                        + "), and results of the old content would be mixed with those of the new:"
                        + " give the changed file another name");
              }
            });
  }

  private Made makeAlone(String id, VariantSpec spec, BooleanSupplier stopped) {
    Optional<VariantManifest> there = sound(id);
    if (there.isPresent()) {
      return new Made(there.get(), false);
    }
    long start = System.nanoTime();
    VariantManifest manifest;
    Map<String, String> ownFiles = datasets.ownFiles(spec.getDataset());
    try (VariantPlan plan = VariantPlan.of(spec, datasets, statistics, stopped)) {
      manifest =
          VariantManifest.newBuilder()
              .setVariantId(id)
              .setFormatVersion(VariantReader.FORMAT_VERSION)
              .setSpec(spec)
              .setShape(plan.shape().toProto())
              .setClasses(plan.classes())
              .putAllOwnFiles(ownFiles)
              .setTrain(new SplitUpload(store, mending, id, plan.train()).run(tasks, stopped))
              .setValidation(
                  new SplitUpload(store, mending, id, plan.validation()).run(tasks, stopped))
              .build();
    }
    checkUnchanged(manifest);
    boolean wrote = StoredMessage.VARIANT_MANIFEST.putIfAbsent(store, manifest);
    LOG.info(
        "variant {} of {}: {} + {} examples in {} ms",
        id,
        spec.getDataset().getName(),
        manifest.getTrain().getExamples(),
        manifest.getValidation().getExamples(),
        (System.nanoTime() - start) / 1_000_000);
    return new Made(manifest, wrote);
  }
}
