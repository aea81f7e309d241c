package dev.rote.corruption.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rote.corruption.datasets.DatasetException.Reason;
import dev.rote.corruption.datasets.IdxHeader.Content;
import dev.rote.corruption.datasets.OwnFiles.Wish;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnFilesTest {
  private static final byte[] IMAGES = TestFiles.images(50, 4, 4);
  @TempDir Path directory;
  private OwnFiles files;

  @BeforeEach
  void open() {
    files = new DatasetFiles(directory.resolve("data"), directory.resolve("cache"), null).own();
  }

  private static Wish images(String path) {
    return new Wish("trainImages", path, Content.IMAGES);
  }

  private void write(String path, byte[] bytes) throws IOException {
    TestFiles.write(directory.resolve("data").resolve(path), bytes);
  }

  private void fails(String path, Reason reason, String message) throws IOException {
    assertThatThrownBy(() -> files.locate(images(path)))
        .isInstanceOfSatisfying(
            DatasetException.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .hasMessage(message);
    Path cache = directory.resolve("cache");
    if (Files.exists(cache)) {
      try (Stream<Path> left = Files.walk(cache)) {
        assertThat(left.filter(Files::isRegularFile)).isEmpty();
      }
    }
  }

  @Test
  void locate_pathsOutside_refused() throws IOException {
    TestFiles.write(directory.resolve("secret"), IMAGES);
    fails(
        "../secret", Reason.REFUSED, "must be a path inside the datasets directory, was ../secret");
    String absolute = directory.resolve("secret").toString();
    fails(
        absolute, Reason.REFUSED, "must be a path inside the datasets directory, was " + absolute);
    write("folder/file", IMAGES);
    fails("folder", Reason.REFUSED, "must be a file, and folder is a directory");
  }

  @Test
  void locate_missing_saysWhere() throws IOException {
    fails(
        "none",
        Reason.MISSING,
        "none is missing: files of your own are looked for in the datasets directory, "
            + directory.resolve("data"));
  }

  @Test
  void locate_gzip_unpackedUnderTheNameAsWritten() throws IOException {
    write("own/mine.gz", TestFiles.gzip(IMAGES));
    NamedFile file = files.locate(images("own/mine.gz"));
    assertThat(file.path()).hasBinaryContent(IMAGES);
    assertThat(file.name()).isEqualTo("own/mine.gz");
  }

  @Test
  void locate_unpackedLongAgo_givesItsRoomBack_whatIsAskedForStays() throws IOException {
    write("old.gz", TestFiles.gzip(IMAGES));
    write("used.gz", TestFiles.gzip(TestFiles.images(51, 4, 4)));
    write("new.gz", TestFiles.gzip(TestFiles.images(52, 4, 4)));
    Path old = files.locate(images("old.gz")).path();
    Path used = files.locate(images("used.gz")).path();
    FileTime monthAgo = FileTime.from(Instant.now().minus(Duration.ofDays(30)));
    for (Path file : List.of(old, used)) {
      Files.setLastModifiedTime(file.resolveSibling(file.getFileName() + ".crc32c"), monthAgo);
    }
    files.locate(images("used.gz"));

    files.locate(images("new.gz"));

    assertThat(old).doesNotExist();
    assertThat(used).exists();
    assertThat(files.locate(images("old.gz")).path()).hasBinaryContent(IMAGES);
  }

  @Test
  void locate_unpackedByAnEarlierVersion_isUsedAsLongAsItsSumIsRight() throws Exception {
    write("mine.gz", TestFiles.gzip(IMAGES));
    Path unpacked = files.locate(images("mine.gz")).path();
    Files.delete(unpacked.resolveSibling(unpacked.getFileName() + ".crc32c"));
    Path sum = unpacked.resolveSibling(unpacked.getFileName() + ".sha256");
    Files.writeString(sum, VerifiedFiles.sum(unpacked) + "\n");
    FileTime before = Files.getLastModifiedTime(unpacked);

    assertThat(files.locate(images("mine.gz")).path()).isEqualTo(unpacked);
    assertThat(Files.getLastModifiedTime(unpacked)).isEqualTo(before);

    Files.write(unpacked, TestFiles.images(51, 4, 4));
    assertThat(files.locate(images("mine.gz")).path()).hasBinaryContent(IMAGES);
    assertThat(sum).doesNotExist();
  }

  @Test
  void locate_gzipChanged_newContent() throws IOException {
    write("mine.gz", TestFiles.gzip(IMAGES));
    assertThat(files.locate(images("mine.gz")).path()).hasBinaryContent(IMAGES);
    byte[] other = TestFiles.images(51, 4, 4);
    write("mine.gz", TestFiles.gzip(other));
    assertThat(files.locate(images("mine.gz")).path()).hasBinaryContent(other);
  }

  /** The cache has files by the content that they were made from. */
  @Test
  void locate_gzipThatChangesWhileItIsUnpacked_isUnpackedAsNeither() throws IOException {
    write("first.gz", TestFiles.gzip(TestFiles.images(52, 4, 4)));
    files.locate(images("first.gz"));
    write("mine.gz", TestFiles.gzip(IMAGES));
    byte[] other = TestFiles.gzip(TestFiles.images(51, 4, 4));
    OwnFiles meddled =
        new DatasetFiles(
                directory.resolve("data"),
                directory.resolve("cache"),
                null,
                null,
                new MeddlingClock(() -> write("mine.gz", other)))
            .own();

    assertThatThrownBy(() -> meddled.locate(images("mine.gz")))
        .isInstanceOfSatisfying(
            DatasetException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNREACHABLE))
        .hasMessage("mine.gz changed while it was read: try again when nobody writes to it");

    write("mine.gz", TestFiles.gzip(IMAGES));
    assertThat(meddled.locate(images("mine.gz")).path()).hasBinaryContent(IMAGES);
  }

  @Test
  void locate_gzipThatIsNone_saidByTheNameAsWritten() throws IOException {
    byte[] packed = TestFiles.gzip(IMAGES);
    write("own/cut.gz", Arrays.copyOf(packed, packed.length - 9));
    fails("own/cut.gz", Reason.DAMAGED, "own/cut.gz is cut short: its gzip stream has no end");
    write("own/plain.gz", IMAGES);
    fails("own/plain.gz", Reason.DAMAGED, "own/plain.gz cannot be unpacked: Not in GZIP format");
    byte[] flipped = packed.clone();
    flipped[packed.length - 5] ^= 1;
    write("own/flipped.gz", flipped);
    fails(
        "own/flipped.gz",
        Reason.DAMAGED,
        "own/flipped.gz cannot be unpacked: Corrupt GZIP trailer");
    write("own/labels.gz", TestFiles.gzip(TestFiles.labels(5)));
    fails(
        "own/labels.gz",
        Reason.REFUSED,
        "own/labels.gz has 1 dimension, images have 3 [n, rows, columns] or 4 [n, channels, rows,"
            + " columns]: is it the file of the labels?");
  }

  /** A small file that unpacks to much more than its header says, and one whose header does. */
  @Test
  void locate_gzipBomb_unpacksToNoMoreThanTheHeaderSays() throws IOException {
    byte[] bomb = new byte[64 << 20];
    System.arraycopy(IMAGES, 0, bomb, 0, IMAGES.length);
    write("own/bomb.gz", TestFiles.gzip(bomb));
    fails(
        "own/bomb.gz",
        Reason.DAMAGED,
        "own/bomb.gz should have 816 bytes by its header (50 images of 4 x 4), and goes on after"
            + " them");

    byte[] huge = IMAGES.clone();
    Arrays.fill(huge, 4, 8, (byte) 0xFF);
    byte[] packed = TestFiles.gzip(huge);
    write("own/huge.gz", packed);
    fails(
        "own/huge.gz",
        Reason.DAMAGED,
        "own/huge.gz should have 68719476736 bytes by its header (4294967295 images of 4 x 4), more"
            + " than gzip packs into the "
            + packed.length
            + " that it has");
    byte[] some = IMAGES.clone();
    some[6] = 1;
    write("own/some.gz", TestFiles.gzip(some));
    fails(
        "own/some.gz",
        Reason.DAMAGED,
        "own/some.gz should have 4912 bytes by its header (306 images of 4 x 4), and holds 816 of"
            + " 4912 bytes");
  }

  @Test
  void require_severalMissing_namesEach() throws IOException {
    write("b", IMAGES);
    assertThatThrownBy(() -> files.require(List.of(images("a"), images("b"), images("c"))))
        .hasMessageStartingWith("a, c are missing");
  }
}
