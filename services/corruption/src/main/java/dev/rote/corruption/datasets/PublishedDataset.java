package dev.rote.corruption.datasets;

import dev.rote.spec.DatasetFacts;
import dev.rote.v1.DatasetInfo;
import dev.rote.v1.DatasetSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A dataset that is published as files of known sizes and sums: fetched where they are missing. */
final class PublishedDataset implements Dataset {
  private final Publication publication;
  private final PublishedFiles files;

  PublishedDataset(Publication publication, PublishedFiles files) {
    this.publication = publication;
    this.files = files;
  }

  @Override
  public String name() {
    return publication.name();
  }

  @Override
  public void tell(DatasetInfo.Builder info) {
    List<DataFile> missing = absent(publication.files());
    info.setAvailable(missing.isEmpty());
    if (!missing.isEmpty()) {
      info.setHint(files.hint(missing) + instead());
    }
  }

  @Override
  public boolean atHand(DatasetSpec spec, Optional<Cifar10n> labels) {
    return absent(wanted(spec, labels)).isEmpty();
  }

  @Override
  public OpenDataset open(DatasetSpec spec) {
    List<NamedFile> located = files.locate(wanted(spec, Optional.empty()));
    int train = publication.trainFiles(spec).size();
    List<ExampleSource> sources = new ArrayList<>();
    try {
      sources.add(publication.openTrain(located.subList(0, train), spec));
      if (Datasets.fromTest(spec)) {
        sources.add(publication.openTest(located.subList(train, located.size())));
      }
      return OpenDataset.cut(spec, sources);
    } catch (DatasetException e) {
      sources.forEach(ExampleSource::close);
      throw e;
    }
  }

  @Override
  public Outline check(DatasetSpec spec, Optional<Cifar10n> labels) {
    List<DataFile> missing = absent(wanted(spec, labels));
    boolean others =
        labels.map(Cifar10n::file).filter(missing::contains).isPresent()
            || (Datasets.fromTest(spec)
                && missing.stream().anyMatch(publication.testFiles()::contains));
    Optional<String> fetched =
        files.check(wanted(spec, labels), others || missing.isEmpty() ? "" : instead());
    if (DatasetFacts.selects(spec) && missing.isEmpty()) {
      try (OpenDataset open = open(spec)) {
        return Outline.of(open);
      }
    }
    long source = publication.trainExamples(spec);
    DatasetFacts facts = publication.facts();
    SplitSizes sizes =
        SplitSizes.of(spec, source, Datasets.fromTest(spec) ? facts.testExamples() : source);
    return new Outline(
        sizes.train(),
        sizes.validation(),
        DatasetFacts.classesOf(spec),
        Datasets.pooled(spec, ImageShape.of(facts.shape())),
        true,
        Stream.concat(fetched.stream(), uncounted(spec)).toList());
  }

  private static Stream<String> uncounted(DatasetSpec spec) {
    return DatasetFacts.selects(spec)
        ? Stream.of(
            "how many examples the selection leaves is not known before the files are there, and"
                + " whether they are enough")
        : Stream.empty();
  }

  private List<DataFile> absent(List<DataFile> wanted) {
    return wanted.stream().filter(file -> !files.present(file)).toList();
  }

  private List<DataFile> wanted(DatasetSpec spec, Optional<Cifar10n> labels) {
    List<DataFile> wanted = new ArrayList<>(publication.trainFiles(spec));
    if (Datasets.fromTest(spec)) {
      wanted.addAll(publication.testFiles());
    }
    labels.map(Cifar10n::file).ifPresent(wanted::add);
    return wanted;
  }

  /** What could be written to do with what is there, files being missing. */
  private String instead() {
    return publication.instead(publication.trainFiles().stream().filter(files::present).toList());
  }
}
