package dev.rote.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The guide to reading results, whose commands take up where those of the README have a stack and a
 * finished sweep. Those in Python run where the system has the packages that the guide names.
 */
final class ResultsGuide {
  static final Path GUIDE = Path.of("reading-results.md");

  private static final String PACKAGES =
      "command -v protoc grpc_python_plugin && python3 -c 'import grpc, google.protobuf'";

  private final Path work;
  private final Map<String, String> environment;

  /**
   * @param work directory that commands run in
   * @param environment where the services listen
   */
  ResultsGuide(Path work, Map<String, String> environment) {
    this.work = work;
    this.environment = Map.copyOf(environment);
  }

  void follow() throws IOException, InterruptedException {
    boolean python = run(PACKAGES) == 0;
    String guide = Files.readString(DocumentationIT.HOME.resolve("docs").resolve(GUIDE));
    for (String command : DocumentationIT.commands(guide)) {
      if (python || command.startsWith("./rote ")) {
        assertThat(run(command)).as(command + " printed " + Files.readString(log())).isZero();
      }
    }
    if (python) {
      checkTables();
    }
  }

  private void checkTables() throws IOException {
    /* Six trials of epochs 0 to 10. */
    assertThat(Files.readAllLines(work.resolve("out/curves/curves.csv")))
        .hasSize(1 + 6 * 11)
        .first()
        .asString()
        .contains("data", "train_accuracy", "validation_loss");
    assertThat(Files.readAllLines(work.resolve("out/curves/errors.csv"))).hasSize(1 + 100);
    assertThat(log()).content().contains("layer0/weights [784, 128]");
  }

  private Path log() {
    return work.resolve("results-guide.log");
  }

  /** Runs a command, with the system's own Python, and returns its exit code. */
  private int run(String command) throws IOException, InterruptedException {
    ProcessBuilder process =
        new ProcessBuilder("bash", "-c", "PATH=/usr/bin:$PATH; " + command)
            .directory(work.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
    process.environment().putAll(environment);
    Process started = process.start();
    assertThat(started.waitFor(5, TimeUnit.MINUTES)).as(command + " ends").isTrue();
    return started.exitValue();
  }
}
