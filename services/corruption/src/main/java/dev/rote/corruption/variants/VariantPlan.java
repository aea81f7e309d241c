package dev.rote.corruption.variants;

import dev.rote.artifacts.variants.VariantSplit;
import dev.rote.corruption.datasets.Cifar10n;
import dev.rote.corruption.datasets.DatasetException;
import dev.rote.corruption.datasets.DatasetSplit;
import dev.rote.corruption.datasets.Datasets;
import dev.rote.corruption.datasets.ImageShape;
import dev.rote.corruption.datasets.OpenDataset;
import dev.rote.corruption.datasets.Outline;
import dev.rote.corruption.datasets.OwnLabels;
import dev.rote.corruption.inputs.Borrowed;
import dev.rote.corruption.inputs.GaussianInputs;
import dev.rote.corruption.inputs.InputRule;
import dev.rote.corruption.inputs.OwnShuffle;
import dev.rote.corruption.inputs.SharedShuffle;
import dev.rote.corruption.inputs.UniformInputs;
import dev.rote.corruption.labels.HumanLabels;
import dev.rote.corruption.labels.InstanceNoise;
import dev.rote.corruption.labels.LabelRule;
import dev.rote.corruption.labels.TransitionRows;
import dev.rote.corruption.selection.FlipRates;
import dev.rote.corruption.selection.Selection;
import dev.rote.random.IndexPermutation;
import dev.rote.spec.ConfusedClasses;
import dev.rote.spec.DatasetFacts;
import dev.rote.v1.CorruptionSpec;
import dev.rote.v1.InputCorruption;
import dev.rote.v1.LabelCorruption;
import dev.rote.v1.VariantSpec;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Everything that decides the bytes of a variant; holds the dataset's files open until closed.
 *
 * <p>Streams of draws, under the corruption's seed: {@code inputs/select/<split>} and {@code
 * labels/select/<split>} choose the examples, {@code labels/threshold/train} orders them for the
 * threshold class; the rules' own streams make what replaces them.
 */
final class VariantPlan implements AutoCloseable {
  private final OpenDataset dataset;
  private final @Nullable OpenDataset other;
  private final int classes;
  private final SplitPlan train;
  private final SplitPlan validation;

  private VariantPlan(
      OpenDataset dataset,
      @Nullable OpenDataset other,
      int classes,
      SplitPlan train,
      SplitPlan validation) {
    this.dataset = dataset;
    this.other = other;
    this.classes = classes;
    this.train = train;
    this.validation = validation;
  }

  /**
   * Plans a variant.
   *
   * @param spec validated, all defaults filled in
   * @param stopped asked while the dataset is gone through
   * @throws DatasetException when the dataset cannot be read as asked
   * @throws java.util.concurrent.CancellationException when told to stop
   */
  static VariantPlan of(
      VariantSpec spec, Datasets datasets, RealStatistics statistics, BooleanSupplier stopped) {
    checkFit(spec);
    OpenDataset dataset = datasets.open(spec.getDataset());
    OpenDataset other = null;
    boolean planned = false;
    try {
      if (spec.getCorruption().getInputs().hasOther()) {
        other = datasets.open(spec.getCorruption().getInputs().getOther());
        checkOther(spec, Outline.of(dataset), Outline.of(other));
      }
      long trainSize = dataset.train().size();
      checkSizes(spec, trainSize, dataset.classes(), dataset.shape());
      Rules rules = new Rules(spec, datasets, dataset, other, statistics, stopped);
      SplitPlan train = rules.plan(VariantSplit.TRAIN, dataset.train(), true);
      VariantPlan plan =
          new VariantPlan(
              dataset,
              other,
              classes(spec, trainSize, dataset.classes()),
              train.at(TrainedPlaces.of(spec, train)),
              rules.plan(
                  VariantSplit.VALIDATION,
                  dataset.validation(),
                  spec.getCorruption().getCorruptValidation()));
      planned = true;
      return plan;
    } finally {
      if (!planned) {
        dataset.close();
        if (other != null) {
          other.close();
        }
      }
    }
  }

  /** Checks that images of another dataset can stand in place of those of this one. */
  static void checkOther(VariantSpec spec, Outline dataset, Outline other) {
    String field = "variant.corruption.inputs.";
    if (!dataset.shape().equals(other.shape())) {
      throw DatasetException.refused(
          field + "other",
          "must have images of " + dataset.shape() + ", as the dataset has, were " + other.shape());
    }
    if (!dataset.levels() || !other.levels()) {
      throw DatasetException.refused(
          field + "rule",
          "OPEN_SET is for inputs that are grey levels: those of "
              + (dataset.levels() ? "the other dataset" : "this one")
              + " are numbers. Write `values: LEVELS` for files whose numbers are levels from 0 to"
              + " 255, or another rule, such as UNIFORM");
    }
    int pooling = spec.getDataset().getPooling();
    int others = spec.getCorruption().getInputs().getOther().getPooling();
    if (pooling != others) {
      throw DatasetException.refused(
          field + "other.pooling",
          "must be " + pooling + ", as the dataset's, since pooled inputs are sums, was " + others);
    }
  }

