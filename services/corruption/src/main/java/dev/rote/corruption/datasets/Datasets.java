package dev.rote.corruption.datasets;

import dev.rote.spec.DatasetFacts;
import dev.rote.spec.SweepValidator;
import dev.rote.v1.DatasetInfo;
import dev.rote.v1.DatasetSpec;
import dev.rote.v1.DatasetSpec.ValidationSource;
import dev.rote.v1.InspectFilesRequest;
import dev.rote.v1.InspectFilesResponse;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Opens datasets by their specs. */
public final class Datasets {
  private final DatasetFiles files;
  private final FilesDataset own;
  private final List<Dataset> all;

  public Datasets(DatasetFiles files) {
    this.files = files;
    this.own = new FilesDataset(files);
    this.all = all(files, own);
  }

  /** Every dataset, in the order of documentation; a new one is added here. */
  private static List<Dataset> all(DatasetFiles files, FilesDataset own) {
    return List.of(
        new Strokes(),
        new PublishedDataset(new Mnist(), files.published()),
        new PublishedDataset(new FashionMnist(), files.published()),
        new PublishedDataset(new Kmnist(), files.published()),
        new PublishedDataset(new Cifar10(), files.published()),
        new PublishedDataset(new Cifar100(), files.published()),
        new OwnDataset(files.own()),
        own);
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
    return named(spec).ownFiles(spec);
  }

  /** Index of each training picture by its name, where they lie in a folder. */
  Map<String, Integer> trainNames(DatasetSpec spec) {
    return named(spec).trainNames(spec);
  }

  /** Whether a dataset's files are a user's own, which may be others later. */
  public boolean mayChange(DatasetSpec spec) {
    return named(spec).mayChange();
  }

  /**
   * What files of a user's own hold.
   *
   * @throws dev.rote.spec.SpecException when no dataset could have them as they are described
   * @throws DatasetException when they cannot be read
   */
  public InspectFilesResponse inspect(InspectFilesRequest request) {
    SweepValidator.checkFiles(request.getFiles());
    return new FilesInspection(own).of(request);
  }

  /**
   * The SHA-256 of what lies under paths of a user's own now.
   *
   * @throws dev.rote.spec.SpecException when one cannot be such a path
   */
  public SortedMap<String, String> content(Collection<String> paths) {
    SweepValidator.checkPaths(List.copyOf(paths));
    SortedMap<String, String> content = new TreeMap<>();
    for (String path : paths) {
      content.put(path, files.sources().sha256("files", path, Map.of()));
    }
    return content;
  }

  /** What this service can read. */
  public List<DatasetInfo> list() {
    return all.stream().map(Datasets::info).toList();
  }

  private static DatasetInfo info(Dataset dataset) {
    DatasetFacts facts = DatasetFacts.named(dataset.name()).orElseThrow();
    DatasetInfo.Builder info =
        DatasetInfo.newBuilder()
            .setName(facts.name())
            .setDescription(facts.description())
            .setClasses(facts.classes())
            .setShape(facts.shape())
            .setTrainExamples(facts.trainExamples())
            .setTestExamples(facts.testExamples());
    dataset.tell(info);
    return info.build();
  }

  /**
   * Opens a dataset and cuts its splits.
   *
   * @param spec validated, all defaults filled in
   * @throws DatasetException when a file is missing or damaged, or the splits do not fit
   */
  public OpenDataset open(DatasetSpec spec) {
    return named(spec).open(spec);
  }

  /**
   * Sizes, classes and shape of the splits without fetching anything.
   *
   * @param labels human labels that are wanted, too
   * @throws DatasetException as {@link #open} would, and with reason {@code MISSING} naming all
   *     files that are not there when no address of one answers
   */
  public Outline check(DatasetSpec spec, Optional<Cifar10n> labels) {
    return named(spec).check(spec, labels);
  }

  /**
   * Whether all files that a specification needs are there, so that opening it fetches nothing.
   *
   * @param labels human labels that are wanted, too
   */
  public boolean atHand(DatasetSpec spec, Optional<Cifar10n> labels) {
    return named(spec).atHand(spec, labels);
  }

  private Dataset named(DatasetSpec spec) {
    return all.stream()
        .filter(dataset -> dataset.name().equals(spec.getName()))
        .findFirst()
        .orElseThrow(
            () ->
                DatasetException.refused(
                    "variant.dataset.name", "there is no dataset " + spec.getName()));
  }

  /** Whether the validation split comes from files of its own. */
  public static boolean fromTest(DatasetSpec spec) {
    return spec.getValidationSource() == ValidationSource.TEST
        || spec.getValidationSource() == ValidationSource.VALIDATION;
  }

  /** The shape after pooling, which must divide the sides. */
  static ImageShape pooled(DatasetSpec spec, ImageShape shape) {
    int side = spec.getPooling();
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
