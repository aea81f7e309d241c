package dev.rote.corruption.datasets;

import dev.rote.random.IndexPermutation;
import dev.rote.spec.DatasetFacts;
import dev.rote.v1.DatasetInfo;
import dev.rote.v1.DatasetSpec;
import dev.rote.v1.DatasetSpec.ValidationSource;
import dev.rote.v1.IdxFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Opens datasets by their specs. */
public final class Datasets {
  private static final String STROKES = "strokes";
  private static final String IDX = "idx";

  private final DatasetFiles files;

  public Datasets(DatasetFiles files) {
    this.files = files;
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
    SortedMap<String, String> sums = new TreeMap<>();
    if (spec.getName().equals(IDX)) {
      IdxFiles idx = spec.getIdx();
      List<String> paths =
          fromTest(spec)
              ? List.of(
                  idx.getTrainImages(),
                  idx.getTrainLabels(),
                  idx.getTestImages(),
                  idx.getTestLabels())
              : List.of(idx.getTrainImages(), idx.getTrainLabels());
      paths.forEach(path -> sums.put(path, files.ownSum("variant.dataset.idx", path)));
    }
    return sums;
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
        .map(known -> known.files().stream().filter(file -> !files.present(file)).toList())
        .filter(missing -> !missing.isEmpty())
        .ifPresent(missing -> info.setAvailable(false).setHint(files.hint(missing)));
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
    List<ExampleSource> sources = new ArrayList<>();
    try {
      ExampleSource train =
          spec.getName().equals(IDX) ? ownTrain(spec.getIdx()) : knownTrain(known(spec), spec);
      sources.add(train);
      ExampleSource test = null;
      if (fromTest(spec)) {
        test = spec.getName().equals(IDX) ? ownTest(spec.getIdx(), train) : knownTest(known(spec));
        sources.add(test);
      }
      SplitSizes sizes =
          SplitSizes.of(spec, train.size(), test == null ? train.size() : test.size());
      return cut(spec, train, test == null ? train : test, sizes, sources);
    } catch (DatasetException e) {
      sources.forEach(ExampleSource::close);
      throw e;
    }
  }

  /**
   * Sizes, classes and shape of the splits without fetching anything.
   *
   * @throws DatasetException as {@link #open} would, and with reason {@code MISSING} when a file is
   *     not there and no address of it answers
   */
  public Outline check(DatasetSpec spec) {
    if (spec.getName().equals(STROKES) || spec.getName().equals(IDX)) {
      try (OpenDataset open = open(spec)) {
        return new Outline(
            open.train().size(), open.validation().size(), open.classes(), open.shape());
      }
    }
    KnownDataset known = known(spec);
    List<DataFile> wanted = new ArrayList<>(trainFiles(known, spec));
    if (fromTest(spec)) {
      wanted.addAll(testFiles(known));
    }
    wanted.forEach(files::check);
    DatasetFacts facts = known.facts();
    long source = known == KnownDataset.CIFAR10 ? trainRecords(spec) : facts.trainExamples();
    SplitSizes sizes = SplitSizes.of(spec, source, fromTest(spec) ? facts.testExamples() : source);
    ImageShape shape = pooled(spec, ImageShape.of(facts.shape()));
    return new Outline(sizes.train(), sizes.validation(), facts.classes(), shape);
  }

  /**
   * What a dataset will hold.
   *
   * @param train examples of the training split
   * @param validation examples of the validation split
   * @param classes number of classes
   * @param shape of one example, pooled
   */
  public record Outline(long train, long validation, int classes, ImageShape shape) {}

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

  private static KnownDataset known(DatasetSpec spec) {
    return KnownDataset.named(spec.getName())
        .orElseThrow(
            () ->
                DatasetException.refused(
                    "variant.dataset.name", "there is no dataset " + spec.getName()));
  }