  /**
   * Classes of the labels to train on: N for unique labels, else those of the dataset, and one more
   * with a threshold class.
   */
  static int classes(VariantSpec spec, long trainSize, int datasetClasses) {
    return unique(spec)
        ? Math.toIntExact(trainSize)
        : DatasetFacts.withThreshold(spec.getCorruption(), datasetClasses);
  }

  /** Checks what the fields must be to one another. */
  static void checkFit(VariantSpec spec) {
    CorruptionSpec corruption = spec.getCorruption();
    LabelCorruption.Rule rule = corruption.getLabels().getRule();
    if ((rule == LabelCorruption.Rule.HUMAN || rule == LabelCorruption.Rule.FILE)
        && corruption.getCorruptValidation()
        && Datasets.fromTest(spec.getDataset())) {
      throw DatasetException.refused(
          "variant.corruption.corruptValidation",
          "must be false for "
              + rule
              + " labels and validationSource TEST: "
              + (rule == LabelCorruption.Rule.HUMAN ? "CIFAR-10N" : "the file")
              + " has labels for the training images alone");
    }
  }

  /** Checks what only the dataset's files tell. */
  static void checkSizes(VariantSpec spec, long trainSize, int datasetClasses, ImageShape shape) {
    double weights = InstanceNoise.weights(datasetClasses, shape.values());
    if (spec.getCorruption().getLabels().getRule() == LabelCorruption.Rule.INSTANCE_DEPENDENT
        && weights > InstanceNoise.MOST_WEIGHTS) {
      throw DatasetException.refused(
          "variant.corruption.labels.rule",
          "INSTANCE_DEPENDENT draws classes * classes * values of an input numbers, at most "
              + InstanceNoise.MOST_WEIGHTS
              + ", were "
              + datasetClasses
              + " * "
              + datasetClasses
              + " * "
              + shape.values());
    }
    if (unique(spec) && trainSize < datasetClasses) {
      throw DatasetException.refused(
          "variant.dataset.trainSize",
          "must be at least the number of classes, "
              + datasetClasses
              + ", for UNIQUE labels, was "
              + trainSize);
    }
    if (spec.getCorruption().hasThresholdClass() && trainSize <= datasetClasses) {
      throw DatasetException.refused(
          "variant.dataset.trainSize",
          "must be more than the number of classes, "
              + datasetClasses
              + ", so that an example has the threshold class, was "
              + trainSize);
    }
    int rows = spec.getCorruption().getLabels().getTransitionMatrixCount();
    if (rows > 0 && rows != datasetClasses) {
      throw DatasetException.refused(
          "variant.corruption.labels.transitionMatrix",
          "must have a row per class, " + datasetClasses + ", had " + rows);
    }
  }

  private static boolean unique(VariantSpec spec) {
    return spec.getCorruption().getLabels().getRule() == LabelCorruption.Rule.UNIQUE;
  }

  ImageShape shape() {
    return dataset.shape();
  }

  int classes() {
    return classes;
  }

  SplitPlan train() {
    return train;
  }

  SplitPlan validation() {
    return validation;
  }

  @Override
  public void close() {
    dataset.close();
    if (other != null) {
      other.close();
    }
  }

