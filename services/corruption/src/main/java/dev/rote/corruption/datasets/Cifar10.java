package dev.rote.corruption.datasets;

import dev.rote.corruption.datasets.CifarArchive.Entry;
import dev.rote.spec.DatasetFacts;
import dev.rote.v1.DatasetSpec;
import java.util.List;
import java.util.stream.IntStream;

/** {@code cifar10}: five training files, of which a specification may use some. */
final class Cifar10 implements Publication {
  private static final int BATCHES = 5;
  private static final int BATCH = DatasetFacts.CIFAR10_BATCH;
  private static final long BYTES = 30_730_000;
  private static final List<DataFile> FILES =
      new CifarArchive(
              "cifar-10-batches-bin",
              "https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz",
              "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd")
          .files(
              List.of(
                  new Entry(
                      "data_batch_1.bin",
                      BYTES,
                      "cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5"),
                  new Entry(
                      "data_batch_2.bin",
                      BYTES,
                      "a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed"),
                  new Entry("data_batch_3.bin", BYTES, null),
                  new Entry("data_batch_4.bin", BYTES, null),
                  new Entry("data_batch_5.bin", BYTES, null),
                  new Entry(
                      "test_batch.bin",
                      BYTES,
                      "8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b")));

  @Override
  public String name() {
    return "cifar10";
  }

  @Override
  public List<DataFile> trainFiles(DatasetSpec spec) {
    return spec.getBatchesList().stream().map(batch -> FILES.get(batch - 1)).toList();
  }

  @Override
  public List<DataFile> trainFiles() {
    return FILES.subList(0, BATCHES);
  }

  @Override
  public List<DataFile> testFiles() {
    return FILES.subList(BATCHES, FILES.size());
  }

  @Override
  public long trainExamples(DatasetSpec spec) {
    return (long) spec.getBatchesCount() * BATCH;
  }

  @Override
  public ExampleSource openTrain(List<NamedFile> files, DatasetSpec spec) {
    return CifarSource.open(
        files,
        spec.getBatchesList().stream().map(batch -> (batch - 1L) * BATCH).toList(),
        BATCH,
        1,
        facts().classes());
  }

  @Override
  public ExampleSource openTest(List<NamedFile> files) {
    return CifarSource.open(files, List.of(0L), BATCH, 1, facts().classes());
  }

  @Override
  public String instead(List<DataFile> there) {
    List<Integer> batches =
        IntStream.rangeClosed(1, BATCHES)
            .filter(batch -> there.contains(FILES.get(batch - 1)))
            .boxed()
            .toList();
    return batches.isEmpty() ? "" : "; with what is there, write `batches: " + batches + "`";
  }
}