  private ExampleSource knownTrain(KnownDataset known, DatasetSpec spec) {
    List<Path> paths = trainFiles(known, spec).stream().map(files::locate).toList();
    int classes = known.facts().classes();
    if (known.isIdx()) {
      return IdxSource.open(paths.get(0), paths.get(1), classes);
    }
    if (known == KnownDataset.CIFAR100) {
      int records = Math.toIntExact(known.facts().trainExamples());
      return CifarSource.open(paths, List.of(0L), records, known.labelBytes(), classes);
    }
    List<Long> firsts =
        spec.getBatchesList().stream()
            .map(batch -> (batch - 1L) * DatasetFacts.CIFAR10_BATCH)
            .toList();
    return CifarSource.open(paths, firsts, DatasetFacts.CIFAR10_BATCH, known.labelBytes(), classes);
  }

  private ExampleSource knownTest(KnownDataset known) {
    List<Path> paths = testFiles(known).stream().map(files::locate).toList();
    int classes = known.facts().classes();
    int records = Math.toIntExact(known.facts().testExamples());
    return known.isIdx()
        ? IdxSource.open(paths.get(0), paths.get(1), classes)
        : CifarSource.open(paths, List.of(0L), records, known.labelBytes(), classes);
  }

  private ExampleSource ownTrain(IdxFiles idx) {
    return IdxSource.open(
        files.own("variant.dataset.idx.trainImages", idx.getTrainImages()),
        files.own("variant.dataset.idx.trainLabels", idx.getTrainLabels()),
        0);
  }

  private ExampleSource ownTest(IdxFiles idx, ExampleSource train) {
    Path images = files.own("variant.dataset.idx.testImages", idx.getTestImages());
    ExampleSource test =
        IdxSource.open(
            images,
            files.own("variant.dataset.idx.testLabels", idx.getTestLabels()),
            train.classes());
    if (!test.shape().equals(train.shape())) {
      test.close();
      throw DatasetException.damaged(
          images.toString(), "shape", train.shape().toString(), test.shape().toString());
    }
    return test;
  }

  private static List<DataFile> trainFiles(KnownDataset known, DatasetSpec spec) {
    return switch (known) {
      case MNIST, FASHION_MNIST, KMNIST -> known.files().subList(0, 2);
      case CIFAR10 -> spec.getBatchesList().stream().map(b -> known.files().get(b - 1)).toList();
      case CIFAR100 -> known.files().subList(0, 1);
    };
  }

  private static List<DataFile> testFiles(KnownDataset known) {
    int count = known.files().size();
    return known.isIdx()
        ? known.files().subList(2, count)
        : known.files().subList(count - 1, count);
  }

  private static long trainRecords(DatasetSpec spec) {
    return (long) spec.getBatchesCount() * DatasetFacts.CIFAR10_BATCH;
  }

  private static int pooling(DatasetSpec spec) {
    return spec.getPooling();
  }

  private static ImageShape pooled(DatasetSpec spec, ImageShape shape) {
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

  /** Examples of the two splits. */
  private record SplitSizes(long train, long validation) {

    /**
     * @param trainSource examples of the training files
     * @param validationSource examples of what the validation split is taken from
     */
    static SplitSizes of(DatasetSpec spec, long trainSource, long validationSource) {
      SplitSizes asked = of(spec);
      if (asked.validation > validationSource) {
        throw DatasetException.refused(
            "variant.dataset.validationSize",
            "must be at most " + validationSource + ", was " + asked.validation);
      }
      long left = fromTest(spec) ? trainSource : trainSource - asked.validation;
      if (asked.train < 1 || asked.train > left) {
        throw DatasetException.refused(
            "variant.dataset.trainSize",
            "must be in [1, "
                + left
                + "] ("
                + trainSource
                + " training examples, "
                + (trainSource - left)
                + " of them for validation), was "
                + asked.train);
      }
      return asked;
    }

    /** As asked, unchecked. */
    static SplitSizes of(DatasetSpec spec) {
      return new SplitSizes(
          Integer.toUnsignedLong(spec.getTrainSize()),
          Integer.toUnsignedLong(spec.getValidationSize()));
    }
  }
}
