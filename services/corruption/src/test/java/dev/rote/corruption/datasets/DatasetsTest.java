package dev.rote.corruption.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rote.v1.DatasetSpec;
import dev.rote.v1.DatasetSpec.ValidationSource;
import dev.rote.v1.IdxFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
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
}
