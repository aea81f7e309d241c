package dev.rote.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The guide to reading results, whose commands take up where those of the README have a stack and a
 * finished sweep. Those in Python run where the system has the packages that the guide names.
 */
final class ResultsGuide {
  static final Path GUIDE = Path.of("reading-results.md");

  private final Path work;
  private final UserShell shell;

  /**
   * @param work directory that commands run in
   * @param environment where the services listen
   */
  ResultsGuide(Path work, Map<String, String> environment) {
    this.work = work;
    this.shell = new UserShell(work, work.resolve("results-guide.log"), environment);
  }

  void follow() throws IOException, InterruptedException {
    boolean python = shell.run(UserShell.CLIENT_PACKAGES) == 0;
    String guide = Files.readString(DocumentationIT.HOME.resolve("docs").resolve(GUIDE));
    for (String command : DocumentationIT.commands(guide)) {
      if (python || command.startsWith("./rote ")) {
        shell.expect(command);
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
    assertThat(shell.log()).content().contains("layer0/weights [784, 128]");
  }
}
