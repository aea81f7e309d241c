package dev.rote.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rote.v1.Figure;
import dev.rote.v1.Report;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * All tables as others read them: Parquet by DuckDB, and by Python where it has what reads them.
 */
class DataFramesIT {
  private static final Pattern PYTHON = Pattern.compile("```python\n(.*?)```", Pattern.DOTALL);
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
    for (String name : SweepTables.names()) {
      try (Writer out =
          Files.newBufferedWriter(folder.resolve(name + ".csv"), StandardCharsets.UTF_8)) {
        write(tables, name, study, new CsvRows(tables.table(name).columns(), out));
      }
      try (OutputStream out = Files.newOutputStream(folder.resolve(name + ".parquet"));
          ParquetRows rows = new ParquetRows(tables.table(name), out)) {
        write(tables, name, study, rows);
      }
    }
  }

  private static void write(SweepTables tables, String name, HandStudy study, RowSink sink)
      throws IOException {
    if (SweepTables.isOfReport(name)) {
      tables.write(name, report(), sink);
    } else {
      tables.write(name, study, sink);
    }
  }

  /** A line of a point, a heat map of two colours, and a claim. */
  private static Report report() {
    Figure.Builder figure = Figure.newBuilder().setName("f");
    figure
        .addPanelsBuilder()
        .setTitle("left")
        .addMetrics("accuracy")
        .addSeriesBuilder()
        .setName("real")
        .addX(1)
        .addY(0.5)
        .addLow(0.25)
        .addHigh(0.75)
        .addRepetitions(2)
        .addDiverged(1);
    figure
        .addPanelsBuilder()
        .getHeatMapBuilder()
        .addRows("r")
        .addColumns("a")
        .addColumns("b")
        .addValues(1)
        .addValues(Double.NaN)
        .setRepetitions(3);
    figure
        .addVerdictsBuilder()
        .setClaim("it learns")
        .setStatisticName("mean")
        .setStatistic(0.9)
        .setComparison("above")
        .setThreshold(0.5)
        .setHolds(true);
    return Report.newBuilder().addFigures(figure).build();
  }

  /** What CSV has not: apostrophes before formulas are gone, and numbers that are none are told. */
  @Test
  void shouldHaveTheSameInParquetWhenDuckDbReadsIt() throws Exception {
    Path folder = directory.resolve("out").resolve("first");
    try (DuckDb duck = new DuckDb()) {
      for (String name : SweepTables.names()) {
        String from = " FROM '" + folder.resolve(name + ".parquet") + "'";
        List<String> lines = new ArrayList<>();
        lines.add(
            String.join(
                ",",
                duck.rows("SELECT column_name FROM (DESCRIBE SELECT *" + from + ")").stream()
                    .map(row -> row.get(0))
                    .toList()));
        for (List<String> row : duck.rows("SELECT *" + from)) {
          lines.add(
              row.stream()
                  .map(value -> value.equals("null") || value.equals("NaN") ? "" : value)
                  .collect(Collectors.joining(",")));
        }
        String csv = Files.readString(folder.resolve(name + ".csv")).replace("'=", "=");
        assertThat(lines).as(name).containsExactlyElementsOf(csv.lines().toList());
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
    for name in ("trials", "epochs", "examples", "scores", "measurements", "figures", "claims"):
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
            "examples 4 14 trial repetition epoch source_index label source_label margin loss"
                + " prediction presented_margin presented_loss presented_prediction",
            "scores 6 16 trial repetition epoch source_index label source_label prediction value",
            "measurements 1 9 trial repetition epoch value",
            "figures 3 16 panel x x_low x_high mean low high repetitions censored diverged",
            "claims 1 8 statistic threshold undecided");
  }

  @Test
  void shouldHaveTheSameWhenPyarrowReadsParquet() throws Exception {
    assumePython("pandas, pyarrow");
    assertThat(python(frames("read_parquet", ".parquet")))
        .hasSize(7)
        .anyMatch(line -> line.startsWith("scores 6 16 "));
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