  /** Makes the rules of each split. */
  private record Rules(
      VariantSpec spec,
      Datasets datasets,
      OpenDataset dataset,
      @Nullable OpenDataset other,
      RealStatistics statistics,
      BooleanSupplier stopped) {

    SplitPlan plan(VariantSplit split, DatasetSplit real, boolean corrupted) {
      CorruptionSpec corruption = spec.getCorruption();
      return new SplitPlan(
          split,
          real,
          corrupted && corruption.hasInputs() ? inputs(split, real.size()) : null,
          corrupted && corruption.hasLabels() ? labels(split, real) : null,
          split == VariantSplit.TRAIN && corruption.hasThresholdClass()
              ? threshold(real.size())
              : null,
          Places.all(real.size()));
    }

    private SplitPlan.Threshold threshold(long examples) {
      CorruptionSpec corruption = spec.getCorruption();
      int k = dataset.classes();
      return new SplitPlan.Threshold(
          Selection.part(
              corruption.getSeed(),
              "labels/threshold/train",
              corruption.getThresholdClass().getPart() - 1,
              examples / (k + 1),
              examples),
          k);
    }

    private SplitPlan.Inputs inputs(VariantSplit which, long examples) {
      String split = which.key();
      String select = "inputs/select/" + split;
      InputCorruption inputs = spec.getCorruption().getInputs();
      long seed = spec.getCorruption().getSeed();
      ImageShape shape = dataset.shape();
      DatasetSplit from = null;
      if (other != null) {
        from = which == VariantSplit.TRAIN ? other.train() : other.validation();
      }
      InputRule rule =
          switch (inputs.getRule()) {
            case GAUSSIAN -> {
              float[][] moments =
                  statistics
                      .of(spec.getDataset(), dataset.train(), stopped)
                      .of(inputs.getStatistics());
              yield new GaussianInputs(seed, split, moments[0], moments[1]);
            }
            case UNIFORM -> new UniformInputs(seed, split);
            case SHUFFLE_SHARED -> new SharedShuffle(seed, shape.pixels());
            case SHUFFLE_EACH -> new OwnShuffle(seed, split, shape.pixels());
            case OPEN_SET ->
                Borrowed.of(
                    seed,
                    split,
                    IndexPermutation.of(seed, select, Math.max(1, examples)),
                    Objects.requireNonNull(from, "other").size());
            case UNSPECIFIED, UNRECOGNIZED -> throw unknown("inputs.rule", inputs.getRule());
          };
      return new SplitPlan.Inputs(
          Selection.exactly(seed, select, inputs.getLevel(), examples), rule, from);
    }

    /* Which labels people gave, a file lists or a class is taken for is of the files' classes. */
    private static LabelRule ofFiles(LabelRule rule, DatasetSplit real) {
      return new LabelRule.Picked(
          rule,
          new LabelRule.OwnClasses() {
            @Override
            public int of(long example) {
              return real.ownLabel(example);
            }

            @Override
            public int picked(int ownClass) {
              return real.picked(ownClass);
            }
          });
    }

    private SplitPlan.@Nullable Labels labels(VariantSplit split, DatasetSplit real) {
      LabelCorruption labels = spec.getCorruption().getLabels();
      long seed = spec.getCorruption().getSeed();
      String purpose = "labels/select/" + split.key();
      int k = dataset.classes();
      LabelRule rule =
          switch (labels.getRule()) {
            case RANDOM -> LabelRule.Any.of(seed, split.key(), k);
            case RANDOM_OTHER, SYMMETRIC -> LabelRule.Other.of(seed, split.key(), k);
            case UNIQUE -> new LabelRule.Unique();
            case PAIR_FLIP -> new LabelRule.Next(k);
            case TRANSITION_MATRIX ->
                LabelRule.Transition.of(
                    seed, split.key(), new TransitionRows(labels.getTransitionMatrixList()));
            case HUMAN ->
                ofFiles(
                    new LabelRule.Human(
                        new HumanLabels(human(labels.getHumanLabels()).read(datasets.files()))),
                    real);
            case INSTANCE_DEPENDENT ->
                new LabelRule.InstanceDependent(
                    new InstanceNoise(seed, split.key(), k, dataset.shape().values()));
            case ASYMMETRIC ->
                ofFiles(
                    new LabelRule.Confused(
                        ConfusedClasses.of(spec.getDataset().getName()).orElseThrow()),
                    real);
            case FILE ->
                ofFiles(
                    new LabelRule.Listed(
                        OwnLabels.read(datasets, labels.getFile(), spec.getDataset(), dataset)),
                    real);
            case UNSPECIFIED, UNRECOGNIZED -> throw unknown("labels.rule", labels.getRule());
          };
      Selection chosen =
          switch (labels.getRule()) {
            case SYMMETRIC, PAIR_FLIP, TRANSITION_MATRIX, ASYMMETRIC ->
                Selection.each(seed, purpose, labels.getLevel());
            case INSTANCE_DEPENDENT ->
                Selection.Rated.of(
                    seed,
                    purpose,
                    new FlipRates(seed, "labels/rate/" + split.key(), labels.getLevel()));
            default -> Selection.exactly(seed, purpose, labels.getLevel(), real.size());
          };
      /* The classes of unique labels are training examples: nothing outside has one. */
      return rule instanceof LabelRule.Unique && split == VariantSplit.VALIDATION
          ? null
          : new SplitPlan.Labels(chosen, rule);
    }

    private static DatasetException unknown(String field, Enum<?> value) {
      return DatasetException.refused(
          "variant.corruption." + field, "must be a known rule, was " + value);
    }
  }

  /** The file of human labels that a spec asks for. */
  static Cifar10n human(LabelCorruption.HumanLabels labels) {
    return switch (labels) {
      case AGGREGATE -> Cifar10n.AGGREGATE;
      case RANDOM1 -> Cifar10n.RANDOM1;
      case RANDOM2 -> Cifar10n.RANDOM2;
      case RANDOM3 -> Cifar10n.RANDOM3;
      case WORSE, UNSPECIFIED_HUMAN_LABELS -> Cifar10n.WORSE;
      case UNRECOGNIZED ->
          throw DatasetException.refused(
              "variant.corruption.labels.humanLabels", "must be known labels, was " + labels);
    };
  }
}
