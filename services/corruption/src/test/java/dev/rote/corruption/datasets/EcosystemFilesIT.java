package dev.rote.corruption.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rote.spec.SweepDefaults;
import dev.rote.v1.DatasetSpec;
import dev.rote.v1.FileSet;
import dev.rote.v1.OwnFiles;
import dev.rote.v1.OwnFiles.Values;
import dev.rote.v1.Resize;
import dev.rote.v1.VariantSpec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files that NumPy, pandas, PIL and DuckDB wrote of the first examples of MNIST and CIFAR-10, read
 * back: the same examples to the byte. Skipped without those datasets or Debian's python3-numpy,
 * python3-pandas and python3-pil.
 */
@Tag("datasets")
class EcosystemFilesIT {
  private static final int COUNT = 500;
  private static final int GREY = 784;
  private static final int COLOUR = 3072;
  private static final String BATCH = "cifar-10-batches-bin/data_batch_1.bin";

  @TempDir static Path directory;

  private static byte[] images = new byte[0];
  private static byte[] labels = new byte[0];
  private static byte[] colours = new byte[0];
  private static Datasets datasets = new Datasets(new DatasetFiles(null, Path.of("absent"), null));

  @BeforeAll
  static void write() throws Exception {
    Path real = Path.of(System.getProperty("rote.datasets", ""));
    assumeTrue(
        Files.isDirectory(real.resolve("mnist"))
            && Files.isRegularFile(real.resolve("cifar-10-batches-bin/data_batch_1.bin")),
        "no real datasets in rote.datasets=" + real);
    Path source = Files.createDirectories(directory.resolve("source"));
    Path target = Files.createDirectories(directory.resolve("data"));
    images = unpacked(real.resolve("mnist/train-images-idx3-ubyte.gz"), 16, COUNT * GREY);
    labels = unpacked(real.resolve("mnist/train-labels-idx1-ubyte.gz"), 8, COUNT);
    colours = new byte[COUNT * COLOUR];
    try (InputStream in =
        Files.newInputStream(real.resolve("cifar-10-batches-bin/data_batch_1.bin"))) {
      for (int i = 0; i < COUNT; i++) {
        in.readNBytes(1);
        in.readNBytes(colours, i * COLOUR, COLOUR);
      }
    }
    npy(source.resolve("images.npy"), images, COUNT + ", 28, 28");
    npy(source.resolve("labels.npy"), labels, COUNT + ",");
    npy(source.resolve("colours.npy"), colours, COUNT + ", 3, 32, 32");
    for (String file :
        List.of("mnist/train-images-idx3-ubyte.gz", "mnist/train-labels-idx1-ubyte.gz", BATCH)) {
      Path copy = target.resolve("original").resolve(file);
      Files.createDirectories(copy.getParent());
      Files.copy(real.resolve(file), copy);
    }
    python(source, target);
    duckdb(target);
    datasets = new Datasets(new DatasetFiles(target, directory.resolve("cache"), null));
  }

