package dev.rote.corruption.datasets;

import dev.rote.spec.DatasetFacts;
import dev.rote.v1.DatasetSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A dataset that is published as files of known sizes and sums. */
final class PublishedDataset {
  private final KnownDataset known;
  private final PublishedFiles files;

  PublishedDataset(KnownDataset known, PublishedFiles files) {
    this.known = known;
    this.files = files;
  }

  /** What is missing of all its files, and what to do about it; empty when nothing is. */
  Optional<String> hint() {
    List<DataFile> missing = absent(known.files());
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(files.hint(missing) + batchesThere(missing));
  }

  /**
   * Opens the training source and, where the spec asks for it, the test source, fetching what is
   * missing.
   *
   * @return one source or two
   * @throws DatasetException naming all files that are missing
   */
  List<ExampleSource> open(DatasetSpec spec) {
    List<NamedFile> located = files.locate(wanted(spec, Optional.empty()));
    int train = trainFiles(spec).size();
    List<ExampleSource> sources = new ArrayList<>();
    try {
      sources.add(source(located.subList(0, train), firstIndices(spec), trainRecords(spec)));
      if (Datasets.fromTest(spec)) {
        sources.add(
            source(
                located.subList(train, located.size()), List.of(0L), known.facts().testExamples()));
      }
      return sources;
    } catch (DatasetException e) {
      sources.forEach(ExampleSource::close);
      throw e;
    }
  }

  private ExampleSource source(List<NamedFile> paths, List<Long> firstIndices, long records) {
    int classes = known.facts().classes();
    return known.isIdx()
        ? IdxSource.open(
            paths.get(0),
            paths.get(1),
            new IdxSource.Classes(classes, "the classes of " + known.id()))
        : CifarSource.open(
            paths,
            firstIndices,
            Math.toIntExact(records / paths.size()),
            known.labelBytes(),
            classes);
  }

  /**
   * Sizes and classes, and what is still to be fetched, without fetching it.
   *
   * @param labels human labels that are wanted, too
   * @throws DatasetException naming all files that are missing and that no address offers
   */
  Datasets.Outline check(DatasetSpec spec, Optional<Cifar10n> labels) {
    List<DataFile> missing = absent(wanted(spec, labels));
    boolean others =
        labels.map(Cifar10n::file).filter(missing::contains).isPresent()
            || (Datasets.fromTest(spec) && missing.stream().anyMatch(testFiles()::contains));
    Optional<String> fetched =
        files.check(wanted(spec, labels), others ? "" : batchesThere(missing));
    long source = trainRecords(spec);
    DatasetFacts facts = known.facts();
    SplitSizes sizes =
        SplitSizes.of(spec, source, Datasets.fromTest(spec) ? facts.testExamples() : source);
    return new Datasets.Outline(
        sizes.train(),
        sizes.validation(),
        facts.classes(),
        Datasets.pooled(spec, ImageShape.of(facts.shape())),
        fetched.stream().toList());
  }

  private List<DataFile> absent(List<DataFile> wanted) {
    return wanted.stream().filter(file -> !files.present(file)).toList();
  }

  private List<DataFile> wanted(DatasetSpec spec, Optional<Cifar10n> labels) {
    List<DataFile> wanted = new ArrayList<>(trainFiles(spec));
    if (Datasets.fromTest(spec)) {
      wanted.addAll(testFiles());
    }
    labels.map(Cifar10n::file).ifPresent(wanted::add);
    return wanted;
  }

  /** Which training files of CIFAR-10 could be used alone; empty when none is there. */
  private String batchesThere(List<DataFile> missing) {
    List<DataFile> all = known.files();
    List<Integer> there =
        IntStream.rangeClosed(1, all.size() - 1)
            .filter(batch -> files.present(all.get(batch - 1)))
            .boxed()
            .toList();
    return known != KnownDataset.CIFAR10 || missing.isEmpty() || there.isEmpty()
        ? ""
        : "; with what is there, write `batches: " + there + "`";
  }

  private List<DataFile> trainFiles(DatasetSpec spec) {
    return switch (known) {
      case MNIST, FASHION_MNIST, KMNIST -> known.files().subList(0, 2);
      case CIFAR10 -> spec.getBatchesList().stream().map(b -> known.files().get(b - 1)).toList();
      case CIFAR100 -> known.files().subList(0, 1);
    };
  }

  private List<DataFile> testFiles() {
    int count = known.files().size();
    return known.isIdx()
        ? known.files().subList(2, count)
        : known.files().subList(count - 1, count);
  }

  private List<Long> firstIndices(DatasetSpec spec) {
    return known == KnownDataset.CIFAR10
        ? spec.getBatchesList().stream()
            .map(batch -> (batch - 1L) * DatasetFacts.CIFAR10_BATCH)
            .toList()
        : List.of(0L);
  }

  private long trainRecords(DatasetSpec spec) {
    return known == KnownDataset.CIFAR10
        ? (long) spec.getBatchesCount() * DatasetFacts.CIFAR10_BATCH
        : known.facts().trainExamples();
  }
}
