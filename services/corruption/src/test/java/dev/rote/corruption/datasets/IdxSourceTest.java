package dev.rote.corruption.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rote.corruption.datasets.DatasetException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxSourceTest {
  @TempDir Path directory;

  private Path file(String name, byte[] bytes) throws IOException {
    return TestFiles.write(directory.resolve(name), bytes);
  }

  private static IdxSource open(Path images, Path labels) {
    return IdxSource.open(
        new NamedFile("own/images", images, "idx.trainImages"),
        new NamedFile("own/labels", labels, "idx.trainLabels"),
        IdxSource.Classes.COUNTED);
  }

  private static void fails(ThrowingCallable call, Reason reason, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            DatasetException.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .hasMessage(message);
  }

  /** Opens images of which {@code header} is the beginning, beside five labels. */
  private ThrowingCallable images(int... header) throws IOException {
    byte[] bytes = new byte[header.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) header[i];
    }
    Path images = file("images", bytes);
    Path labels = file("labels", TestFiles.labels(5));
    return () -> open(images, labels);
  }

  @Test
  void open_goodPair_examplesByIndex() throws IOException {
    try (IdxSource source =
        open(file("i", TestFiles.images(7, 2, 3)), file("l", TestFiles.labels(7)))) {
      assertThat(source.size()).isEqualTo(7);
      assertThat(source.classes()).isEqualTo(3);
      assertThat(source.shape()).isEqualTo(new ImageShape(1, 2, 3));
      byte[] image = new byte[6];
      source.read(4, image);
      assertThat(image).containsExactly(24, 25, 26, 27, 28, 29);
      assertThat(source.label(4)).isEqualTo(1);
    }
  }

  @Test
  void open_fourDimensions_channels() throws IOException {
    Path images = file("i", TestFiles.idx(new byte[24], 2, 3, 2, 2));
    try (IdxSource source = open(images, file("l", TestFiles.labels(2)))) {
      assertThat(source.shape()).isEqualTo(new ImageShape(3, 2, 2));
    }
  }

  @Test
  void open_lengthIsNotThatOfTheHeader_saysBoth() throws IOException {
    byte[] good = TestFiles.images(5, 2, 2);
    Path labels = file("l", TestFiles.labels(5));
    Path cut = file("cut", Arrays.copyOf(good, good.length - 1));
    fails(
        () -> open(cut, labels),
        Reason.DAMAGED,
        "own/images should have 36 bytes by its header (5 images of 2 x 2), and it has 35: it is"
            + " cut short");
    Path longer = file("longer", Arrays.copyOf(good, good.length + 4));
    fails(
        () -> open(longer, labels),
        Reason.DAMAGED,
        "own/images should have 36 bytes by its header (5 images of 2 x 2), and it has 40");
    fails(
        images(0, 0, 8, 3, 255, 255, 255, 255, 0, 0, 0, 1, 0, 0, 0, 1, 7),
        Reason.DAMAGED,
        "own/images should have 4294967311 bytes by its header (4294967295 images of 1 x 1), and it"
            + " has 17: it is cut short");
    fails(
        images(0, 0, 8, 3, 0, 0),
        Reason.DAMAGED,
        "own/images ends after 6 bytes, inside its header of 16");
  }

  @Test
  void open_anotherKindOfFile_isNotCalledDamaged() throws IOException {
    fails(
        images(0x89, 'P', 'N', 'G', 13, 10),
        Reason.REFUSED,
        "own/images is no IDX file: it begins with 89 50 4e 47 (PNG), a file of images with 00 00"
            + " 08 03, or 00 00 08 04 with channels");
    fails(
        images(0x1f, 0x8b, 8, 0),
        Reason.REFUSED,
        "own/images is no IDX file: it begins with 1f 8b 08 00 (gzip; let its name end in .gz), a"
            + " file of images with 00 00 08 03, or 00 00 08 04 with channels");
    fails(
        images(),
        Reason.REFUSED,
        "own/images is no IDX file: it begins with nothing, a file of images with 00 00 08 03, or"
            + " 00 00 08 04 with channels");
    fails(
        images(0, 0, 0x0D, 3, 0, 0, 0, 1),
        Reason.REFUSED,
        "own/images holds 32-bit floats: images must be unsigned bytes, 0 to 255 (in NumPy:"
            + " .astype('uint8'))");
    fails(
        images(0, 0, 0x0B, 3),
        Reason.REFUSED,
        "own/images holds 16-bit integers: images must be unsigned bytes, 0 to 255 (in NumPy:"
            + " .astype('uint8'))");
    fails(
        images(0, 0, 9, 3),
        Reason.REFUSED,
        "own/images holds signed bytes: images must be unsigned bytes, 0 to 255 (in NumPy:"
            + " .astype('uint8'))");
  }

  @Test
  void open_filesExchanged_asks() throws IOException {
    Path images = file("i", TestFiles.images(5, 2, 2));
    Path labels = file("l", TestFiles.labels(5));
    fails(
        () -> open(labels, images),
        Reason.REFUSED,
        "own/images has 1 dimension, images have 3 [n, rows, columns] or 4 [n, channels, rows,"
            + " columns]: is it the file of the labels?");
    fails(
        () -> open(images, images),
        Reason.REFUSED,
        "own/labels has 3 dimensions, labels have 1 [n]: is it the file of the images?");
  }

  @Test
  void open_dimensionsThatCannotBe_saidAsWritten() throws IOException {
    fails(
        images(0, 0, 8, 3, 0, 0, 0, 0, 0, 0, 0, 28, 0, 0, 0, 28),
        Reason.REFUSED,
        "own/images is empty: its header says [0, 28, 28] images");
    fails(
        images(0, 0, 8, 4, 0, 0, 0, 1, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255),
        Reason.REFUSED,
        "own/images has images of 4294967295 x 4294967295 x 4294967295: one may have at most 262144"
            + " values, channels times rows times columns");
  }

  /** What other tools write as [n, rows, columns, channels]. */
  @Test
  void open_channelsLast_saysHowToWriteThemFirst() throws IOException {
    Path labels = file("l", TestFiles.labels(2));
    Path colours = file("i", TestFiles.idx(new byte[2 * 28 * 28 * 3], 2, 28, 28, 3));
    assertThatThrownBy(() -> open(colours, labels))
        .hasMessageStartingWith(
            "own/images has the dimensions [2, 28, 28, 3], which read as 28 channels of 28 x 3"
                + " pixels. If channels come last, write them first")
        .hasMessageContaining("images.transpose(0, 3, 1, 2)");
    Path grey = file("g", TestFiles.idx(new byte[2 * 28 * 28], 2, 28, 28, 1));
    assertThatThrownBy(() -> open(grey, labels)).hasMessageContaining("28 channels of 28 x 1");

    /* Narrow images of many channels can be written, with rows and columns exchanged. */
    Path exchanged = file("e", TestFiles.idx(new byte[2 * 64 * 30], 2, 64, 1, 30));
    try (IdxSource source = open(exchanged, labels)) {
      assertThat(source.shape()).isEqualTo(new ImageShape(64, 1, 30));
    }
    Path square = file("s", TestFiles.idx(new byte[2 * 5 * 16], 2, 5, 4, 4));
    try (IdxSource source = open(square, labels)) {
      assertThat(source.shape()).isEqualTo(new ImageShape(5, 4, 4));
    }
  }

  @Test
  void open_labelsDoNotFit_saysWhichFileAndWhat() throws IOException {
    Path images = file("i", TestFiles.images(5, 2, 2));
    Path few = file("few", TestFiles.labels(4));
    fails(
        () -> open(images, few),
        Reason.REFUSED,
        "own/labels has 4 labels for the 5 images of own/images: there must be one for each");
    Path labels = file("l", TestFiles.labels(5));
    fails(
        () ->
            IdxSource.open(
                new NamedFile("own/images", images, "i"),
                new NamedFile("own/labels", labels, "l"),
                new IdxSource.Classes(2, "as `classes` says")),
        Reason.REFUSED,
        "own/labels has the label 2: labels must be below 2, as `classes` says");
  }

  @Test
  void open_publishedFile_damagedByItsPathWithExpectedAndActual() throws IOException {
    NamedFile images = NamedFile.published(file("i", TestFiles.images(5, 2, 2)));
    NamedFile few = NamedFile.published(file("few", TestFiles.labels(4)));
    assertThatThrownBy(() -> IdxSource.open(images, few, IdxSource.Classes.COUNTED))
        .isInstanceOfSatisfying(
            DatasetException.class,
            e -> {
              assertThat(e.reason()).isEqualTo(Reason.DAMAGED);
              assertThat(e.facts()).containsEntry("expected", "5").containsEntry("actual", "4");
            })
        .hasMessageStartingWith(few.path().toString());
  }

  @Test
  void read_fileCutAfterItWasOpened_saysSo() throws IOException {
    Path images = file("i", TestFiles.images(5, 2, 2));
    try (IdxSource source = open(images, file("l", TestFiles.labels(5)))) {
      Files.write(images, new byte[20]);
      fails(
          () -> source.read(3, new byte[4]),
          Reason.DAMAGED,
          "own/images became shorter while it was read");
    }
  }
}
