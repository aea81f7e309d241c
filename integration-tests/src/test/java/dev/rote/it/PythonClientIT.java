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
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The Python package, installed from the wheel that the build made, on a running stack. */
@ExtendWith(SharedLaboratory.class)
class PythonClientIT {
  private static final Path HOME = DocumentationIT.HOME.resolve("clients/python");
  private static final Pattern PYTHON = Pattern.compile("```python\n(.*?)```", Pattern.DOTALL);
  private static final String PACKAGES =
      "python3 -c 'import grpc, google.protobuf, numpy, pandas, yaml' && python3 -m pip --version";
  private static final String RUN_CELLS =
      """
      import json, sys
      names = {}
      for cell in json.load(open(sys.argv[1]))["cells"]:
          if cell["cell_type"] == "code":
              exec("".join(cell["source"]), names)
      assert names["sweep"].status().phase == "COMPLETED"
      assert len(names["curves"]) == 2 * 3 * 6
      assert len(names["late"]) == 2
      """;

  private final Path work;
  private final Path log;

  PythonClientIT() throws IOException {
    work = DocumentationIT.workplace();
    log = work.resolve("python.log");
  }

  @BeforeEach
  void needPackages() throws Exception {
    assumeTrue(
        new UserShell(work, log, Map.of()).run(PACKAGES) == 0,
        "no pip, or no grpc, protobuf, numpy, pandas and yaml in python3");
  }

  private UserShell installed(Laboratory laboratory) throws Exception {
    Map<String, String> environment = new TreeMap<>();
    for (Part part : List.of(Part.SWEEPS, Part.TRAINER, Part.METRICS)) {
      environment.put(
          "ROTE_" + part.name().toUpperCase(Locale.ROOT),
          String.valueOf(laboratory.site().addresses().grpc().get(part)));
    }
    environment.put("ROTE_TOKEN", laboratory.site().addresses().token().orElseThrow());
    environment.put("PYTHONPATH", work.resolve("site").toString());
    UserShell shell = new UserShell(work, log, environment);
    shell.expect("python3 -m pip install --quiet --no-index --no-deps --target site " + wheel());
    return shell;
  }

  private static Path wheel() throws IOException {
    try (Stream<Path> built = Files.list(HOME.resolve("target"))) {
      List<Path> wheels = built.filter(file -> file.toString().endsWith(".whl")).toList();
      assertThat(wheels).hasSize(1);
      return wheels.get(0);
    }
  }

  @Test
  void shouldPassItsOwnTests(Laboratory laboratory) throws Exception {
    installed(laboratory).expect("python3 -m unittest discover -v -s " + HOME.resolve("tests"));

    assertThat(log).content().containsPattern("Ran \\d\\d tests").doesNotContain("skipped");
  }

  @Test
  void shouldRunTheCellsOfTheNotebook(Laboratory laboratory) throws Exception {
    Files.writeString(work.resolve("cells.py"), RUN_CELLS);

    installed(laboratory).expect("python3 cells.py " + HOME.resolve("examples/first_study.ipynb"));
  }

  @Test
  void shouldGetFromTheReadmeToADataFrame(Laboratory laboratory) throws Exception {
    String readme = Files.readString(DocumentationIT.HOME.resolve("README.md"));
    String lines = python(readme);
    assertThat(lines).isEqualTo(python(Files.readString(HOME.resolve("README.md"))));
    Files.writeString(work.resolve("lines.py"), lines);

    installed(laboratory).expect("python3 lines.py");

    assertThat(log).content().contains("epoch").containsPattern("\n10 +0\\.\\d+");
  }

  private static String python(String page) {
    Matcher block = PYTHON.matcher(page);
    assertThat(block.find()).isTrue();
    return block.group(1);
  }
}
