package dev.rote.corruption.datasets;

import dev.rote.corruption.datasets.CifarArchive.Entry;
import dev.rote.v1.DatasetSpec;
import java.util.List;

/** {@code cifar100}: one training file, whose records have a coarse label beside the one used. */
final class Cifar100 implements Publication {
  private static final int LABEL_BYTES = 2;
  private static final List<DataFile> FILES =
      new CifarArchive(
              "cifar-100-binary",
              "https://www.cs.toronto.edu/~kriz/cifar-100-binary.tar.gz",
              "58a81ae192c23a4be8b1804d68e518ed807d710a4eb253b1f2a199162a40d8ec")
          .files(
              List.of(
                  new Entry("train.bin", 153_700_000, null),
                  new Entry("test.bin", 30_740_000, null)));

  @Override
  public String name() {
    return "cifar100";
  }

  @Override
  public List<DataFile> trainFiles(DatasetSpec spec) {
    return trainFiles();
  }

  @Override
  public List<DataFile> trainFiles() {
    return FILES.subList(0, 1);
  }

  @Override
  public List<DataFile> testFiles() {
    return FILES.subList(1, 2);
  }

  @Override
  public ExampleSource openTrain(List<NamedFile> files, DatasetSpec spec) {
    return open(files, facts().trainExamples());
  }

  @Override
  public ExampleSource openTest(List<NamedFile> files) {
    return open(files, facts().testExamples());
  }

  private ExampleSource open(List<NamedFile> files, long records) {
    return CifarSource.open(
        files, List.of(0L), Math.toIntExact(records), LABEL_BYTES, facts().classes());
  }
}
