package dev.rote.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data frames of all tables of trials, where Python has what reads them. */
class DataFramesIT {
  private static final Pattern PYTHON = Pattern.compile("```python\n(.*?)```", Pattern.DOTALL);
  private static final List<String> OF_TRIALS =
      List.of("trials", "epochs", "scores", "measurements");

  @TempDir private Path directory;

  /** Two sweeps on two examples each, one of which both have. */
  @BeforeEach
  void writeTables() throws IOException {
    write(new HandStudy("first", 0));
    write(new HandStudy("second", 1));
  }

  private void write(HandStudy study) throws IOException {
    SweepTables tables = new SweepTables(study.sweep());
    Path folder =
        Files.createDirectories(
            directory.resolve("out").resolve(study.sweep().getMetadata().getName()));
    for (String name : OF_TRIALS) {
      try (Writer out =
          Files.newBufferedWriter(folder.resolve(name + ".csv"), StandardCharsets.UTF_8)) {
        tables.write(name, study, new CsvRows(tables.table(name).columns(), out));
      }
      try (OutputStream out = Files.newOutputStream(folder.resolve(name + ".parquet"));
          ParquetRows rows = new ParquetRows(tables.table(name), out)) {
        tables.write(name, study, rows);
      }
    }
  }

  private List<String> python(String script) throws IOException, InterruptedException {
    Path log = directory.resolve("python.log");
    int end = run(log, script);
    assertThat(end).as(Files.readString(log)).isZero();
    return Files.readAllLines(log);
  }

  /* Debian's own, which has the packages that Debian installs. */
  private int run(Path log, String script) throws IOException, InterruptedException {
    return new ProcessBuilder("/usr/bin/python3", "-c", script)
        .directory(directory.toFile())
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start()
        .waitFor();
  }

  private void assumePython(String modules) throws IOException, InterruptedException {
    boolean there =
        Files.isExecutable(Path.of("/usr/bin/python3"))
            && run(directory.resolve("probe.log"), "import " + modules) == 0;
    assumeTrue(there, "no /usr/bin/python3 with " + modules);
  }

  private static String frames(String read, String suffix) {
    return """
    import pandas
    for name in ("trials", "epochs", "scores", "measurements"):
        frame = pandas.%s("out/first/" + name + "%s")
        print(name, *frame.shape, *frame.select_dtypes("number").columns)
    """
        .formatted(read, suffix);
  }

  @Test
  void shouldHaveNumbersInColumnsWhenPandasReadsCsv() throws Exception {
    assumePython("pandas");
    assertThat(python(frames("read_csv", ".csv")))
        .containsExactly(
            "trials 2 14 trial repetition diverged_at_epoch epochs steps parameters"
                + " training_seconds seed",
            "epochs 3 12 trial repetition epoch steps learning_rate examples accuracy loss",
            "scores 6 15 trial repetition epoch source_index label source_label value",
            "measurements 1 9 trial repetition epoch value");
  }

  @Test
  void shouldHaveTheSameWhenPyarrowReadsParquet() throws Exception {
    assumePython("pandas, pyarrow");
    assertThat(python(frames("read_parquet", ".parquet")))
        .hasSize(4)
        .anyMatch(line -> line.startsWith("scores 6 15 "));
  }

  @Test
  void shouldJoinScoresOfTwoSweepsAsTheGuideSays() throws Exception {
    assumePython("pandas");
    String guide =
        Files.readString(Path.of("..", "..", "docs", "tables.md"), StandardCharsets.UTF_8);
    Matcher block = PYTHON.matcher(guide);
    assertThat(block.find()).isTrue();
    assertThat(
            python(
                block.group(1)
                    + "print(len(both), *both.source_index, *both.value_first,"
                    + " *both.value_second)"))
        .last()
        .isEqualTo("1 41 2.0 0.5");
  }
}
