package dev.rote.corruption.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rote.spec.SweepDefaults;
import dev.rote.v1.DatasetSpec;
import dev.rote.v1.DatasetSpec.ValidationSource;
import dev.rote.v1.VariantSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against the published files, where they are. */
@Tag("datasets")
class RealDatasetsTest {
  @TempDir Path cache;
  private DatasetFiles files;
  private Datasets datasets;

  @BeforeEach
  void find() {
    Path directory = Path.of(System.getProperty("rote.datasets", ""));
    assumeTrue(
        Files.isDirectory(directory.resolve("mnist")),
        "no real datasets in rote.datasets=" + directory);
    files = new DatasetFiles(directory, cache, null);
    datasets = new Datasets(files);
  }

  private static DatasetSpec filled(DatasetSpec.Builder spec) {
    return SweepDefaults.fill(VariantSpec.newBuilder().setDataset(spec).build()).getDataset();
  }

  @Test
  void open_mnist_knownHistogramAndMean() {
    DatasetSpec spec =
        filled(
            DatasetSpec.newBuilder()
                .setName("mnist")
                .setValidationSource(ValidationSource.TEST)
                .setValidationSize(10_000));
    try (OpenDataset mnist = datasets.open(spec)) {
      int[] train = new int[10];
      int[] test = new int[10];
      long sum = 0;
      int[] levels = new int[784];
      DatasetSplit.Reader reader = mnist.train().reader();
      for (int i = 0; i < 60_000; i++) {
        train[mnist.train().label(i)]++;
        reader.read(i, levels);
        for (int level : levels) {
          sum += level;
        }
      }
      for (int i = 0; i < 10_000; i++) {
        test[mnist.validation().label(i)]++;
      }
      assertThat(train).containsExactly(5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949);
      assertThat(test).containsExactly(980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009);
      assertThat(sum / 255.0 / 784 / 60_000).isCloseTo(0.1307, within(0.00005));
    }
  }

  @Test
  void open_cifar10Batches_uniformTestAndHumanNoiseRates() {
    DatasetSpec spec =
        filled(
            DatasetSpec.newBuilder()
                .setName("cifar10")
                .addBatches(1)
                .addBatches(2)
                .setTrainSize(20_000)
                .setValidationSource(ValidationSource.TEST)
                .setValidationSize(10_000));
    try (OpenDataset cifar = datasets.open(spec)) {
      int[] test = new int[10];
      for (int i = 0; i < 10_000; i++) {
        test[cifar.validation().label(i)]++;
      }
      assertThat(test).containsOnly(1000);
      assertThat(wrong(cifar.train(), Cifar10n.AGGREGATE)).isCloseTo(0.090, within(0.005));
      assertThat(wrong(cifar.train(), Cifar10n.RANDOM1)).isCloseTo(0.172, within(0.007));
      assertThat(wrong(cifar.train(), Cifar10n.WORSE)).isCloseTo(0.402, within(0.008));
    }
  }

  private double wrong(DatasetSplit split, Cifar10n kind) {
    byte[] human = kind.read(files);
    int wrong = 0;
    for (int i = 0; i < split.size(); i++) {
      wrong += human[(int) split.datasetIndex(i)] == split.label(i) ? 0 : 1;
    }
    return wrong / (double) split.size();
  }
}
