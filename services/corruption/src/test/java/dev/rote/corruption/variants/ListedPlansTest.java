package dev.rote.corruption.variants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rote.artifacts.Sha256;
import dev.rote.artifacts.variants.Shard;
import dev.rote.corruption.datasets.DatasetException;
import dev.rote.corruption.variants.PlannedVariant.Example;
import dev.rote.v1.ClassGroup;
import dev.rote.v1.IdxFiles;
import dev.rote.v1.LabelCorruption;
import dev.rote.v1.LabelFile;
import dev.rote.v1.VariantSpec;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Labels of one's own for two hundred examples of five classes, every tenth of them wrong. */
class ListedPlansTest {
  private static final int N = 200;
  private static final Path ECOSYSTEM = Path.of("src/test/resources/ecosystem");
  private static final Path PYTHON = Path.of("/usr/bin/python3");

  @TempDir static Path directory;

  @BeforeAll
  static void images() throws IOException {
    ByteBuffer images = ByteBuffer.allocate(16 + N * 4);
    images.putInt(0x803).putInt(N).putInt(2).putInt(2);
    ByteBuffer labels = ByteBuffer.allocate(8 + N);
    labels.putInt(0x801).putInt(N);
    for (int i = 0; i < N; i++) {
      images.putInt(i);
      labels.put((byte) own(i));
    }
    Files.write(directory.resolve("images"), images.array());
    Files.write(directory.resolve("labels"), labels.array());
  }

  private static int own(int example) {
    return example % 5;
  }

  /** Every tenth is one too high. */
  private static int noisy(int example) {
    return (own(example) + (example % 10 == 3 ? 1 : 0)) % 5;
  }

  private static VariantSpec.Builder labelled(String file, byte[] content) throws IOException {
    Files.write(directory.resolve(file), content);
    VariantSpec.Builder spec = VariantSpec.newBuilder();
    spec.getDatasetBuilder()
        .setName("idx")
        .setTrainSize(150)
        .setValidationSize(50)
        .setIdx(IdxFiles.newBuilder().setTrainImages("images").setTrainLabels("labels"));
    spec.getCorruptionBuilder()
        .getLabelsBuilder()
        .setRule(LabelCorruption.Rule.FILE)
        .setFile(
            LabelFile.newBuilder()
                .setPath(file)
                .setSha256(Sha256.hex(Sha256.of(ByteBuffer.wrap(content)))));
    return spec;
  }

  private static VariantSpec.Builder text(String file, String content) throws IOException {
    return labelled(file, content.getBytes(StandardCharsets.UTF_8));
  }

  private static String lines(IntUnaryOperator labels) {
    return IntStream.range(0, N)
        .map(labels)
        .mapToObj(label -> label + "\n")
        .collect(Collectors.joining());
  }

  private static LabelFile.Builder file(VariantSpec.Builder spec) {
    return spec.getCorruptionBuilder().getLabelsBuilder().getFileBuilder();
  }

  private static List<Example> train(VariantSpec.Builder spec) {
    return PlannedVariant.of(spec.build(), directory, directory.resolve("cache")).train();
  }

  private static void assertNoisy(VariantSpec.Builder spec) {
    List<Example> train = train(spec);
    assertThat(train).hasSize(150);
    for (Example example : train) {
      int source = (int) example.source();
      assertThat(example.original()).isEqualTo(own(source));
      assertThat(example.label()).isEqualTo(noisy(source));
      assertThat(example.mask()).isEqualTo(source % 10 == 3 ? Shard.LABEL_TREATED : 0);
    }
  }

