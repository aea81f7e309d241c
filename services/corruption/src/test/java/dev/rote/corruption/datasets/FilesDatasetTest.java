package dev.rote.corruption.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.rote.artifacts.Sha256;
import dev.rote.corruption.datasets.DatasetException.Reason;
import dev.rote.spec.OwnContent;
import dev.rote.spec.SpecException;
import dev.rote.spec.SweepDefaults;
import dev.rote.v1.DatasetSpec;
import dev.rote.v1.FileSet;
import dev.rote.v1.InspectFilesRequest;
import dev.rote.v1.InspectFilesResponse;
import dev.rote.v1.OwnFiles;
import dev.rote.v1.VariantSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesDatasetTest {
  @TempDir Path directory;
  private Path data = Path.of("");
  private Datasets datasets = new Datasets(new DatasetFiles(null, Path.of("absent"), null));

  @BeforeEach
  void begin() throws IOException {
    data = Files.createDirectories(directory.resolve("data"));
    datasets = new Datasets(new DatasetFiles(data, directory.resolve("cache"), null));
    write("x.npy", FormatMutationTest.npy("|u1", "6, 2, 3", bytes(36)));
    write("y.npy", FormatMutationTest.npy("|u1", "6,", new byte[] {0, 1, 2, 0, 1, 2}));
  }

  private static byte[] bytes(int count) {
    byte[] values = new byte[count];
    for (int i = 0; i < count; i++) {
      values[i] = (byte) i;
    }
    return values;
  }

  private Path write(String name, byte[] content) throws IOException {
    return TestFiles.write(data.resolve(name), content);
  }

  private Path write(String name, String content) throws IOException {
    return write(name, content.getBytes(StandardCharsets.UTF_8));
  }

  private static OwnFiles.Builder files(String path, String labels) {
    FileSet.Builder set = FileSet.newBuilder().setPath(path);
    if (!labels.isEmpty()) {
      set.setLabels(labels);
    }
    return OwnFiles.newBuilder().setTrain(set);
  }

  private static DatasetSpec spec(OwnFiles.Builder files) {
    return SweepDefaults.fill(
            VariantSpec.newBuilder()
                .setDataset(
                    DatasetSpec.newBuilder()
                        .setName("files")
                        .setTrainSize(2)
                        .setValidationSize(1)
                        .setFiles(files))
                .build())
        .getDataset();
  }

  private AbstractThrowableAssert<?, ? extends Throwable> refusal(
      OwnFiles.Builder files, Reason reason) {
    return assertThatThrownBy(() -> datasets.open(spec(files)).close())
        .isInstanceOf(DatasetException.class)
        .satisfies(e -> assertThat(((DatasetException) e).reason()).isEqualTo(reason));
  }

  @Test
  void open_pairOfArrays_readsInOrder() {
    try (OpenDataset open = datasets.open(spec(files("x.npy", "y.npy")))) {
      ExampleSource source = open.sources().get(0);
      byte[] levels = new byte[6];
      source.read(5, levels);
      assertThat(levels).containsExactly(30, 31, 32, 33, 34, 35);
      assertThat(source.label(5)).isEqualTo(2);
      assertThat(open.classes()).isEqualTo(3);
    }
  }

  @Test
  void open_contentThatIsAnother_isRefused() {
    DatasetSpec spec =
        OwnContent.write(
            spec(files("x.npy", "y.npy")), datasets.content(List.of("x.npy", "y.npy")));
    datasets.open(spec).close();

    assertThatThrownBy(
            () -> {
              write("y.npy", FormatMutationTest.npy("|u1", "6,", new byte[] {2, 1, 2, 0, 1, 0}));
              datasets.open(spec);
            })
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("y.npy has the SHA-256")
        .hasMessageContaining("it has changed since");
  }

  /** The cache has examples by the content that they were read from. */
  @Test
  void open_fileThatChangesWhileItIsRead_isLaidDownAsNeither() throws IOException {
    datasets.open(spec(files("x.npy", "y.npy"))).close();
    byte[] labels = FormatMutationTest.npy("|u1", "6,", new byte[] {0, 1, 2, 0, 1, 1});
    byte[] other = FormatMutationTest.npy("|u1", "6,", new byte[] {2, 1, 2, 0, 1, 0});
    write("y.npy", labels);
    Datasets meddled = meddled(() -> write("y.npy", other));

    assertThatThrownBy(() -> meddled.open(spec(files("x.npy", "y.npy"))))
        .isInstanceOfSatisfying(
            DatasetException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNREACHABLE))
        .hasMessage("x.npy changed while it was read: try again when nobody writes to it");

    write("y.npy", labels);
    try (OpenDataset open = meddled.open(spec(files("x.npy", "y.npy")))) {
      assertThat(open.sources().get(0).label(0)).isZero();
      assertThat(open.sources().get(0).label(5)).isEqualTo(1);
    }
  }

  @Test
  void open_packedFileThatChangesWhileItIsUnpacked_isUnpackedAsNeither() throws IOException {
    write("first.npy.gz", TestFiles.gzip(npy(bytes(36))));
    datasets.open(spec(files("first.npy.gz", "y.npy"))).close();
    byte[] inputs = bytes(36);
    inputs[35] = 99;
    write("mine.npy.gz", TestFiles.gzip(npy(inputs)));
    Datasets meddled = meddled(() -> write("mine.npy.gz", TestFiles.gzip(npy(new byte[36]))));

    assertThatThrownBy(() -> meddled.open(spec(files("mine.npy.gz", "y.npy"))))
        .isInstanceOf(DatasetException.class)
        .hasMessage("mine.npy.gz changed while it was read: try again when nobody writes to it");

    write("mine.npy.gz", TestFiles.gzip(npy(inputs)));
    try (OpenDataset open = meddled.open(spec(files("mine.npy.gz", "y.npy")))) {
      byte[] levels = new byte[6];
      open.sources().get(0).read(5, levels);
      assertThat(levels).endsWith((byte) 99);
    }
  }

  private static byte[] npy(byte[] values) {
    return FormatMutationTest.npy("|u1", "6, 2, 3", values);
  }

  private Datasets meddled(MeddlingClock.Meddling meddling) {
    return new Datasets(
        new DatasetFiles(
            data, directory.resolve("cache"), null, null, new MeddlingClock(meddling)));
  }

  @Test
  void content_changedFile_isAnother() throws IOException {
    write("many/a.csv", "1,2,0\n3,4,1\n");
    write("many/b.csv", "1,2,0\n3,4,1\n");
    String before = datasets.content(List.of("many/*.csv")).get("many/*.csv");
    write("many/b.csv", "1,2,0\n3,4,2\n");

    assertThat(datasets.content(List.of("many/*.csv")).get("many/*.csv")).isNotEqualTo(before);
  }

  @Test
  void open_missingFile_saysWhereItWasLookedFor() {
    refusal(files("absent.npy", "y.npy"), Reason.MISSING).hasMessageContaining("absent.npy");
    refusal(files("absent/*.npy", ""), Reason.MISSING).hasMessageContaining("absent/*.npy");
    refusal(files("absent-*.npy", ""), Reason.MISSING).hasMessageContaining("absent-*.npy");
  }

  @Test
  void open_linkOutOfTheDirectory_isRefused() throws IOException {
    Path outside = Files.writeString(directory.resolve("secret.csv"), "1,0\n2,1\n");
    Files.createSymbolicLink(data.resolve("link.csv"), outside);
    Files.createSymbolicLink(data.resolve("up"), directory);

    refusal(files("link.csv", ""), Reason.REFUSED)
        .hasMessageContaining("a link leads link.csv out");
    refusal(files("up/secret.csv", ""), Reason.REFUSED).hasMessageContaining("a link leads");
    refusal(files("*.csv", ""), Reason.REFUSED).hasMessageContaining("a link leads");
  }

  @Test
  void open_folderWithALinkOut_isRefused() throws IOException {
    Path outside = Files.write(directory.resolve("secret.png"), bytes(9));
    Path folder = Files.createDirectories(data.resolve("pictures/a"));
    Files.createSymbolicLink(folder.resolve("0.png"), outside);
    refusal(files("pictures", ""), Reason.REFUSED).hasMessageContaining("a link leads");
  }

  /** Nobody but its owner may; the superuser reads it all the same. */
  @Test
  void open_fileThatMayNotBeRead_saysWhatToDo() throws IOException {
    assertThat(ByteFile.unreadable("x.npy", new AccessDeniedException("/data/x.npy")))
        .hasMessage(
            "x.npy may not be read by this service: let its user read it, and go through the"
                + " folders that it lies in (chmod a+rX)");
    Path file = data.resolve("x.npy");
    Files.setPosixFilePermissions(file, Set.of());
    assumeFalse(Files.isReadable(file), "this user reads every file");
    refusal(files("x.npy", "y.npy"), Reason.MISSING).hasMessageContaining("x.npy may not be read");
  }

  /** As of any files of several: their sums and paths, in order. */
  @Test
  void content_ofAFolder_isOfItsFilesNow() throws IOException {
    write("pictures/b/1.png", "one");
    write("pictures/a/2.png", "two");
    write("pictures/note.txt", "none");
    String lines = sum("two") + " pictures/a/2.png\n" + sum("one") + " pictures/b/1.png\n";
    assertThat(datasets.content(List.of("pictures"))).containsEntry("pictures", sum(lines));
    assertThat(datasets.content(List.of("pictures"))).containsEntry("pictures", sum(lines));

    write("pictures/a/2.png", "three");
    lines = lines.replace(sum("two"), sum("three"));
    assertThat(datasets.content(List.of("pictures"))).containsEntry("pictures", sum(lines));

    Path link = Files.createSymbolicLink(data.resolve("pictures/b/3.png"), write("4.png", "four"));
    lines += sum("four") + " pictures/b/3.png\n";
    assertThat(link).hasContent("four");
    assertThat(datasets.content(List.of("pictures"))).containsEntry("pictures", sum(lines));

    write("4.png", "fifth");
    assertThat(datasets.content(List.of("pictures")))
        .containsEntry("pictures", sum(lines.replace(sum("four"), sum("fifth"))));
  }

  /** A sum of several files is one of lines, and a name that has one of its own makes two alike. */
  @Test
  void content_ofNamesThatAreNoText_isRefused() throws IOException {
    write("pictures/a/1\n.png", "one");
    assertThatThrownBy(() -> datasets.content(List.of("pictures")))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("has a name with a line break");
    Files.move(data.resolve("pictures/a/1\n.png"), data.resolve("1\n.csv"));
    assertThatThrownBy(() -> datasets.content(List.of("*.csv")))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("has a name with a line break");
    assertThat(datasets.content(List.of("*.npy"))).as("others").containsKey("*.npy");
  }

  @Test
  void content_ofAFolder_isOfEveryFileUnderItsOwnName() throws IOException {
    write("pictures/a/x/1.png", "one");
    write("pictures/a/x\\1.png", "two");
    String lines = sum("one") + " pictures/a/x/1.png\n" + sum("two") + " pictures/a/x\\1.png\n";
    assertThat(datasets.content(List.of("pictures"))).containsEntry("pictures", sum(lines));

    Files.createSymbolicLink(data.resolve("latest"), data.resolve("pictures"));
    assertThat(datasets.content(List.of("latest")))
        .containsEntry("latest", sum(lines.replace("pictures/", "latest/")));
  }

  /** Whoever names a folder means all that is in it. */
  @Test
  void content_ofAFolderThatWouldBeReadInPart_isRefused() throws IOException {
    write("pictures/a/1.png", "one");
    Path link = data.resolve("pictures/a/2.png");
    Files.createSymbolicLink(link, data.resolve("absent.png"));
    assertThatThrownBy(() -> datasets.content(List.of("pictures")))
        .hasMessageContaining("pictures/a/2.png is a link that leads to no file");
    Files.delete(link);
    Path folder = Files.createDirectories(data.resolve("elsewhere"));
    Files.createSymbolicLink(data.resolve("pictures/b"), folder);
    assertThatThrownBy(() -> datasets.content(List.of("pictures")))
        .hasMessageContaining("pictures/b is a link to a folder, which is not followed");
    Files.delete(data.resolve("pictures/b"));
    write("pictures/a" + "/b".repeat(16) + "/1.png", "deep");
    assertThatThrownBy(() -> datasets.content(List.of("pictures")))
        .hasMessageContaining("lies too deep");
  }

  private static String sum(String text) {
    return Sha256.hex(Sha256.digest().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** What a heap of 192 MiB, as {@code ./rote} gives it, has room for. */
  @Test
  void bounds_ofWhatMemoryHolds_followTheHeap() {
    long heap = 192L << 20;
    assertThat(OwnSources.mostFiles(heap)).isEqualTo(1_572_864);
    assertThat(DistinctInputs.most(heap)).isEqualTo((1 << 22) - 1);
    assertThat(SeenInputs.mostPlaces(heap)).isEqualTo(1 << 22);

    SeenInputs seen = new SeenInputs(1 << 12);
    for (int i = 0; i < 2048; i++) {
      assertThat(seen.see(new byte[] {(byte) i, (byte) (i >> 8)}, i)).isEqualTo(-1);
    }
    assertThat(seen.isFull()).isFalse();
    assertThat(seen.see(new byte[] {9, 9}, 7)).isEqualTo(-1);
    assertThat(seen.isFull()).isTrue();
    assertThat(seen.kinds()).isEqualTo(2048);
    assertThat(seen.see(new byte[] {1, 1}, 7)).isEqualTo(257);
  }

  @Test
  void open_otherNumberOfLabels_saysBoth() throws IOException {
    write("five.npy", FormatMutationTest.npy("|u1", "5,", new byte[5]));
    refusal(files("x.npy", "five.npy"), Reason.REFUSED)
        .hasMessageContaining("has 6 examples in x.npy, and five.npy only 5 labels");
    write("seven.npy", FormatMutationTest.npy("|u1", "7,", new byte[7]));
    refusal(files("x.npy", "seven.npy"), Reason.REFUSED)
        .hasMessageContaining("has only 6 examples in x.npy, and seven.npy has more labels");
  }

  @Test
  void open_pageInPlaceOfAFile_saysSo() throws IOException {
    write("page.npz", "<!DOCTYPE html><html><body>404</body></html>");
    refusal(files("page.npz", ""), Reason.REFUSED).hasMessageContaining("a page of the web");
    write("page.csv.gz", "<html>404</html>");
    refusal(files("page.csv.gz", ""), Reason.DAMAGED)
        .hasMessageContaining("page.csv.gz cannot be unpacked");
  }

  @Test
  void open_headerOfMoreThanTheFileHas_isRefusedBeforeAnythingIsHeld() throws IOException {
    write("huge.npy", FormatMutationTest.npy("<f8", "999999999999, 28, 28", new byte[64]));
    refusal(files("huge.npy", "y.npy"), Reason.DAMAGED).hasMessageContaining("it is cut short");
    write("wide.npy", FormatMutationTest.npy("<f8", "6, 99999999999, 99999999999", new byte[64]));
    refusal(files("wide.npy", "y.npy"), Reason.REFUSED).hasMessageContaining("at most 262144");
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bomb)) {
      zip.putNextEntry(new ZipEntry("x.npy"));
      zip.write(FormatMutationTest.npy("|u1", "99999999999, 28, 28", new byte[64]));
      zip.putNextEntry(new ZipEntry("y.npy"));
      zip.write(FormatMutationTest.npy("|u1", "99999999999,", new byte[64]));
    }
    write("bomb.npz", bomb.toByteArray());
    refusal(files("bomb.npz", ""), Reason.DAMAGED).hasMessageContaining("more than zip packs");
    write(
        "bomb.npy.gz",
        TestFiles.gzip(FormatMutationTest.npy("|u1", "99999999999, 28, 28", new byte[9])));
    refusal(files("bomb.npy.gz", "y.npy"), Reason.DAMAGED)
        .hasMessageContaining("more than gzip packs");
    refusal(files("x.npy", "bomb.npy.gz"), Reason.DAMAGED)
        .hasMessageContaining("more than gzip packs");
  }

  @Test
  void open_objects_areRefused() throws IOException {
    write("o.npy", FormatMutationTest.npy("|O", "6,", bytes(80)));
    refusal(files("x.npy", "o.npy"), Reason.REFUSED).hasMessageContaining("Python objects");
  }

  @Test
  void open_numbersThatAreNone_saysRowAndColumn() throws IOException {
    write("nan.csv", "a,b,label\n1,2,0\n3,NaN,1\n");
    refusal(files("nan.csv", ""), Reason.REFUSED)
        .hasMessageContaining("nan.csv has \"NaN\" in row 1 (line 3), column b");
    write("inf.csv", "a,b,label\n1,2,0\n3,1e999,1\n");
    refusal(files("inf.csv", ""), Reason.REFUSED).hasMessageContaining("in row 1 (line 3)");
    write("none.csv", "a,b,label\n1,2,0\n3,,1\n");
    refusal(files("none.csv", ""), Reason.REFUSED).hasMessageContaining("has nothing in row 1");
    write("short.csv", "a,b,label\n1,2,0\n3,1\n");
    refusal(files("short.csv", ""), Reason.REFUSED).hasMessageContaining("has 2 fields in row 1");
    write(
        "nan.npy", FormatMutationTest.npy("<f4", "2, 1", new byte[] {0, 0, 0, 0, 0, 0, -64, 127}));
    write("two.npy", FormatMutationTest.npy("|u1", "2,", new byte[] {0, 1}));
    refusal(files("nan.npy", "two.npy"), Reason.REFUSED)
        .hasMessageContaining("the value NaN at position 0 in row 1 of nan.npy");
  }

  @Test
  void open_labelsThatDoNotNumberClassesFromZero_saysWhatToWrite() throws IOException {
    write("ones.npy", FormatMutationTest.npy("|u1", "6,", new byte[] {1, 2, 3, 1, 2, 3}));
    refusal(files("x.npy", "ones.npy"), Reason.REFUSED)
        .hasMessageContaining("`classes: [1, 2, 3]` makes class 0 of the label 1");
    try (OpenDataset open =
        datasets.open(spec(files("x.npy", "ones.npy").addAllClasses(List.of("1", "2", "3"))))) {
      assertThat(open.sources().get(0).label(0)).isZero();
      assertThat(open.classes()).isEqualTo(3);
    }
  }

  @Test
  void open_labelOutsideTheClasses_saysWhere() {
    refusal(files("x.npy", "y.npy").addAllClasses(List.of("0", "1")), Reason.REFUSED)
        .hasMessageContaining("must have the label 2 of row 2 of x.npy");
    refusal(files("x.npy", "y.npy").addAllClasses(List.of("cat", "dog")), Reason.REFUSED)
        .hasMessageContaining("there are 2 names, of the numbers 0 to 1");
    refusal(files("x.npy", "y.npy").addAllClasses(List.of("0", "1", "2", "3")), Reason.REFUSED)
        .hasMessageContaining("has the class 3, of which there is no training example");
  }

  @Test
  void open_severalColumnsOfLabels_asksForOne() throws IOException {
    write(
        "q.npy",
        FormatMutationTest.npy("|u1", "6, 2", new byte[] {0, 9, 1, 8, 2, 7, 0, 9, 1, 8, 2, 7}));
    refusal(files("x.npy", "q.npy"), Reason.REFUSED).hasMessageContaining("has 2 columns in q.npy");
    OwnFiles.Builder files = files("x.npy", "q.npy");
    files.getTrainBuilder().setLabel("0");
    datasets.open(spec(files)).close();
  }

  @Test
  void open_packedTwice_readsTheFileOnce() throws IOException {
    DatasetSpec spec = spec(files("x.npy", "y.npy"));
    datasets.open(spec).close();
    try (var kept = Files.list(directory.resolve("cache/packed"))) {
      assertThat(kept.filter(file -> !file.toString().endsWith(".crc32c"))).hasSize(1);
    }
    datasets.open(spec).close();
    try (var kept = Files.list(directory.resolve("cache/packed"))) {
      assertThat(kept.filter(file -> !file.toString().endsWith(".crc32c"))).hasSize(1);
    }
  }

  @Test
  void open_laidDownAndDamagedSince_isLaidDownAgain() throws IOException {
    DatasetSpec spec = spec(files("x.npy", "y.npy"));
    datasets.open(spec).close();
    Path laid;
    try (var kept = Files.list(directory.resolve("cache/packed"))) {
      laid = kept.filter(file -> !file.toString().endsWith(".crc32c")).findFirst().orElseThrow();
    }
    byte[] right = Files.readAllBytes(laid);
    byte[] wrong = right.clone();
    wrong[right.length / 2] ^= 1;
    Files.write(laid, wrong);
    Files.setLastModifiedTime(laid, FileTime.fromMillis(1_000_000_000_000L));

    datasets.open(spec).close();

    assertThat(laid).hasBinaryContent(right);
  }

  @Test
  void inspect_arrays_tellsCountsRangesDuplicatesAndClassesToWrite() throws IOException {
    byte[] repeated = bytes(36);
    System.arraycopy(repeated, 0, repeated, 30, 6);
    write("images.npy", FormatMutationTest.npy("|u1", "6, 2, 3", repeated));
    write("labels.npy", FormatMutationTest.npy("|u1", "6,", new byte[] {1, 2, 4, 1, 2, 4}));
    InspectFilesResponse told =
        datasets.inspect(
            InspectFilesRequest.newBuilder()
                .setSheet(true)
                .setFiles(files("images.npy", ""))
                .build());

    assertThat(told.getFiles().getTrain().getLabels()).isEqualTo("labels.npy");
    assertThat(told.getFiles().getClassesList()).containsExactly("1", "2", "4");
    assertThat(told.getSets(0).getExamples()).isEqualTo(6);
    assertThat(told.getSets(0).getClassExamplesList()).containsExactly(2L, 2L, 2L);
    assertThat(told.getSets(0).getDuplicates()).isEqualTo(1);
    assertThat(told.getSets(0).getContradictions()).isEqualTo(1);
    assertThat(told.getSets(0).getLeast()).isZero();
    assertThat(told.getSets(0).getGreatest()).isEqualTo(29);
    assertThat(told.getSheet().getPanelsCount()).isEqualTo(3);
    datasets.open(spec(told.getFiles().toBuilder())).close();
  }

  @Test
  void inspect_table_tellsWhatTheColumnsAreTakenFor() throws IOException {
    write(
        "table.csv",
        "id,width,city,height,species\n0,1.5,Bonn,\"2,5\",a\n1,2,Köln,\"3,0\",b\n2,1,Bonn,\"1,5\",a\n");
    assertThat(notes(files("table.csv", "")))
        .containsExactly(
            "inputs are numbers as they are in the files: radii and noise are in their units;"
                + " `standardize: true` makes the unit a standard deviation",
            "labels are the column species: `label` names another",
            "inputs are the columns id, width: `features` beside `path` names others, such as"
                + " `features: [id]`",
            "no input, since it holds text, is the column city",
            "no input, since its numbers have a decimal comma, is the column height: write them"
                + " with a point",
            "the column id counts the rows and is an input: leave it out by `features`");

    OwnFiles.Builder chosen = files("table.csv", "");
    chosen.getTrainBuilder().setLabel("species").addFeatures("width");
    assertThat(notes(chosen)).hasSize(1);
  }

  private List<String> notes(OwnFiles.Builder files) {
    return datasets
        .inspect(InspectFilesRequest.newBuilder().setFiles(files).build())
        .getNotesList();
  }

  @Test
  void open_labelThatIsNoArrayOfTheArchive_isRefused() throws IOException {
    archive("all.npz", Map.of("pics", npy(bytes(36)), "y", labels(6)));
    OwnFiles.Builder files = files("all.npz", "");
    files.getTrainBuilder().setLabel("foo");
    refusal(files, Reason.REFUSED)
        .hasMessageContaining(
            "all.npz has no array foo: `label` must be one of pics, y, or the number of a column");
    files.getTrainBuilder().setLabel("1");
    refusal(files, Reason.REFUSED)
        .hasMessageContaining(
            "has no column 1 in array y of all.npz, which has one: leave `label` out");
    files.getTrainBuilder().setLabel("0");
    datasets.open(spec(files)).close();
  }

  @Test
  void open_archiveWhoseLabelsAreTooFew_saysHowMany() throws IOException {
    archive("short.npz", Map.of("pics", npy(bytes(36)), "y", labels(5)));
    refusal(files("short.npz", ""), Reason.REFUSED)
        .hasMessageContaining(
            "it has pics [6, 2, 3], y [5], and labels must be as many as the 6 of pics");
  }

  private static byte[] labels(int count) {
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) (i % 3);
    }
    return FormatMutationTest.npy("|u1", count + ",", labels);
  }

  private void archive(String name, Map<String, byte[]> arrays) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> array : arrays.entrySet()) {
        zip.putNextEntry(new ZipEntry(array.getKey() + ".npy"));
        zip.write(array.getValue());
      }
    }
    write(name, bytes.toByteArray());
  }

  @Test
  void inspect_whatNoDatasetCouldBe_refusedByItsField() {
    OwnFiles.Builder large = files("x.npy", "y.npy");
    large.getResizeBuilder().setHeight(40_000).setWidth(40_000);
    assertRefused(large, "files.resize.height");
    String address = "https://host/x.npy";
    assertRefused(files(address, "").putContent(address, "../../x"), "files.content[" + address);
    assertRefused(files("stored:x", ""), "files.train.path");
    assertThatThrownBy(() -> datasets.content(List.of("x.npy", "stored:x")))
        .isInstanceOf(SpecException.class)
        .hasMessageStartingWith("paths[1]: must be as 'rote datasets put' prints it");
  }

  private void assertRefused(OwnFiles.Builder files, String field) {
    assertThatThrownBy(
            () -> datasets.inspect(InspectFilesRequest.newBuilder().setFiles(files).build()))
        .isInstanceOf(SpecException.class)
        .hasMessageStartingWith(field);
  }
}
