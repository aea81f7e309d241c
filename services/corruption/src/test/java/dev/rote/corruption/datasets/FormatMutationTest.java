package dev.rote.corruption.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.rote.spec.SweepDefaults;
import dev.rote.v1.DatasetSpec;
import dev.rote.v1.FileSet;
import dev.rote.v1.FileSet.Format;
import dev.rote.v1.OwnFiles;
import dev.rote.v1.VariantSpec;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every reader of a user's own files, on files that were changed at random: it reads what is there
 * or says by the file's name what is wrong. A thousand changes a reader; {@code
 * -Drote.mutations=100000} tries more.
 */
class FormatMutationTest {
  private static final int MUTATIONS = Integer.getInteger("rote.mutations", 1000);
  private static final long LONGEST_NANOS = 20_000_000_000L;

  @TempDir(factory = MemoryFolder.class)
  Path directory;

  private final SplittableRandom random = new SplittableRandom(20_27);
  private Path data = Path.of("");
  private int refused;
  private int accepted;

  @BeforeEach
  void begin() throws IOException {
    data = Files.createDirectories(directory.resolve("data"));
  }

  /** Flips, sets, cuts, doubles or grows parts of a file; the first and last bytes more often. */
  static byte[] mutated(byte[] original, SplittableRandom random) {
    byte[] bytes = original.clone();
    for (int change = random.nextInt(1, 4); change > 0 && bytes.length > 0; change--) {
      int part = random.nextInt(3);
      int within = Math.min(bytes.length, part == 2 ? bytes.length : 160);
      int at = random.nextInt(within);
      at = part == 1 ? bytes.length - 1 - at : at;
      switch (random.nextInt(7)) {
        case 0, 6 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt(256);
        case 2 -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 4), (byte) 0xFF);
        case 3 -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 4), (byte) 0);
        case 4 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
        default -> bytes = Arrays.copyOf(bytes, bytes.length + random.nextInt(1, 40));
      }
    }
    return bytes;
  }

  private static DatasetSpec spec(OwnFiles.Builder files) {
    return SweepDefaults.fill(
            VariantSpec.newBuilder()
                .setDataset(
                    DatasetSpec.newBuilder()
                        .setName("files")
                        .setTrainSize(1)
                        .setValidationSize(1)
                        .setFiles(files))
                .build())
        .getDataset();
  }

  private static OwnFiles.Builder files(String path, Format format) {
    return OwnFiles.newBuilder().setTrain(FileSet.newBuilder().setPath(path).setFormat(format));
  }

  /** Changes one file and reads the dataset, again and again. */
  private void mutate(String changed, OwnFiles.Builder files) throws IOException {
    Path file = data.resolve(changed);
    byte[] original = Files.readAllBytes(file);
    DatasetSpec spec = spec(files);
    read(spec, original);
    assertThat(accepted).as("the original is read").isEqualTo(1);
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] bytes = mutated(original, random);
      Files.write(file, bytes);
      read(spec, bytes);
    }
    assertThat(refused).as("refused").isGreaterThan(MUTATIONS / 20);
    assertThat(accepted).as("accepted").isGreaterThan(MUTATIONS / 500);
  }

  private void read(DatasetSpec spec, byte[] bytes) throws IOException {
    Path cache = directory.resolve("cache");
    long start = System.nanoTime();
    try (OpenDataset open = new Datasets(new DatasetFiles(data, cache, null)).open(spec)) {
      ExampleSource source = open.sources().get(0);
      byte[] levels = new byte[source.shape().values()];
      float[] numbers = new float[source.shape().values()];
      for (long n = 0; n < source.size(); n++) {
        if (source.isLevels()) {
          source.read(n, levels);
        } else {
          source.read(n, numbers);
        }
        assertThat(source.label(n)).isBetween(0, source.classes() - 1);
      }
      accepted++;
    } catch (DatasetException e) {
      assertThat(e.reason()).as(e.getMessage()).isNotEqualTo(DatasetException.Reason.UNREACHABLE);
      assertThat(String.valueOf(e.getMessage()).length()).as(e.getMessage()).isLessThan(700);
      refused++;
    } catch (RuntimeException | Error e) {
      Path kept = Files.write(Path.of("target", "mutation-that-failed"), bytes);
      fail("on the bytes in " + kept, e);
    } finally {
      clear(cache);
    }
    assertThat(System.nanoTime() - start).isLessThan(LONGEST_NANOS);
  }

  private static void clear(Path cache) throws IOException {
    if (Files.exists(cache)) {
      try (Stream<Path> files = Files.walk(cache)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  static byte[] npy(String type, String shape, byte[] values) {
    String header =
        "{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + shape + "), }\n";
    byte[] text = header.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer bytes =
        ByteBuffer.allocate(10 + text.length + values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    return bytes.putShort((short) text.length).put(text).put(values).array();
  }

  private static byte[] counting(int count) {
    byte[] values = new byte[count];
    for (int i = 0; i < count; i++) {
      values[i] = (byte) (i * 7);
    }
    return values;
  }

  private static byte[] labels(int count) {
    byte[] values = new byte[count];
    for (int i = 0; i < count; i++) {
      values[i] = (byte) (i % 3);
    }
    return values;
  }

  private static byte[] floats(int count) {
    ByteBuffer values = ByteBuffer.allocate(4 * count).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      values.putFloat(i / 3f);
    }
    return values.array();
  }

  @Test
  void open_mutatedNpy_readsOrSaysWhatIsWrong() throws IOException {
    Files.write(data.resolve("x.npy"), npy("<f4", "12, 3, 4", floats(144)));
    Files.write(data.resolve("y.npy"), npy("|u1", "12,", labels(12)));
    OwnFiles.Builder files = files("x.npy", Format.NUMPY);
    files.getTrainBuilder().setLabels("y.npy");
    mutate("x.npy", files);
  }

  @Test
  void open_mutatedLabels_readsOrSaysWhatIsWrong() throws IOException {
    Files.write(data.resolve("x.npy"), npy("|u1", "12, 3, 4", counting(144)));
    Files.write(data.resolve("y.npy"), npy("<U2", "12,", texts(12)));
    OwnFiles.Builder files = files("x.npy", Format.NUMPY);
    files.getTrainBuilder().setLabels("y.npy");
    mutate("y.npy", files);
  }

  private static byte[] texts(int count) {
    ByteBuffer values = ByteBuffer.allocate(8 * count).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      values.putInt('a' + i % 3).putInt(0);
    }
    return values.array();
  }

  @Test
  void open_mutatedNpz_readsOrSaysWhatIsWrong() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("x.npy"));
      zip.write(npy("|u1", "12, 5, 4", counting(240)));
      zip.putNextEntry(new ZipEntry("y.npy"));
      zip.write(npy("<i8", "12,", longs(12)));
    }
    Files.write(data.resolve("all.npz"), bytes.toByteArray());
    mutate("all.npz", files("all.npz", Format.NUMPY));
  }

  private static byte[] longs(int count) {
    ByteBuffer values = ByteBuffer.allocate(8 * count).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      values.putLong(i % 3);
    }
    return values.array();
  }

  @Test
  void open_mutatedIdx_readsOrSaysWhatIsWrong() throws IOException {
    byte[] values = floats(48);
    byte[] idx = TestFiles.idx(values, 12, 4);
    idx[2] = 0x0D;
    Files.write(data.resolve("x.idx"), idx);
    Files.write(data.resolve("y.idx"), TestFiles.labels(12));
    OwnFiles.Builder files = files("x.idx", Format.IDX);
    files.getTrainBuilder().setLabels("y.idx");
    mutate("x.idx", files);
  }

  @Test
  void open_mutatedGzip_readsOrSaysWhatIsWrong() throws IOException {
    Files.write(data.resolve("x.npy.gz"), TestFiles.gzip(npy("|u1", "12, 3, 4", counting(144))));
    Files.write(data.resolve("y.npy"), npy("|u1", "12,", labels(12)));
    OwnFiles.Builder files = files("x.npy.gz", Format.NUMPY);
    files.getTrainBuilder().setLabels("y.npy");
    mutate("x.npy.gz", files);
  }

  @Test
  void open_mutatedTable_readsOrSaysWhatIsWrong() throws IOException {
    StringBuilder text = new StringBuilder("a,\"b, too\",label\n");
    for (int i = 0; i < 12; i++) {
      text.append(i * 0.5).append(',').append(-i).append(",\"k").append(i % 3).append("\"\n");
    }
    Files.writeString(data.resolve("t.csv"), text);
    mutate("t.csv", files("t.csv", Format.TABLE));
  }

  @Test
  void open_mutatedPng_readsOrSaysWhatIsWrong() throws IOException {
    pictures("png");
    mutate("pictures/a/0.png", files("pictures", Format.FOLDER));
  }

  @Test
  void open_mutatedJpeg_readsOrSaysWhatIsWrong() throws IOException {
    pictures("jpg");
    mutate("pictures/a/0.jpg", files("pictures", Format.FOLDER));
  }

  private void pictures(String format) throws IOException {
    for (String name : List.of("a/0", "a/1", "b/0")) {
      BufferedImage image = new BufferedImage(16, 12, BufferedImage.TYPE_INT_RGB);
      for (int p = 0; p < 192; p++) {
        image.setRGB(p % 16, p / 16, (p * 40_503) & 0xFFFFFF);
      }
      Path file = data.resolve("pictures").resolve(name + "." + format);
      Files.createDirectories(file.getParent());
      assertThat(ImageIO.write(image, format, file.toFile())).isTrue();
    }
  }

  @Test
  void open_mutatedCifar_readsOrSaysWhatIsWrong() throws IOException {
    byte[] record = counting(3073);
    record[0] = 0;
    byte[] two = new byte[2 * record.length];
    System.arraycopy(record, 0, two, 0, record.length);
    System.arraycopy(record, 0, two, record.length, record.length);
    two[record.length] = 1;
    Files.write(data.resolve("b.bin"), two);
    mutate("b.bin", files("b.bin", Format.CIFAR10_BINARY));
  }

  @Test
  void open_mutatedPickle_readsOrSaysWhatIsWrong() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(
        "\u0080\u0002}q\u0001(U\u0006labels]q\u0005(K\u0000K\u0001K\u0002eU\u0004dataq\u0006cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\nK\u0000\u0085U\u0001b\u0087R(K\u0001K\u0003M\u0000\u000c\u0086cnumpy\ndtype\nU\u0002u1K\u0000K\u0001\u0087R(K\u0003U\u0001|NNNJ"
            .getBytes(StandardCharsets.ISO_8859_1));
    out.writeBytes(new byte[] {-1, -1, -1, -1, 'J', -1, -1, -1, -1, 'K', 0});
    out.writeBytes("tb\u0089T".getBytes(StandardCharsets.ISO_8859_1));
    out.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(9216).array());
    out.writeBytes(counting(9216));
    out.writeBytes("tbu.".getBytes(StandardCharsets.ISO_8859_1));
    Files.write(data.resolve("data_batch_1"), out.toByteArray());
    mutate("data_batch_1", files("data_batch_1", Format.CIFAR_PYTHON));
  }

  @Test
  void open_mutatedParquet_readsOrSaysWhatIsWrong() throws IOException, SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement sql = connection.createStatement()) {
      sql.execute(
          "COPY (SELECT i * 0.5 AS a, i::INT AS b, 'k' || (i %% 3) AS label FROM range(40) t(i)) TO '%s' (FORMAT PARQUET)"
              .formatted(data.resolve("t.parquet")));
    }
    mutate("t.parquet", files("t.parquet", Format.PARQUET));
  }
}
