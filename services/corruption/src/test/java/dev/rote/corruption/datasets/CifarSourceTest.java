package dev.rote.corruption.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CifarSourceTest {
  private static final int PIXELS = 3072;
  @TempDir Path directory;

  private NamedFile file(String name, int labelBytes, int... labels) throws IOException {
    byte[] bytes = new byte[labels.length * (labelBytes + PIXELS)];
    for (int i = 0; i < labels.length; i++) {
      int at = i * (labelBytes + PIXELS);
      bytes[at + labelBytes - 1] = (byte) labels[i];
      for (int p = 0; p < PIXELS; p++) {
        bytes[at + labelBytes + p] = (byte) (labels[i] + p / 1024);
      }
    }
    return NamedFile.published(TestFiles.write(directory.resolve(name), bytes));
  }

  @Test
  void open_twoBatches_indicesInTheWholeDataset() throws IOException {
    List<NamedFile> files = List.of(file("b2", 1, 3, 4), file("b5", 1, 5, 6));
    try (CifarSource source = CifarSource.open(files, List.of(10_000L, 40_000L), 2, 1, 10)) {
      byte[] image = new byte[PIXELS];
      source.read(3, image);
      assertThat(source.size()).isEqualTo(4);
      assertThat(source.label(3)).isEqualTo(6);
      assertThat(image[0]).isEqualTo((byte) 6);
      assertThat(image[3071]).isEqualTo((byte) 8);
      assertThat(source.datasetIndex(1)).isEqualTo(10_001);
      assertThat(source.datasetIndex(3)).isEqualTo(40_001);
    }
  }

  @Test
  void label_cifar100_theFineOne() throws IOException {
    try (CifarSource source =
        CifarSource.open(List.of(file("f", 2, 99, 7)), List.of(0L), 2, 2, 100)) {
      assertThat(source.label(0)).isEqualTo(99);
      assertThat(source.label(1)).isEqualTo(7);
    }
  }

  @Test
  void label_beyondTheClasses_refused() throws IOException {
    try (CifarSource source =
        CifarSource.open(List.of(file("f", 1, 2, 10)), List.of(0L), 2, 1, 10)) {
      assertThatThrownBy(() -> source.label(1))
          .isInstanceOf(DatasetException.class)
          .hasMessageContaining("label of record 1 must be below 10, was 10");
    }
  }

  @Test
  void open_otherLength_refusedAndNothingLeftOpen() throws IOException {
    NamedFile good = file("g", 1, 2, 3);
    NamedFile cut =
        NamedFile.published(TestFiles.write(directory.resolve("c"), new byte[2 * 3073 - 1]));
    assertThatThrownBy(() -> CifarSource.open(List.of(good, cut), List.of(0L, 2L), 2, 1, 10))
        .isInstanceOf(DatasetException.class)
        .hasMessage(cut.path() + " is damaged: size must be 6146, was 6145");
  }
}
