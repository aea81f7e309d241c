package dev.rote.corruption.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rote.corruption.datasets.DatasetException.Reason;
import dev.rote.spec.SweepDefaults;
import dev.rote.v1.DatasetInfo;
import dev.rote.v1.DatasetSpec;
import dev.rote.v1.DatasetSpec.ValidationSource;
import dev.rote.v1.IdxFiles;
import dev.rote.v1.VariantSpec;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetsTest {
  @TempDir Path directory;
  private Datasets datasets;

  @BeforeEach
  void write() throws IOException {
    TestFiles.write(directory.resolve("data/i"), TestFiles.images(90, 4, 6));
    TestFiles.write(directory.resolve("data/l.gz"), TestFiles.gzip(TestFiles.labels(90)));
    TestFiles.write(directory.resolve("data/ti"), TestFiles.images(20, 4, 6));
    TestFiles.write(directory.resolve("data/tl"), TestFiles.labels(20));
    datasets =
        new Datasets(new DatasetFiles(directory.resolve("data"), directory.resolve("cache"), null));
  }

  private static DatasetSpec.Builder own(int train, int validation) {
    return DatasetSpec.newBuilder()
        .setName("idx")
        .setIdx(
            IdxFiles.newBuilder()
                .setTrainImages("i")
                .setTrainLabels("l.gz")
                .setTestImages("ti")
                .setTestLabels("tl"))
        .setTrainSize(train)
        .setValidationSize(validation)
        .setValidationSource(ValidationSource.TRAIN)
        .setPooling(1)
        .setSeed(4);
  }

  @Test
  void open_trainAndValidation_disjointAndStableWhenTrainingGrows() {
    try (OpenDataset small = datasets.open(own(30, 25).build());
        OpenDataset large = datasets.open(own(65, 25).build())) {
      Set<Long> seen = new HashSet<>();
      for (int i = 0; i < 25; i++) {
        seen.add(large.validation().datasetIndex(i));
        assertThat(small.validation().datasetIndex(i))
            .isEqualTo(large.validation().datasetIndex(i));
      }
      for (int i = 0; i < 65; i++) {
        seen.add(large.train().datasetIndex(i));
      }
      for (int i = 0; i < 30; i++) {
        assertThat(small.train().datasetIndex(i)).isEqualTo(large.train().datasetIndex(i));
      }
      assertThat(seen).hasSize(90);
      assertThat(large.classes()).isEqualTo(3);
      assertThat(large.train().label(7)).isEqualTo((int) (large.train().datasetIndex(7) % 3));
    }
  }

  @Test
  void open_otherSeed_otherSplit() {
    try (OpenDataset one = datasets.open(own(60, 30).build());
        OpenDataset two = datasets.open(own(60, 30).setSeed(5).build())) {
      int same = 0;
      for (int i = 0; i < 60; i++) {
        same += one.train().datasetIndex(i) == two.train().datasetIndex(i) ? 1 : 0;
      }
      assertThat(same).isLessThan(12);
    }
  }

  @Test
  void open_validationFromTest_wholeTrainingFile() {
    try (OpenDataset open =
        datasets.open(own(90, 20).setValidationSource(ValidationSource.TEST).build())) {
      assertThat(open.train().size()).isEqualTo(90);
      assertThat(open.validation().size()).isEqualTo(20);
    }
  }

  @Test
  void read_pooled_sumsOfSquares() {
    try (OpenDataset plain = datasets.open(own(10, 10).build());
        OpenDataset pooled = datasets.open(own(10, 10).setPooling(2).build())) {
      int[] large = new int[24];
      int[] small = new int[6];
      plain.train().reader().read(3, large);
      pooled.train().reader().read(3, small);
      assertThat(pooled.shape()).isEqualTo(new ImageShape(1, 2, 3));
      assertThat(pooled.train().top()).isEqualTo(1020);
      assertThat(small[0]).isEqualTo(large[0] + large[1] + large[6] + large[7]);
      assertThat(small[5]).isEqualTo(large[16] + large[17] + large[22] + large[23]);
    }
  }

  @Test
  void open_tooManyExamples_refusedWithTheBound() {
    assertThatThrownBy(() -> datasets.open(own(70, 25).build()))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("[1, 65]")
        .hasMessageContaining("was 70");
    assertThatThrownBy(
            () -> datasets.open(own(10, 21).setValidationSource(ValidationSource.TEST).build()))
        .hasMessageContaining("at most 20, was 21");
  }

  @Test
  void open_oddSidesPooled_refused() throws IOException {
    TestFiles.write(directory.resolve("data/i"), TestFiles.images(90, 3, 6));
    assertThatThrownBy(() -> datasets.open(own(10, 10).setPooling(2).build()))
        .isInstanceOfSatisfying(
            DatasetException.class,
            e -> assertThat(e.subject()).isEqualTo("variant.dataset.pooling"))
        .hasMessageContaining("3 x 6");
  }

  @Test
  void open_filesMissing_namesAllOfThemAndWhereTheyAreLookedFor() throws IOException {
    Files.delete(directory.resolve("data/i"));
    Files.delete(directory.resolve("data/tl"));
    DatasetSpec spec = own(10, 10).setValidationSource(ValidationSource.TEST).build();
    for (ThrowingCallable ask :
        List.<ThrowingCallable>of(
            () -> datasets.open(spec),
            () -> datasets.check(spec, Optional.empty()),
            () -> datasets.ownFiles(spec))) {
      assertThatThrownBy(ask)
          .isInstanceOfSatisfying(
              DatasetException.class, e -> assertThat(e.reason()).isEqualTo(Reason.MISSING))
          .hasMessage(
              "i, tl are missing: files of your own are looked for in the datasets directory, "
                  + directory.resolve("data"));
    }
  }

  @Test
  void check_labelsWithoutGaps_noWarning() {
    assertThat(datasets.check(own(10, 10).build(), Optional.empty()).warnings()).isEmpty();
    assertThat(datasets.check(own(10, 10).build(), Optional.empty()).classes()).isEqualTo(3);
  }

  private List<String> warnings(DatasetSpec spec, int... labels) throws IOException {
    byte[] bytes = new byte[90];
    for (int i = 0; i < 90; i++) {
      bytes[i] = (byte) labels[i % labels.length];
    }
    TestFiles.write(
        directory.resolve("data/l.gz"), TestFiles.gzip(TestFiles.idx(bytes, bytes.length)));
    return datasets.check(spec, Optional.empty()).warnings();
  }

  @Test
  void check_classesWithoutExample_warnsWithTheirNames() throws IOException {
    assertThat(warnings(own(10, 10).build(), 1, 2, 3))
        .containsExactly(
            "l.gz has labels from 1 to 3, so there are 4 classes, the largest label plus one; class"
                + " 0 has no example, and still an output of the network and a share of label"
                + " noise. Number the labels from 0 without gaps, or write `classes: 4` if it is"
                + " meant so.");
    assertThat(warnings(own(10, 10).build(), 0, 5, 9, 255).get(0))
        .contains("so there are 256 classes")
        .contains("classes 1 to 4, 6 to 8, 10 to 254 have no example");
    assertThat(warnings(own(10, 10).build(), 0, 2, 4, 6, 8, 10, 12, 14, 16, 18).get(0))
        .contains("classes 1, 3, 5, 7, 9, 11 and 3 more have no example");
    assertThat(warnings(own(10, 10).build(), 0).get(0))
        .contains("from 0 to 0, so there are 2 classes", "class 1 has no example");
  }

  @Test
  void check_classesWritten_countAndWarnNoMore() throws IOException {
    DatasetSpec.Builder spec = own(10, 10);
    spec.getIdxBuilder().setClasses(300);
    assertThat(warnings(spec.build(), 1, 2, 3)).isEmpty();
    assertThat(datasets.check(spec.build(), Optional.empty()).classes()).isEqualTo(300);
    try (OpenDataset open = datasets.open(spec.build())) {
      assertThat(open.classes()).isEqualTo(300);
    }
    spec.getIdxBuilder().setClasses(3);
    assertThatThrownBy(() -> datasets.open(spec.build()))
        .hasMessage("l.gz has the label 3: labels must be below 3, as `classes` says");
    spec.getIdxBuilder().setClasses(1);
    assertThatThrownBy(() -> datasets.open(spec.build()))
        .isInstanceOfSatisfying(
            DatasetException.class,
            e -> assertThat(e.subject()).isEqualTo("variant.dataset.idx.classes"))
        .hasMessage("must be at least 2, was 1");
  }

  @Test
  void open_testLabelsBeyondTheTrainingClasses_saysWhatToWrite() throws IOException {
    TestFiles.write(directory.resolve("data/tl"), TestFiles.idx(new byte[20], 20));
    DatasetSpec.Builder spec = own(10, 10).setValidationSource(ValidationSource.TEST);
    datasets.open(spec.build()).close();
    byte[] labels = new byte[20];
    labels[19] = 3;
    TestFiles.write(directory.resolve("data/tl"), TestFiles.idx(labels, 20));
    assertThatThrownBy(() -> datasets.open(spec.build()))
        .hasMessage(
            "tl has the label 3: labels must be below 3, the number of classes of l.gz; where there"
                + " are more, write `classes`");
    spec.getIdxBuilder().setClasses(4);
    datasets.open(spec.build()).close();

    TestFiles.write(directory.resolve("data/ti"), TestFiles.images(20, 4, 5));
    assertThatThrownBy(() -> datasets.open(spec.build()))
        .hasMessage("ti has images of 4 x 5, and i of 4 x 6");
  }

  /** Files of the right length are enough for three of the five. */
  @Test
  void check_partOfCifar10_saysWhichBatchesAreThere() throws IOException {
    Path folder = Files.createDirectories(directory.resolve("data/cifar-10-batches-bin"));
    for (int batch : new int[] {3, 5}) {
      try (RandomAccessFile file =
          new RandomAccessFile(folder.resolve("data_batch_" + batch + ".bin").toFile(), "rw")) {
        file.setLength(30_730_000);
      }
    }
    DatasetSpec.Builder spec = DatasetSpec.newBuilder().setName("cifar10");
    DatasetSpec filled = filled(spec);
    assertThatThrownBy(() -> datasets.check(filled, Optional.empty()))
        .hasMessageStartingWith(
            "missing: cifar-10-batches-bin/data_batch_1.bin, cifar-10-batches-bin/data_batch_2.bin,"
                + " cifar-10-batches-bin/data_batch_4.bin (looked for in "
                + directory.resolve("data"))
        .hasMessageEndingWith("; with what is there, write `batches: [3, 5]`");
    assertThat(datasets.check(filled(spec.addAllBatches(List.of(3, 5))), Optional.empty()).train())
        .isEqualTo(18_000);
    assertThatThrownBy(() -> datasets.check(filled(spec), Optional.of(Cifar10n.WORSE)))
        .hasMessageStartingWith("missing: cifar-10n/worse_label.u8 (");
    assertThatThrownBy(
            () ->
                datasets.check(
                    filled(spec.setValidationSource(ValidationSource.TEST)), Optional.empty()))
        .hasMessageContaining("missing: cifar-10-batches-bin/test_batch.bin")
        .hasMessageNotContaining("batches: [");
  }

  private static DatasetSpec filled(DatasetSpec.Builder spec) {
    return SweepDefaults.fill(VariantSpec.newBuilder().setDataset(spec).build()).getDataset();
  }

  @Test
  void list_whatIsMissing_saidWithWhereItIsLookedFor() {
    assertThat(hint("strokes")).isEmpty();
    assertThat(hint("idx")).isEqualTo("looked for in " + directory.resolve("data"));
    assertThat(hint("mnist"))
        .contains("mnist/t10k-labels-idx1-ubyte", "looked for in", "downloads are off");
    Datasets nowhere = new Datasets(new DatasetFiles(null, directory.resolve("cache"), null));
    assertThat(nowhere.list())
        .filteredOn(info -> info.getName().equals("idx"))
        .allSatisfy(info -> assertThat(info.getAvailable()).isFalse());
  }

  private String hint(String name) {
    return datasets.list().stream()
        .filter(info -> info.getName().equals(name))
        .map(DatasetInfo::getHint)
        .findFirst()
        .orElseThrow();
  }
}
