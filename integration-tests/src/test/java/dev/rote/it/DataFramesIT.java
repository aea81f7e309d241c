package dev.rote.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rote.embedded.Part;
import dev.rote.testkit.Laboratory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every table of ours becomes a data frame whose numbers are numbers, as the guide promises. */
@ExtendWith(SharedLaboratory.class)
class DataFramesIT {
  private static final Pattern PYTHON = Pattern.compile("```python\n(.*?)```", Pattern.DOTALL);
  private static final String FRAMES =
      """
      import glob, pandas
      for path in sorted(glob.glob("out/**/*.csv", recursive=True)):
          frame = pandas.read_csv(path)
          assert len(frame) > 0 and frame.columns.is_unique, path
          assert not [name for name in frame.columns if name.startswith("Unnamed")], path
          words = [name for name in frame.columns if frame[name].dtype == object]
          print(path, len(frame), "words:", *words)
      """;

  private final Path work;

  DataFramesIT() throws IOException {
    work = DocumentationIT.workplace();
  }

  @Test
  void shouldHaveNumbersInColumnsWhenPandasReadsWhatWeWrite(Laboratory laboratory)
      throws Exception {
    Path log = work.resolve("frames.log");
    assumeTrue(
        new UserShell(work, log, Map.of())
                .run(UserShell.CLIENT_PACKAGES + " && python3 -c 'import pandas'")
            == 0,
        "no protoc with grpc_python_plugin, or no grpc, protobuf and pandas in python3");
    String text = TinySweep.named("frames", 7100, 2).replace("name: data\n", "name: epoch\n");
    String id = laboratory.run(text).getStatus().getSweepId();
    for (String file : List.of("tables/accuracy.csv", "final-values.csv")) {
      Path to = work.resolve("out/frames").resolve(file);
      Files.createDirectories(to.getParent());
      Files.write(to, laboratory.reportFile(id, file));
    }
    UserShell shell =
        new UserShell(
            work,
            log,
            Map.of(
                "ROTE_SWEEPS", address(laboratory, Part.SWEEPS),
                "ROTE_TRAINER", address(laboratory, Part.TRAINER),
                "ROTE_METRICS", address(laboratory, Part.METRICS),
                "ROTE_TOKEN", laboratory.site().addresses().token().orElseThrow(),
                "PYTHONPATH", "stubs"));
    for (String command : stubs()) {
      shell.expect(command);
    }
    shell.expect("python3 docs/read_results.py frames out/curves");
    shell.expect("./rote results frames -o csv > out/claims.csv");
    shell.expect("./rote results frames --series -o csv > out/series.csv");
    shell.expect("./rote trials frames -o csv > out/trials.csv");
    shell.expect("./rote list -o csv > out/list.csv");

    Files.writeString(work.resolve("frames.py"), FRAMES);
    shell.expect("python3 frames.py > frames.txt");
    /* Four trials of epochs 0 to 2; nan where a trial has no such examples. */
    assertThat(Files.readAllLines(work.resolve("frames.txt")))
        .contains(
            "out/claims.csv 2 words: figure verdict comparison claim basis",
            "out/curves/curves.csv 12 words: axis_epoch",
            "out/curves/errors.csv 100 words:",
            "out/frames/final-values.csv 2 words: epoch",
            "out/trials.csv 4 words: epoch state outcome trial")
        .anyMatch(line -> line.startsWith("out/frames/tables/accuracy.csv "))
        .anyMatch(line -> line.startsWith("out/series.csv "))
        .anyMatch(line -> line.endsWith(" words: name id phase eta submitted"));
    Files.writeString(work.resolve("guide.py"), example().replace("\"data\"", "\"axis_epoch\""));
    shell.expect("python3 guide.py");
    assertThat(log).content().contains("axis_epoch", "randX", "real");
  }

  private static String address(Laboratory laboratory, Part part) {
    String address = laboratory.site().addresses().grpc().get(part);
    assertThat(address).as(part.name().toLowerCase(Locale.ROOT)).isNotNull();
    return String.valueOf(address);
  }

  private static String guide() throws IOException {
    return Files.readString(DocumentationIT.HOME.resolve("docs").resolve(ResultsGuide.GUIDE));
  }

  /** The guide's commands that make stubs. */
  private static List<String> stubs() throws IOException {
    List<String> commands =
        DocumentationIT.commands(guide()).stream()
            .filter(command -> command.startsWith("mkdir") || command.startsWith("protoc"))
            .toList();
    assertThat(commands).hasSize(2);
    return commands;
  }

  /** The guide's lines for a data frame. */
  private static String example() throws IOException {
    Matcher block = PYTHON.matcher(guide());
    assertThat(block.find()).isTrue();
    return block.group(1);
  }
}
