package dev.rote.corruption.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.rote.artifacts.Sha256;
import dev.rote.corruption.datasets.DataFile.Origin;
import dev.rote.corruption.datasets.IdxHeader.Content;
import dev.rote.corruption.datasets.OwnFiles.Wish;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every reader of files, on files that were changed at random: it reads what is there or says by
 * the file's name what is wrong, and keeps no more bytes than the file can hold. A thousand changes
 * a reader; {@code -Drote.mutations=100000} tries more.
 */
class ReaderMutationTest {
  private static final int MUTATIONS = Integer.getInteger("rote.mutations", 1000);
  private static final byte[] IMAGES = TestFiles.images(6, 3, 4);
  private static final byte[] LABELS = TestFiles.labels(6);
  private static final int RECORD = 1 + 3072;

  @TempDir(factory = MemoryFolder.class)
  Path directory;

  private final SplittableRandom random = new SplittableRandom(20_26);
  private int refused;
  private int accepted;

  @BeforeEach
  void write() throws IOException {
    TestFiles.write(directory.resolve("data/images"), IMAGES);
    TestFiles.write(directory.resolve("data/labels"), LABELS);
  }

  private interface Reading {
    void run() throws IOException;
  }

  /** Runs a reader on one changed file. */
  private void read(String name, byte[] bytes, Reading reading) throws IOException {
    try {
      reading.run();
      accepted++;
    } catch (DatasetException e) {
      assertThat(e).hasMessageContaining(name);
      assertThat(String.valueOf(e.getMessage()).length()).isLessThan(600);
      refused++;
    } catch (RuntimeException | Error e) {
      fail("on " + Arrays.toString(Arrays.copyOf(bytes, Math.min(bytes.length, 600))), e);
    }
  }

  /** Flips, sets, cuts, doubles or grows parts of a file; the first bytes more often. */
  private byte[] mutated(byte[] original) {
    byte[] bytes = original.clone();
    for (int change = random.nextInt(1, 4); change > 0 && bytes.length > 0; change--) {
      int most = random.nextBoolean() ? Math.min(bytes.length, 24) : bytes.length;
      int at = random.nextInt(most);
      switch (random.nextInt(6)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt(256);
        case 2 -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 4), (byte) 0xFF);
        case 3 -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 4), (byte) 0);
        case 4 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
        default -> bytes = Arrays.copyOf(bytes, bytes.length + random.nextInt(1, 40));
      }
    }
    return bytes;
  }

  private long cached() throws IOException {
    Path cache = directory.resolve("cache");
    if (!Files.exists(cache)) {
      return 0;
    }
    long bytes = 0;
    try (Stream<Path> files = Files.walk(cache)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        bytes += Files.size(file);
        Files.delete(file);
      }
    }
    return bytes;
  }

  private void checkBoth(int least) {
    assertThat(refused).as("refused").isGreaterThan(least);
    assertThat(accepted).as("accepted").isGreaterThan(MUTATIONS / 500);
  }

  private void idx(String changed, byte[] original) throws IOException {
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] bytes = mutated(original);
      Path file = directory.resolve("data").resolve(changed);
      Files.write(file, bytes);
      read(
          "own/" + changed,
          bytes,
          () -> {
            try (IdxSource source =
                IdxSource.open(
                    new NamedFile("own/images", directory.resolve("data/images"), "images"),
                    new NamedFile("own/labels", directory.resolve("data/labels"), "labels"),
                    IdxSource.Classes.COUNTED)) {
              byte[] image = new byte[source.shape().values()];
              for (long n = 0; n < source.size(); n++) {
                source.read(n, image);
                assertThat(source.label(n)).isBetween(0, source.classes() - 1);
              }
              assertThat(source.counts().unused(source.classes())).doesNotContain("null");
            }
          });
    }
    checkBoth(MUTATIONS / 3);
  }

  @Test
  void idxImages_mutated() throws IOException {
    idx("images", IMAGES);
  }

  @Test
  void idxLabels_mutated() throws IOException {
    idx("labels", LABELS);
  }

  /** Changes of the packed bytes, and of what was packed. */
  @Test
  void gzip_mutated() throws IOException {
    DatasetFiles files =
        new DatasetFiles(directory.resolve("data"), directory.resolve("cache"), null);
    byte[] packed = TestFiles.gzip(IMAGES);
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] bytes = i % 2 == 0 ? mutated(packed) : TestFiles.gzip(mutated(IMAGES));
      /* Another name each time, since sums are remembered while size and time of a file stay. */
      String name = "mine" + i + ".gz";
      Path file = TestFiles.write(directory.resolve("data").resolve(name), bytes);
      read(name, bytes, () -> files.own().locate(new Wish("f", name, Content.IMAGES)));
      Files.delete(file);
      assertThat(cached()).isLessThan(20_000);
    }
    checkBoth(MUTATIONS / 3);
  }

  @Test
  void cifar_mutated() throws IOException {
    byte[] original = new byte[4 * RECORD];
    for (int n = 0; n < 4; n++) {
      original[n * RECORD] = (byte) (2 * n);
    }
    Path file = directory.resolve("batch.bin");
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] bytes = mutated(original);
      Files.write(file, bytes);
      read(
          "batch.bin",
          bytes,
          () -> {
            try (CifarSource source =
                CifarSource.open(List.of(NamedFile.published(file)), List.of(0L), 4, 1, 10)) {
              byte[] image = new byte[CifarSource.SHAPE.values()];
              for (long n = 0; n < source.size(); n++) {
                source.read(n, image);
                assertThat(source.label(n)).isBetween(0, 9);
              }
            }
          });
    }
    checkBoth(MUTATIONS / 5);
  }

  @Test
  void humanLabels_mutated() throws IOException {
    Path folder = Files.createDirectories(directory.resolve("data/cifar-10n"));
    byte[] original = new byte[Cifar10n.LABELS];
    for (int i = 0; i < MUTATIONS / 10; i++) {
      byte[] bytes = mutated(original);
      Files.write(folder.resolve("worse_label.u8"), bytes);
      DatasetFiles files =
          new DatasetFiles(directory.resolve("data"), directory.resolve("cache"), null);
      read("worse_label.u8", new byte[0], () -> Cifar10n.WORSE.read(files));
    }
    assertThat(refused).isEqualTo(MUTATIONS / 10);
  }

  /** An archive whose bytes were changed before they were packed; its sum is right. */
  @Test
  void tar_mutated() throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("set/readme", new byte[700]);
    entries.put("set/one.bin", new byte[900]);
    entries.put("set/two.bin", new byte[30]);
    byte[] original = TestFiles.tar(entries);
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] bytes = mutated(original);
      byte[] sum = Sha256.of(ByteBuffer.wrap(bytes));
      read("one.bin", bytes, () -> entries(bytes, Sha256.hex(sum)));
      assertThat(cached()).isLessThan(4000);
    }
    checkBoth(MUTATIONS / 10);
  }

  private void entries(byte[] tar, String sum) throws IOException {
    Origin origin = Origin.archive(List.of(), sum, Map.of("set/one.bin", 900L, "set/two.bin", 30L));
    FileCache cache =
        new FileCache(directory.resolve("cache"), new VerifiedFiles(), java.time.Clock.systemUTC());
    try (InputStream in =
        new BoundedStream(new ByteArrayInputStream(tar), origin.unpackedBytes())) {
      Map<String, Path> kept =
          PublishedFiles.extract(new NamedFile("set/one.bin", directory, ""), in, origin, cache);
      kept.values().forEach(path -> assertThat(path).startsWith(directory.resolve("cache/set")));
    }
  }
}
