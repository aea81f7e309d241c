package dev.rote.corruption.datasets;

import dev.rote.corruption.datasets.DataFile.Origin;
import dev.rote.spec.DatasetFacts;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The published datasets: files and sums. */
enum KnownDataset {
  MNIST(
      "mnist",
      idx(
          "mnist",
          List.of(
              "https://storage.googleapis.com/cvdf-datasets/mnist/",
              "https://ossci-datasets.s3.amazonaws.com/mnist/"),
          "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
          "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
          "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
          "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6")),
  FASHION_MNIST(
      "fashion-mnist",
      idx(
          "fashion-mnist",
          List.of(
              "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
              "https://storage.googleapis.com/tensorflow/tf-keras-datasets/"),
          "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",
          "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845",
          "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073",
          "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5")),
  KMNIST(
      "kmnist",
      idx(
          "kmnist",
          List.of("https://codh.rois.ac.jp/kmnist/dataset/kmnist/"),
          "51467d22d8cc72929e2a028a0428f2086b092bb31cfb79c69cc0a90ce135fde4",
          "e38f9ebcd0f3ebcdec7fc8eabdcdaef93bb0df8ea12bee65224341c8183d8e17",
          "edd7a857845ad6bb1d0ba43fe7e794d164fe2dce499a1694695a792adfac43c5",
          "20bb9a0ef54c7db3efc55a92eef5582c109615df22683c380526788f98e42a1c")),
  CIFAR10("cifar10", cifar10()),
  CIFAR100("cifar100", cifar100());

  private final String id;

  /* An immutable list of records. */
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<DataFile> files;

  KnownDataset(String id, List<DataFile> files) {
    this.id = id;
    this.files = List.copyOf(files);
  }

  static Optional<KnownDataset> named(String name) {
    return Stream.of(values()).filter(known -> known.id.equals(name)).findFirst();
  }

  String id() {
    return id;
  }

  /** Classes, shape and sizes. */
  DatasetFacts facts() {
    return DatasetFacts.named(id).orElseThrow();
  }

  boolean isIdx() {
    return this == MNIST || this == FASHION_MNIST || this == KMNIST;
  }

  int labelBytes() {
    return this == CIFAR100 ? 2 : 1;
  }

  /** All files: of IDX images and labels for training, then for testing; of CIFAR the test last. */
  List<DataFile> files() {
    return files;
  }

  private static List<DataFile> idx(String folder, List<String> bases, String... sums) {
    return List.of(
        gzipped(folder, "train-images-idx3-ubyte", 47_040_016, bases, sums[0]),
        gzipped(folder, "train-labels-idx1-ubyte", 60_008, bases, sums[1]),
        gzipped(folder, "t10k-images-idx3-ubyte", 7_840_016, bases, sums[2]),
        gzipped(folder, "t10k-labels-idx1-ubyte", 10_008, bases, sums[3]));
  }

  private static DataFile gzipped(
      String folder, String name, long size, List<String> bases, String sum) {
    List<URI> addresses = bases.stream().map(base -> URI.create(base + name + ".gz")).toList();
    return new DataFile(folder, name, size, null, sum, Origin.gzip(addresses, sum, size));
  }

  private static List<DataFile> cifar10() {
    List<@Nullable String> sums = new ArrayList<>();
    sums.add("cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5");
    sums.add("a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed");
    sums.addAll(Collections.nCopies(3, null));
    sums.add("8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b");
    return cifar(
        "cifar-10-batches-bin",
        "https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz",
        "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd",
        List.of(
            "data_batch_1.bin",
            "data_batch_2.bin",
            "data_batch_3.bin",
            "data_batch_4.bin",
            "data_batch_5.bin",
            "test_batch.bin"),
        Collections.nCopies(6, 30_730_000L),
        sums);
  }

  private static List<DataFile> cifar100() {
    return cifar(
        "cifar-100-binary",
        "https://www.cs.toronto.edu/~kriz/cifar-100-binary.tar.gz",
        "58a81ae192c23a4be8b1804d68e518ed807d710a4eb253b1f2a199162a40d8ec",
        List.of("train.bin", "test.bin"),
        List.of(153_700_000L, 30_740_000L),
        Collections.nCopies(2, null));
  }

  /** The files of an archive. */
  private static List<DataFile> cifar(
      String folder,
      String address,
      String archiveSum,
      List<String> names,
      List<Long> sizes,
      List<@Nullable String> sums) {
    Map<String, Long> entries = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      entries.put(folder + "/" + names.get(i), sizes.get(i));
    }
    Origin origin = Origin.archive(List.of(URI.create(address)), archiveSum, entries);
    List<DataFile> files = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      files.add(new DataFile(folder, names.get(i), sizes.get(i), sums.get(i), null, origin));
    }
    return List.copyOf(files);
  }
}
