package dev.rote.corruption.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.rote.corruption.formats.LabelListing;
import dev.rote.v1.LabelFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every reader of files of labels, on files that were changed at random: it reads what is there or
 * says by the file's name what is wrong. A thousand changes a reader; {@code
 * -Drote.mutations=100000} tries more.
 */
class LabelMutationTest {
  private static final int MUTATIONS = Integer.getInteger("rote.mutations", 1000);
  private static final long LONGEST_NANOS = 20_000_000_000L;
  private static final int EXAMPLES = 12;
  private static final int CLASSES = 3;

  @TempDir(factory = MemoryFolder.class)
  Path directory;

  private final SplittableRandom random = new SplittableRandom(20_28);
  private int refused;
  private int accepted;

  private void mutate(String name, byte[] original, LabelFile wanted) throws IOException {
    Path path = directory.resolve(name);
    NamedFile file = new NamedFile(name, path, "file");
    Files.write(path, original);
    read(file, wanted, original);
    assertThat(accepted).as("the original is read").isEqualTo(1);
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] bytes = FormatMutationTest.mutated(original, random);
      Files.write(path, bytes);
      read(file, wanted, bytes);
    }
    assertThat(refused).as("refused").isGreaterThan(MUTATIONS / 20);
    assertThat(accepted).as("accepted").isGreaterThan(MUTATIONS / 500);
  }

  private void read(NamedFile file, LabelFile wanted, byte[] bytes) throws IOException {
    long start = System.nanoTime();
    try {
      int[] labels =
          LabelListing.read(
              file, wanted, EXAMPLES, new LabelListing.Known(CLASSES, List.of()), Map::of);
      assertThat(labels).hasSize(EXAMPLES);
      for (int label : labels) {
        assertThat(label).isBetween(-1, CLASSES - 1);
      }
      accepted++;
    } catch (DatasetException e) {
      assertThat(e.reason()).as(e.getMessage()).isNotEqualTo(DatasetException.Reason.UNREACHABLE);
      assertThat(e).hasMessageContaining(file.name());
      assertThat(String.valueOf(e.getMessage()).length()).as(e.getMessage()).isLessThan(700);
      refused++;
    } catch (RuntimeException | Error e) {
      Path kept = Files.write(Path.of("target", "labels-that-failed"), bytes);
      fail("on the bytes in " + kept, e);
    }
    assertThat(System.nanoTime() - start).isLessThan(LONGEST_NANOS);
  }

  private static LabelFile column(String name) {
    return LabelFile.newBuilder().setColumn(name).build();
  }

  @Test
  void read_mutatedTable_readsOrSaysWhatIsWrong() throws IOException {
    StringBuilder text = new StringBuilder("label,\"of, which\"\n");
    for (int i = 0; i < EXAMPLES; i++) {
      text.append(i % CLASSES).append(",\"").append(EXAMPLES - 1 - i).append("\"\n");
    }
    LabelFile indexed = LabelFile.newBuilder().setIndexColumn("1").build();
    mutate("t.csv", text.toString().getBytes(StandardCharsets.UTF_8), indexed);
  }

  @Test
  void read_mutatedArray_readsOrSaysWhatIsWrong() throws IOException {
    byte[] labels = new byte[EXAMPLES];
    for (int i = 0; i < EXAMPLES; i++) {
      labels[i] = (byte) (i % CLASSES);
    }
    mutate(
        "a.npy",
        FormatMutationTest.npy("|u1", EXAMPLES + ",", labels),
        LabelFile.getDefaultInstance());
  }

  @Test
  void read_mutatedParquet_readsOrSaysWhatIsWrong() throws IOException, SQLException {
    Path file = directory.resolve("made.parquet");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement sql = connection.createStatement()) {
      sql.execute(
          "COPY (SELECT 'n' || i AS name, (i %% %d)::INT AS given FROM range(%d) t(i)) TO '%s' (FORMAT PARQUET)"
              .formatted(CLASSES, EXAMPLES, file));
    }
    mutate("p.parquet", Files.readAllBytes(file), column("given"));
  }

  @Test
  void read_mutatedDictionaryOfTorch_readsOrSaysWhatIsWrong() throws IOException {
    mutate(
        "d.pt",
        Files.readAllBytes(Path.of("src/test/resources/ecosystem/few-labels.pt")),
        column("noisy_label"));
  }
}