  private static byte[] unpacked(Path file, int skipped, int bytes) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      in.skipNBytes(skipped);
      return in.readNBytes(bytes);
    }
  }

  private static void npy(Path file, byte[] data, String shape) throws IOException {
    String header = "{'descr': '|u1', 'fortran_order': False, 'shape': (" + shape + "), }";
    byte[] padded =
        (header + " ".repeat(117 - header.length()) + "\n").getBytes(StandardCharsets.US_ASCII);
    ByteBuffer bytes = ByteBuffer.allocate(10 + padded.length + data.length);
    bytes.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    bytes.put((byte) padded.length).put((byte) (padded.length >> 8)).put(padded).put(data);
    Files.write(file, bytes.array());
  }

  private static void python(Path source, Path target) throws IOException, InterruptedException {
    Path log = directory.resolve("python.log");
    Path interpreter = Path.of("/usr/bin/python3");
    assumeTrue(
        Files.isExecutable(interpreter)
            && run(log, interpreter.toString(), "-c", "import numpy, pandas, PIL") == 0,
        "no /usr/bin/python3 with numpy, pandas and PIL");
    String script = Path.of("src/test/resources/ecosystem/write_files.py").toString();
    assertThat(run(log, interpreter.toString(), script, source.toString(), target.toString()))
        .as(Files.readString(log))
        .isZero();
  }

  private static int run(Path log, String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start()
        .waitFor();
  }

  /** Parquet as dataset hubs lay it out, by another library than the reader's. */
  private static void duckdb(Path target) throws SQLException {
    String rows =
        """
        SELECT %s, l.label AS label FROM read_blob('%s/encoded/*') b
        JOIN read_csv('%s/loose.csv') l ON b.filename LIKE '%%/' || l.file[1:5] ORDER BY l.file
        """;
    String struct = rows.formatted("{'bytes': b.content, 'path': l.file} AS image", target, target);
    String plain = rows.formatted("b.content AS picture", target, target);
    String names =
        "{\"info\": {\"features\": {\"image\": {\"_type\": \"Image\"}, \"label\": {\"names\":"
            + " [\"zero\", \"one\", \"two\", \"three\", \"four\", \"five\", \"six\", \"seven\","
            + " \"eight\", \"nine\"], \"_type\": \"ClassLabel\"}}}}";
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement sql = connection.createStatement()) {
      sql.execute("SET preserve_insertion_order = true");
      for (String codec : List.of("SNAPPY", "ZSTD", "GZIP", "UNCOMPRESSED")) {
        sql.execute(
            "COPY (%s) TO '%s/%s.parquet' (FORMAT PARQUET, COMPRESSION %s, KV_METADATA {huggingface: '%s'})"
                .formatted(struct, target, codec, codec, names));
      }
      sql.execute("COPY (%s) TO '%s/plain.parquet' (FORMAT PARQUET)".formatted(plain, target));
      for (int shard = 0; shard < 2; shard++) {
        sql.execute(
            "COPY (SELECT * FROM '%s/SNAPPY.parquet' LIMIT 250 OFFSET %d) TO '%s/train-%05d-of-00002.parquet' (FORMAT PARQUET)"
                .formatted(target, shard * 250, target, shard));
      }
      sql.execute(
          "COPY (SELECT * FROM read_csv('%s/measures.tsv', delim = '\t')) TO '%s/measures.parquet' (FORMAT PARQUET)"
              .formatted(target, target));
      sql.execute(
          "COPY (SELECT label, [#2, #3, #4] AS pixels FROM (SELECT label, p400, p401, p402 FROM read_csv('%s/pixels.csv'))) TO '%s/lists.parquet' (FORMAT PARQUET)"
              .replace("[#2, #3, #4]", "[p400, p401, p402]")
              .formatted(target, target));
    }
  }

  private static DatasetSpec spec(OwnFiles.Builder files, int examples) {
    return SweepDefaults.fill(
            VariantSpec.newBuilder()
                .setDataset(
                    DatasetSpec.newBuilder()
                        .setName("files")
                        .setTrainSize(examples - 1)
                        .setValidationSize(1)
                        .setFiles(files))
                .build())
        .getDataset();
  }

  private static OwnFiles.Builder files(String path, String labels) {
    FileSet.Builder set = FileSet.newBuilder().setPath(path);
    if (!labels.isEmpty()) {
      set.setLabels(labels);
    }
    return OwnFiles.newBuilder().setTrain(set);
  }

  private interface Reading {
    void of(ExampleSource source) throws IOException;
  }

  private static void read(OwnFiles.Builder files, int examples, Reading reading)
      throws IOException {
    try (OpenDataset open = datasets.open(spec(files, examples))) {
      ExampleSource source = open.sources().get(0);
      assertThat(source.size()).isEqualTo(examples);
      reading.of(source);
    }
  }

  private static void assertSame(OwnFiles.Builder files, byte[] expected, ImageShape shape)
      throws IOException {
    read(
        files,
        COUNT,
        source -> {
          assertThat(source.shape()).isEqualTo(shape);
          assertThat(source.classes()).isEqualTo(10);
          assertThat(source.isLevels()).isTrue();
          assertFirst(source, expected, i -> labels[i]);
        });
  }

  private static final ImageShape DIGIT = new ImageShape(1, 28, 28);
  private static final ImageShape PHOTO = new ImageShape(3, 32, 32);

  @ParameterizedTest
  @CsvSource({
    "packed.npz,",
    "fortran.npy, labels.npy",
    "wide.npy, labels.npy",
    "wide.npy, names.npy",
    "SNAPPY.parquet,",
    "ZSTD.parquet,",
    "GZIP.parquet,",
    "UNCOMPRESSED.parquet,",
    "plain.parquet,",
    "train-*-of-00002.parquet,",
    "loose, loose.csv",
  })
  void shouldReadDigitsToTheByteWhenOthersWroteThem(String path, String labels) throws Exception {
    assertSame(files(path, labels == null ? "" : labels), images, DIGIT);
  }

  @Test
  void shouldReadDigitsToTheByteWhenPyarrowWroteThem() throws Exception {
    assumeTrue(
        Files.exists(directory.resolve("data/arrow.parquet")), "no /usr/bin/python3 with pyarrow");
    assertSame(files("arrow.parquet", ""), images, DIGIT);
  }

  /** Levels, and the same as numbers of every type. */
  @ParameterizedTest
  @ValueSource(strings = {"u1", "i2", "i4", "f4", "f8"})
  void shouldReadDigitsToTheByteWhenIdxHasAnyType(String type) throws Exception {
    OwnFiles.Builder files = files(type + ".idx", "labels.idx");
    assertSame(type.startsWith("f") ? files.setValues(Values.LEVELS) : files, images, DIGIT);
  }

  @Test
  void shouldAskWhichLabelsAreMeantWhenTheyBeginAtOneOrHaveColumns() throws Exception {
    OwnFiles.Builder letters = files("u1.idx", "letters.idx");
    assertThatThrownBy(() -> read(letters, COUNT, source -> {}))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining(
            "`classes: [1, 2, 3, 4, 5, 6, 7, 8, …, 10]` makes class 0 of the label 1");
    for (int label = 1; label <= 10; label++) {
      letters.addClasses("" + label);
    }
    assertSame(letters, images, DIGIT);

    OwnFiles.Builder columns = files("u1.idx", "qmnist.idx");
    assertThatThrownBy(() -> read(columns, COUNT, source -> {}))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("has 8 columns in qmnist.idx");
    columns.getTrainBuilder().setLabel("0");
    assertSame(columns, images, DIGIT);
  }

  /** As they are published, and as the datasets of those names are read. */
  @Test
  void shouldReadOriginalsToTheByteWhenTheyAreNamedAsFiles() throws Exception {
    String folder = "original/mnist/train-";
    read(
        files(folder + "images-idx3-ubyte.gz", folder + "labels-idx1-ubyte.gz"),
        60_000,
        source -> assertFirst(source, images, i -> labels[i]));
    byte[] batch = Files.readAllBytes(directory.resolve("data/original").resolve(BATCH));
    read(
        files("original/" + BATCH, ""),
        10_000,
        source -> assertFirst(source, colours, i -> batch[i * (1 + COLOUR)]));
  }

  private static void assertFirst(
      ExampleSource source, byte[] expected, IntUnaryOperator expectedLabel) {
    byte[] levels = new byte[source.shape().values()];
    for (int i = 0; i < COUNT; i++) {
      source.read(i, levels);
      assertThat(levels)
          .as("example " + i)
          .isEqualTo(Arrays.copyOfRange(expected, i * levels.length, (i + 1) * levels.length));
      assertThat(source.label(i)).as("label " + i).isEqualTo(expectedLabel.applyAsInt(i));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"pixels.csv", "pixels.csv.gz"})
  void shouldReadDigitsToTheByteWhenPixelsAreColumns(String path) throws Exception {
    assertSame(files(path, "").addShape(28).addShape(28), images, DIGIT);
  }

  @ParameterizedTest
  @CsvSource({
    "first.npy, labels.npy",
    "last.npy, labels.npy",
    "data_batch_1,",
    "python3_batch,",
    "hundred.bin,",
    "hundred,"
  })
  void shouldReadColoursToTheByteWhenChannelsComeFirstOrLast(String path, String labels)
      throws Exception {
    assertSame(files(path, labels == null ? "" : labels), colours, PHOTO);
  }

  @Test
  void shouldTakeTheFolderAsLabelWhenClassesHaveOne() throws Exception {
    read(
        files("folder", ""),
        COUNT,
        source -> {
          byte[] levels = new byte[GREY];
          int[] order = byClass();
          for (int i = 0; i < COUNT; i++) {
            source.read(i, levels);
            assertThat(levels)
                .isEqualTo(Arrays.copyOfRange(images, order[i] * GREY, (order[i] + 1) * GREY));
            assertThat(source.label(i)).isEqualTo(labels[order[i]]);
          }
        });
  }

  /** Examples in the order of a folder of classes. */
  private static int[] byClass() {
    return java.util.stream.IntStream.range(0, COUNT)
        .boxed()
        .sorted(java.util.Comparator.comparing((Integer i) -> labels[i]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  @Test
  void shouldReadJpegWithinTwoLevelsOfPil() throws Exception {
    byte[] decoded = data("photos.npy", COUNT * COLOUR);
    byte[] grey = data("grey.npy", COUNT * 1024);
    assertNear(files("photos", ""), decoded, COUNT, COLOUR);
    assertNear(files("photos", "").setChannels(1), grey, COUNT, 1024);
  }

  @Test
  void shouldResizeWithinTwoLevelsOfPil() throws Exception {
    byte[] resized = data("resized.npy", 40 * 3 * 16 * 24);
    Resize.Builder size = Resize.newBuilder().setHeight(16).setWidth(24);
    assertNear(files("unlike", "").setResize(size), resized, 40, 3 * 16 * 24);
    assertThatThrownBy(() -> read(files("unlike", ""), 40, source -> {}))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("unlike/c")
        .hasMessageContaining("resize: {height: ");
  }

  private static byte[] data(String name, int bytes) throws IOException {
    byte[] all = Files.readAllBytes(directory.resolve("data").resolve(name));
    return Arrays.copyOfRange(all, all.length - bytes, all.length);
  }

  private static void assertNear(OwnFiles.Builder files, byte[] expected, int count, int values)
      throws IOException {
    read(
        files,
        count,
        source -> {
          int[] order =
              java.util.stream.IntStream.range(0, count)
                  .boxed()
                  .sorted(java.util.Comparator.comparing((Integer i) -> labels[i]))
                  .mapToInt(Integer::intValue)
                  .toArray();
          byte[] levels = new byte[values];
          int most = 0;
          for (int i = 0; i < count; i++) {
            source.read(i, levels);
            for (int v = 0; v < values; v++) {
              most =
                  Math.max(
                      most,
                      Math.abs((levels[v] & 0xFF) - (expected[order[i] * values + v] & 0xFF)));
            }
          }
          assertThat(most).isLessThanOrEqualTo(2);
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"floats.npy", "halves.npy", "doubles.npy"})
  void shouldKeepNumbersWhenTypesAreFloats(String path) throws Exception {
    read(
        files(path, "labels.npy"),
        COUNT,
        source -> {
          assertThat(source.isLevels()).isFalse();
          assertThat(source.shape().values()).isEqualTo(GREY);
          float[] numbers = new float[GREY];
          double tolerance = path.startsWith("halves") ? 0x1p-11 : 0;
          for (int i = 0; i < COUNT; i++) {
            source.read(i, numbers);
            for (int v = 0; v < GREY; v++) {
              int level = images[i * GREY + v] & 0xFF;
              float expected = path.startsWith("floats") ? level / 255f : (float) (level / 255.0);
              assertThat(numbers[v]).isCloseTo(expected, within((float) tolerance));
            }
          }
        });
  }

  @Test
  void shouldReadTheSetThatItsArraysNameWhenAnArchiveHasSeveral() throws Exception {
    OwnFiles.Builder files =
        files("medical.npz", "").setValidation(FileSet.newBuilder().setPath("medical.npz"));
    try (OpenDataset open = datasets.open(spec(files, COUNT))) {
      assertThat(open.sources()).hasSize(2);
      assertThat(open.sources().get(0).size()).isEqualTo(COUNT);
      assertThat(open.sources().get(1).size()).isEqualTo(50);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"measures.csv", "measures.tsv", "measures.parquet"})
  void shouldReadFeaturesAndNamesWhenPandasWroteATable(String path) throws Exception {
    read(
        files(path, ""),
        COUNT,
        source -> {
          assertThat(source.shape()).isEqualTo(new ImageShape(1, 1, 2));
          float[] row = new float[2];
          for (int i = 0; i < COUNT; i++) {
            source.read(i, row);
            long sum = 0;
            for (int v = 0; v < GREY; v++) {
              sum += images[i * GREY + v] & 0xFF;
            }
            assertThat(row[0]).isCloseTo((float) (sum / (double) GREY), within(1e-5f));
            assertThat(row[1]).isEqualTo((float) ((images[i * GREY + 14 * 28 + 14] & 0xFF) / 7.0));
            assertThat(source.label(i)).isEqualTo(labels[i]);
          }
        });
  }

  @Test
  void shouldReadListsOfNumbersWhenAParquetColumnHasThem() throws Exception {
    OwnFiles.Builder files = OwnFiles.newBuilder().setValues(Values.LEVELS);
    files.getTrainBuilder().setPath("lists.parquet").setImage("pixels");
    read(
        files,
        COUNT,
        source -> {
          byte[] three = new byte[3];
          for (int i = 0; i < COUNT; i++) {
            source.read(i, three);
            assertThat(three).isEqualTo(Arrays.copyOfRange(images, i * GREY + 400, i * GREY + 403));
          }
        });
  }

  @Test
  void shouldStandardizeByTheTrainingFilesWhenAsked() throws Exception {
    read(
        files("measures.csv", "").setStandardize(true),
        COUNT,
        source -> {
          float[] row = new float[2];
          double sum = 0;
          double squares = 0;
          for (int i = 0; i < COUNT; i++) {
            source.read(i, row);
            sum += row[1];
            squares += (double) row[1] * row[1];
          }
          assertThat(sum / COUNT).isCloseTo(0, within(1e-6));
          assertThat(squares / COUNT).isCloseTo(1, within(1e-6));
        });
  }

  @Test
  void shouldReadEveryKindOfPng() throws Exception {
    OwnFiles.Builder files = files("modes", "").setChannels(1);
    read(
        files,
        6,
        source -> {
          byte[] levels = new byte[GREY];
          /* In the order of the folders: 1, 3, 5, then 0, 2, 4; the last is black and white. */
          int[] order = {1, 3, 5, 0, 2};
          List<Integer> classes = List.of(0, 0, 0, 1, 1);
          for (int i = 0; i < order.length; i++) {
            source.read(i, levels);
            assertThat(levels)
                .as("picture " + order[i])
                .isEqualTo(Arrays.copyOfRange(images, order[i] * GREY, (order[i] + 1) * GREY));
            assertThat(source.label(i)).isEqualTo(classes.get(i));
          }
          source.read(5, levels);
          for (int v = 0; v < GREY; v++) {
            assertThat(levels[v] & 0xFF).isEqualTo((images[4 * GREY + v] & 0xFF) > 127 ? 255 : 0);
          }
        });
  }

  @Test
  void shouldRefuseObjectsWhenAnArrayHasThem() {
    assertThatThrownBy(() -> read(files("objects.npy", "labels.npy"), COUNT, source -> {}))
        .isInstanceOf(DatasetException.class)
        .hasMessageStartingWith("objects.npy holds Python objects");
  }
}
