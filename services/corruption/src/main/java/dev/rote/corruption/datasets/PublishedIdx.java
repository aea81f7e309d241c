package dev.rote.corruption.datasets;

import dev.rote.corruption.datasets.DataFile.Origin;
import dev.rote.v1.DatasetSpec;
import java.net.URI;
import java.util.List;

/** A dataset in MNIST's form: four gzipped IDX files of 60,000 and 10,000 images of 28 x 28. */
class PublishedIdx implements Publication {
  private final String name;
  private final List<DataFile> train;
  private final List<DataFile> test;

  /**
   * @param addresses where its files lie, tried in order
   * @param sums SHA-256 of the gzipped images and labels for training, then for testing
   */
  PublishedIdx(String name, List<String> addresses, List<String> sums) {
    this.name = name;
    this.train =
        List.of(
            gzipped("train-images-idx3-ubyte", 47_040_016, addresses, sums.get(0)),
            gzipped("train-labels-idx1-ubyte", 60_008, addresses, sums.get(1)));
    this.test =
        List.of(
            gzipped("t10k-images-idx3-ubyte", 7_840_016, addresses, sums.get(2)),
            gzipped("t10k-labels-idx1-ubyte", 10_008, addresses, sums.get(3)));
  }

  private DataFile gzipped(String file, long size, List<String> bases, String sum) {
    List<URI> addresses = bases.stream().map(base -> URI.create(base + file + ".gz")).toList();
    return new DataFile(name, file, size, null, sum, Origin.gzip(addresses, sum, size));
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final List<DataFile> trainFiles(DatasetSpec spec) {
    return train;
  }

  @Override
  public final List<DataFile> trainFiles() {
    return train;
  }

  @Override
  public final List<DataFile> testFiles() {
    return test;
  }

  @Override
  public final ExampleSource openTrain(List<NamedFile> files, DatasetSpec spec) {
    return open(files);
  }

  @Override
  public final ExampleSource openTest(List<NamedFile> files) {
    return open(files);
  }

  private ExampleSource open(List<NamedFile> files) {
    return IdxSource.open(
        files.get(0),
        files.get(1),
        new IdxSource.Classes(facts().classes(), "the classes of " + name));
  }
}
