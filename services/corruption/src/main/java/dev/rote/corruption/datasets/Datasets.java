package dev.rote.corruption.datasets;

import dev.rote.random.IndexPermutation;
import dev.rote.spec.DatasetFacts;
import dev.rote.v1.DatasetInfo;
import dev.rote.v1.DatasetSpec;
import dev.rote.v1.DatasetSpec.ValidationSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Opens datasets by their specs. */
public final class Datasets {
  private static final String STROKES = "strokes";
  private static final String IDX = "idx";

  private final DatasetFiles files;
  private final OwnDataset own;

  public Datasets(DatasetFiles files) {
    this.files = files;
    this.own = new OwnDataset(files.own());
  }

  /** The files that datasets are read from. */
  public DatasetFiles files() {
    return files;
  }

  /**
   * The files of the user's own that a dataset is read from, and their SHA-256 as they are now.
   *
   * @throws DatasetException when one is missing
   */
  public SortedMap<String, String> ownFiles(DatasetSpec spec) {
    return isOwn(spec) ? own.sums(spec) : new TreeMap<>();
  }

  /** What this service can read. */
  public List<DatasetInfo> list() {
    return DatasetFacts.all().stream().map(this::info).toList();
  }

  private DatasetInfo info(DatasetFacts facts) {
    DatasetInfo.Builder info =
        DatasetInfo.newBuilder()
            .setName(facts.name())
            .setDescription(facts.description())
            .setClasses(facts.classes())
            .setShape(facts.shape())
            .setTrainExamples(facts.trainExamples())
            .setTestExamples(facts.testExamples())
            .setAvailable(true);
    KnownDataset.named(facts.name())
        .flatMap(known -> new PublishedDataset(known, files.published()).hint())
        .ifPresent(hint -> info.setAvailable(false).setHint(hint));
    if (facts.name().equals(IDX)) {
      Optional<Path> directory = files.own().directory();
      info.setAvailable(directory.isPresent())
          .setHint(
              directory
                  .map(path -> "looked for in " + path.toAbsolutePath())
                  .orElse("no datasets directory is set"));
    }
    return info.build();
  }

  /**
   * Opens a dataset and cuts its splits.
   *
   * @param spec validated, all defaults filled in
   * @throws DatasetException when a file is missing or damaged, or the splits do not fit
   */
  public OpenDataset open(DatasetSpec spec) {
    if (spec.getName().equals(STROKES)) {
      return strokes(spec);
    }
    List<ExampleSource> sources = isOwn(spec) ? own.open(spec) : published(spec).open(spec);
    try {
      ExampleSource train = sources.get(0);
      ExampleSource validation = sources.get(sources.size() - 1);
      SplitSizes sizes = SplitSizes.of(spec, train.size(), validation.size());
      return cut(spec, train, validation, sizes, sources);
    } catch (DatasetException e) {
      sources.forEach(ExampleSource::close);
      throw e;
    }
  }

  /**
   * Sizes, classes and shape of the splits without fetching anything.
   *
   * @param labels human labels that are wanted, too
   * @throws DatasetException as {@link #open} would, and with reason {@code MISSING} naming all
   *     files that are not there when no address of one answers
   */
  public Outline check(DatasetSpec spec, Optional<Cifar10n> labels) {
    if (spec.getName().equals(STROKES) || isOwn(spec)) {
      try (OpenDataset open = open(spec)) {
        List<String> warnings =
            open.sources().get(0) instanceof IdxSource train
                ? OwnDataset.warnings(spec, train)
                : List.of();
        return new Outline(
            open.train().size(), open.validation().size(), open.classes(), open.shape(), warnings);
      }
    }
    return published(spec).check(spec, labels);
  }

  /**
   * What a dataset will hold.
   *
   * @param train examples of the training split
   * @param validation examples of the validation split
   * @param classes number of classes
   * @param shape of one example, pooled
   * @param warnings what may not be meant, a sentence each
   */
  public record Outline(
      long train, long validation, int classes, ImageShape shape, List<String> warnings) {
    public Outline {
      warnings = List.copyOf(warnings);
    }
  }

  private static boolean isOwn(DatasetSpec spec) {
    return spec.getName().equals(IDX);
  }

  /** Whether the validation split comes from the test file. */
  public static boolean fromTest(DatasetSpec spec) {
    return spec.getValidationSource() == ValidationSource.TEST;
  }

  private static OpenDataset strokes(DatasetSpec spec) {
    SplitSizes sizes = SplitSizes.of(spec);
    boolean apart = fromTest(spec);
    long before = apart ? 0 : sizes.validation();
    ExampleSource train = new StrokesSource(spec.getSeed(), "train", before + sizes.train());
    ExampleSource validation =
        apart ? new StrokesSource(spec.getSeed(), "test", sizes.validation()) : train;
    pooled(spec, train.shape());
    return new OpenDataset(
        new DatasetSplit(train, null, before, sizes.train(), pooling(spec)),
        new DatasetSplit(validation, null, 0, sizes.validation(), pooling(spec)),
        train.classes(),
        List.of(train, validation));
  }

  private static OpenDataset cut(
      DatasetSpec spec,
      ExampleSource train,
      ExampleSource validation,
      SplitSizes sizes,
      List<ExampleSource> sources) {
    pooled(spec, train.shape());
    boolean apart = fromTest(spec);
    IndexPermutation order =
        IndexPermutation.of(spec.getSeed(), "dataset/train-order", train.size());
    IndexPermutation validationOrder =
        apart
            ? IndexPermutation.of(spec.getSeed(), "dataset/test-order", validation.size())
            : order;
    return new OpenDataset(
        new DatasetSplit(
            train, order, apart ? 0 : sizes.validation(), sizes.train(), pooling(spec)),
        new DatasetSplit(validation, validationOrder, 0, sizes.validation(), pooling(spec)),
        train.classes(),
        sources);
  }

  private PublishedDataset published(DatasetSpec spec) {
    return KnownDataset.named(spec.getName())
        .map(known -> new PublishedDataset(known, files.published()))
        .orElseThrow(
            () ->
                DatasetException.refused(
                    "variant.dataset.name", "there is no dataset " + spec.getName()));
  }

  private static int pooling(DatasetSpec spec) {
    return spec.getPooling();
  }

  /** The shape after pooling, which must divide the sides. */
  static ImageShape pooled(DatasetSpec spec, ImageShape shape) {
    int side = pooling(spec);
    if (side < 1 || side > 2 || shape.height() % side != 0 || shape.width() % side != 0) {
      throw DatasetException.refused(
          "variant.dataset.pooling",
          "must be 1 or 2 and divide the image's sides, was "
              + side
              + " for "
              + shape.height()
              + " x "
              + shape.width());
    }
    return shape.pooled(side);
  }
}
