package dev.rote.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every command of the guide to containers is run, in its order, as a user would run it. */
@OnContainers
class ContainerGuideIT {
  static final String GUIDE = "compose.md";

  /** Run before these tests: it makes the images that they need, and the keys as {@link #KEYS}. */
  private static final String BUILD = "compose/images/build";

  private static final String KEYS = "compose/make-keys";

  private static final String DOWN = "docker compose -f compose/compose.yaml down --volumes";

  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void down() throws Exception {
    started.forEach(Process::destroy);
    bash(DocumentationIT.workplace(), DOWN);
  }

  @Test
  void shouldDoWhatTheGuideSaysWhenItsCommandsAreRun() throws Exception {
    Path work = DocumentationIT.workplace();
    List<String> commands =
        new ArrayList<>(
            DocumentationIT.commands(
                Files.readString(DocumentationIT.HOME.resolve("docs").resolve(GUIDE))));
    commands.set(commands.indexOf(BUILD), KEYS);
    assertThat(commands).hasSizeGreaterThan(5).contains(DOWN);
    bash(work, String.join("\n", commands));
    assertThat(work.resolve("out/first-study/report.html")).isNotEmptyFile();
  }

  private void bash(Path work, String script) throws Exception {
    Path log = Files.createTempFile(work, "compose", ".log");
    ProcessBuilder shell =
        new ProcessBuilder("bash", "-euxo", "pipefail", "-c", script).directory(work.toFile());
    shell.environment().put("ROTE_REPOSITORY", ImagesCondition.REPOSITORY);
    shell.environment().put("ROTE_TAG", ImagesCondition.TAG);
    Process process = shell.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    started.add(process);
    assertThat(process.waitFor(10, TimeUnit.MINUTES)).as("the commands end").isTrue();
    assertThat(process.exitValue()).as(Files.readString(log)).isZero();
  }
}