  /** An array as numpy writes it. */
  private static byte[] npy(String type, int size, IntUnaryOperator labels) {
    String header = "{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + N + ",), }";
    String padded = header + " ".repeat(117 - header.length()) + "\n";
    ByteBuffer bytes = ByteBuffer.allocate(128 + N * size).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    bytes.putShort((short) 118).put(padded.getBytes(StandardCharsets.US_ASCII));
    for (int i = 0; i < N; i++) {
      if (size == 1) {
        bytes.put((byte) labels.applyAsInt(i));
      } else {
        bytes.putLong(labels.applyAsInt(i));
      }
    }
    return bytes.array();
  }

  @Test
  void file_ofEachKind_whatDiffersIsTheMask() throws IOException {
    assertNoisy(text("plain.txt", lines(ListedPlansTest::noisy)));
    assertNoisy(text("heading.csv", "label\n" + lines(ListedPlansTest::noisy)));
    assertNoisy(labelled("bytes.npy", npy("|u1", 1, ListedPlansTest::noisy)));
    assertNoisy(labelled("longs.npy", npy("<i8", 8, ListedPlansTest::noisy)));
  }

  /** In an order of their own, each with the index of its example. */
  @ParameterizedTest
  @ValueSource(strings = {",", "\t", ";"})
  void file_withIndices_inAnyOrder(String separator) throws IOException {
    String rows =
        IntStream.range(0, N)
            .map(i -> i * 37 % N)
            .mapToObj(i -> noisy(i) + separator + "x" + separator + i + "\n")
            .collect(Collectors.joining());
    VariantSpec.Builder spec =
        text("indexed.csv", String.join(separator, "given", "name", "index") + "\n" + rows);
    file(spec).setColumn("given").setIndexColumn("index");
    assertNoisy(spec);
    file(spec).setColumn("0").setIndexColumn("2");
    assertNoisy(spec);
  }

  @Test
  void file_ofParquet_itsColumnsAreRead() throws Exception {
    Path file = directory.resolve("labels.parquet");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement sql = connection.createStatement()) {
      sql.execute(
          "COPY (SELECT encode('unread') AS picture, i AS index, 'the ' || i AS name, (i %% 5 + CASE WHEN i %% 10 = 3 THEN 1 ELSE 0 END) %% 5 AS given FROM range(%d) t(i) ORDER BY (i * 37) %% %d) TO '%s' (FORMAT PARQUET)"
              .formatted(N, N, file));
    }
    VariantSpec.Builder spec = labelled("labels.parquet", Files.readAllBytes(file));
    file(spec).setColumn("given").setIndexColumn("index");
    assertNoisy(spec);
    file(spec).setColumn("name");
    assertRefused(
        spec,
        "labels.parquet has the label the 0 in row 0: labels must be classes of the dataset, 0 to"
            + " 4");
    file(spec).setColumn("none");
    assertRefused(spec, "`column` must be one of picture, index, name, given");
  }

  /** As CIFAR-10N and CIFAR-100N are published. */
  @Test
  void file_ofTorch_anArrayIsAColumn() throws IOException {
    byte[] saved = Files.readAllBytes(ECOSYSTEM.resolve("labels.pt"));
    VariantSpec.Builder spec = labelled("labels.pt", saved);
    file(spec).setColumn("noisy_label");
    assertNoisy(spec);
    file(spec).setColumn("noisy_coarse_label");
    /* A list of numbers is a column, too: here of two classes for five. */
    assertRefused(spec, "labels.pt has the dataset's label for 20.0 % of the examples");
    file(spec).clearColumn();
    assertRefused(
        spec,
        "labels.pt has the columns clean_label, noisy_label, clean_coarse_label,"
            + " noisy_coarse_label, and none is called label");
    assertRefused(
        labelled("cut.pt", Arrays.copyOf(saved, saved.length / 2)), "cut.pt is no dictionary");
  }

  /** In two folders, of which each has a picture called 00.png. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void file_withNamesOfPictures_inAnyOrder(boolean whole) throws IOException {
    StringBuilder rows = new StringBuilder("label,picture\n");
    for (int i = 59; i >= 0; i--) {
      String within = (i < 30 ? "a/" : "b/") + "%02d.png".formatted(i % 30 < 2 ? i % 30 : i);
      BufferedImage image = new BufferedImage(3, 3, BufferedImage.TYPE_BYTE_GRAY);
      image.setRGB(0, 0, i);
      Path picture = directory.resolve("pictures").resolve(within);
      Files.createDirectories(picture.getParent());
      assertThat(ImageIO.write(image, "png", picture.toFile())).isTrue();
      int label = i < 30 && i != 4 ? 0 : 1;
      rows.append(label).append(',').append(whole ? within : within.substring(2)).append('\n');
    }
    VariantSpec.Builder spec = text("named-" + whole + ".csv", rows.toString());
    spec.getDatasetBuilder()
        .clear()
        .setName("files")
        .setTrainSize(59)
        .setValidationSize(1)
        .getFilesBuilder()
        .getTrainBuilder()
        .setPath("pictures");
    file(spec).setFileColumn("picture");
    if (!whole) {
      assertRefused(spec, "for 01.png, and no picture of the training files has that name");
      return;
    }
    List<Example> examples = train(spec);
    assertThat(examples).filteredOn(example -> example.mask() != 0).hasSizeLessThanOrEqualTo(1);
    for (Example example : examples) {
      boolean wrong = example.source() == 4;
      assertThat(example.label()).isEqualTo(wrong ? 1 : example.source() < 30 ? 0 : 1);
      assertThat(example.mask()).isEqualTo(wrong ? Shard.LABEL_TREATED : 0);
    }
  }

  /** Every tenth example of class 3 is called 4. */
  @Test
  void file_besidePickedClasses_labelsFollowThem() throws IOException {
    VariantSpec.Builder spec = text("plain.txt", lines(ListedPlansTest::noisy));
    spec.getDatasetBuilder().clearTrainSize().clearValidationSize().addClasses(4).addClasses(3);
    List<Example> both = train(spec);
    assertThat(both).hasSize(72);
    for (Example example : both) {
      boolean wrong = example.source() % 10 == 3;
      assertThat(example.original()).isEqualTo(4 - own((int) example.source()));
      assertThat(example.label()).isEqualTo(wrong ? 0 : example.original());
      assertThat(example.mask()).isEqualTo(wrong ? Shard.LABEL_TREATED : 0);
    }

    spec.getDatasetBuilder().clearClasses().addClasses(3).addClasses(0);
    assertThat(train(spec))
        .as("called by a class that is left out")
        .allSatisfy(example -> assertThat(example.label()).isEqualTo(example.original()))
        .allSatisfy(example -> assertThat(example.mask()).isZero());

    spec.getDatasetBuilder()
        .clearClasses()
        .addClassGroups(ClassGroup.newBuilder().addClasses(3).addClasses(4))
        .addClassGroups(ClassGroup.newBuilder().addClasses(1));
    assertThat(train(spec))
        .as("called by a class that it was made one with")
        .allSatisfy(example -> assertThat(example.mask()).isZero())
        .extracting(Example::label)
        .containsOnly(0, 1);
  }

  @Test
  void file_atALevel_someOfTheWrongOnes() throws IOException {
    VariantSpec.Builder spec = text("plain.txt", lines(ListedPlansTest::noisy));
    spec.getCorruptionBuilder().getLabelsBuilder().setLevel(0.5);
    List<Example> train = train(spec);
    long wrong = train.stream().filter(example -> example.mask() != 0).count();
    assertThat(wrong).isBetween(1L, 14L);
    assertThat(train)
        .allSatisfy(
            example ->
                assertThat(example.label() != example.original()).isEqualTo(example.mask() != 0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1 | has 199 labels, and the dataset has 200 training examples: there must be one for each
          -1 | has more than 200 labels, and the dataset has 200 training examples
          """)
  void file_ofAnotherLength_isRefused(int fewer, String message) throws IOException {
    String all = lines(ListedPlansTest::noisy);
    VariantSpec.Builder spec =
        text("length.txt", fewer > 0 ? all.substring(2 * fewer) : all + "0\n");
    assertRefused(spec, "length.txt " + message);
  }

  @Test
  void file_inAnotherOrder_isRefusedByAgreement() throws IOException {
    VariantSpec.Builder spec = text("order.txt", lines(i -> own(i / 40)));
    assertRefused(
        spec,
        "order.txt has the dataset's label for 20.0 % of the examples, no more than chance (20.0"
            + " %)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          5 | has the label "5" in row 7 (line 8): labels must be classes of the dataset, 0 to 4
          -1 | has the label "-1" in row 7 (line 8)
          1.5 | has the label "1.5" in row 7 (line 8)
          cat | has the label "cat" in row 7 (line 8)
          """)
  void file_withALabelThatIsNone_isRefusedByItsRow(String label, String message)
      throws IOException {
    String[] all = lines(ListedPlansTest::noisy).split("\n");
    all[7] = label;
    assertRefused(text("none.txt", String.join("\n", all)), "none.txt " + message);
  }

  @Test
  void file_withIndicesThatAreNone_isRefused() throws IOException {
    String heading = "label,index\n";
    VariantSpec.Builder twice = text("twice.csv", heading + "0,0\n1,1\n0,0\n");
    file(twice).setIndexColumn("index");
    assertRefused(twice, "twice.csv has a second label for the example 0 in row 2 (line 4)");
    VariantSpec.Builder beyond = text("beyond.csv", heading + "0,0\n1,200\n");
    file(beyond).setIndexColumn("index");
    assertRefused(beyond, "has the index \"200\" in row 1 (line 3): it must be that of a training");
    VariantSpec.Builder missing = text("missing.csv", heading + "0,0\n1,1\n");
    file(missing).setIndexColumn("index");
    assertRefused(missing, "missing.csv has no label for the training example 2");
    VariantSpec.Builder column = text("column.csv", heading + "0,0\n1,1\n");
    file(column).setIndexColumn("key");
    assertRefused(column, "has no column key: `indexColumn` must be one of label, index");
    VariantSpec.Builder which = text("which.csv", "a,b\n0,0\n1,1\n");
    assertRefused(which, "has the columns a, b, and none is called label");
  }

  @Test
  void file_ofOtherContent_isRefusedWithItsSum() throws IOException {
    VariantSpec.Builder spec = text("sum.txt", lines(ListedPlansTest::noisy));
    String sum = file(spec).getSha256();
    file(spec).setSha256("0".repeat(64));
    assertRefused(spec, "sum.txt has the SHA-256 " + sum + ", not 000");
  }

  @Test
  void file_ofAKindThatIsNotRead_isRefused() throws IOException {
    assertRefused(text("labels.png", "x"), "is of no kind that labels are read from");
    assertRefused(text("text.pt", "x"), "text.pt is no dictionary of labels as torch.save writes");
  }

  private static void assertRefused(VariantSpec.Builder spec, String message) {
    assertThatThrownBy(() -> train(spec))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining(message);
  }

  /** As numpy and its savetxt write them. */
  @Test
  void file_writtenByNumpy_isRead() throws Exception {
    assumeTrue(Files.isExecutable(PYTHON), "no " + PYTHON);
    String script =
        """
        import numpy as np
        i = np.arange(200)
        noisy = (i % 5 + (i % 10 == 3)) % 5
        np.save('numpy.npy', noisy.astype('>i2'))
        np.save('columns.npy', np.asfortranarray(np.stack([i[::-1], noisy[::-1]], 1)))
        np.savetxt('numpy.csv', np.stack([i, noisy], 1), fmt='%d', delimiter=',', header='index,label', comments='')
        """;
    Process python =
        new ProcessBuilder(PYTHON.toString(), "-c", script)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(python.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assumeTrue(!said.contains("No module named 'numpy'"), "no numpy");
    assertThat(said).isEmpty();
    assertNoisy(labelled("numpy.npy", Files.readAllBytes(directory.resolve("numpy.npy"))));
    VariantSpec.Builder columns =
        labelled("columns.npy", Files.readAllBytes(directory.resolve("columns.npy")));
    file(columns).setColumn("1").setIndexColumn("0");
    assertNoisy(columns);
    VariantSpec.Builder table =
        labelled("numpy.csv", Files.readAllBytes(directory.resolve("numpy.csv")));
    file(table).setIndexColumn("index");
    assertNoisy(table);
  }
}
