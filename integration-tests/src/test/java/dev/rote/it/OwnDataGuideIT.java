package dev.rote.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * The guide to data of one's own, done by a user: from files by one {@code inspect}, one paste and
 * one {@code run} to a judged figure.
 */
class OwnDataGuideIT {
  static final String GUIDE = "own-data.md";

  private static final String INSPECT = "./rote datasets inspect ";
  private static final String PUT = "./rote datasets put ";
  private static final String PASTE = "To paste into a sweep, under spec.trial:";
  private static final String NAME = "  name: shapes\n";

  private Path work = Path.of("");
  private UserShell shell = new UserShell(work, work, Map.of());

  @Test
  void shouldBecomeAJudgedFigureWhenFilesAreInspectedPastedAndRun() throws Exception {
    work = DocumentationIT.workplace();
    shell = new UserShell(work, work.resolve("guide.log"), Map.of());
    Path log = work.resolve("up.log");
    Process up =
        new ProcessBuilder("bash", "-c", "exec ./rote up --datasets docs/own-data")
            .directory(work.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      for (int i = 0; i < 600 && !Files.readString(log).contains("ROTE_SWEEPS="); i++) {
        assertThat(up.isAlive()).as(Files.readString(log)).isTrue();
        Thread.sleep(100);
      }
      assertThat(log).content().contains("ROTE_SWEEPS=");
      follow(Files.readString(DocumentationIT.HOME.resolve("docs").resolve(GUIDE)));
    } finally {
      up.destroy();
      assertThat(up.waitFor(60, TimeUnit.SECONDS)).as("rote up ends").isTrue();
    }
    assertThat(found("shapes")).hasSize(2).allMatch(found -> found.startsWith("holds"));
    /* The same examples in the same order, however they are stored; a folder has its own order. */
    assertThat(List.of("pasted-1", "pasted-2", "stored"))
        .allSatisfy(name -> assertThat(curves(name)).hasSameTextualContentAs(curves("shapes")));
    assertThat(curves("shapes")).content().contains("training loss (nats)");
    assertThat(found("pasted-3")).hasSize(2).allMatch(found -> found.startsWith("holds"));
  }

  private void follow(String guide) throws IOException, InterruptedException {
    String study = Files.readString(work.resolve("docs/own-data/study.yaml"));
    List<String> commands = DocumentationIT.commands(guide);
    assertThat(commands).filteredOn(command -> command.startsWith(INSPECT)).hasSize(3);
    assertThat(commands).filteredOn(command -> command.startsWith(PUT)).hasSize(1);
    int done = 0;
    for (String command : commands) {
      if (command.startsWith(INSPECT)) {
        String said = said(command);
        assertThat(said).contains("60 examples", "3 classes", "(20 train)");
        assertThat(work.resolve("examples.png")).isNotEmptyFile();
        String after = said.substring(said.indexOf(PASTE) + PASTE.length()).strip();
        String pasted = after.split("\n\n", 2)[0];
        done++;
        if (done == 1) {
          assertThat(study).contains("\n    " + pasted + "\n    model:");
          assertThat(guide).contains("```yaml\n    " + pasted + "\n```");
        }
        judged("pasted-" + done, study.replaceFirst("(?s)dataset:.*?(?=\n    model:)", pasted));
      } else if (command.startsWith(PUT)) {
        String reference = said(command).strip();
        assertThat(reference).matches("stored:[0-9a-f]{64}/shapes\\.npz");
        assertThat(said(command).strip()).as("put again").isEqualTo(reference);
        judged("stored", study.replace("path: shapes.npz", "path: " + reference));
      } else {
        shell.expect(command);
      }
    }
    assertThat(said("./rote datasets inspect shapes.npz"))
        .as("in the directory of the stack that runs")
        .contains("60 examples");
  }

  private String said(String command) throws IOException, InterruptedException {
    shell.expect(command + " > said");
    return Files.readString(work.resolve("said"));
  }

  private void judged(String name, String study) throws IOException, InterruptedException {
    assertThat(study).contains(NAME);
    Files.writeString(work.resolve(name + ".yaml"), study.replace(NAME, "  name: " + name + "\n"));
    shell.expect("./rote run " + name + ".yaml");
    assertThat(work.resolve("out/" + name + "/report.html")).content().contains("<svg ");
  }

  private Path curves(String name) {
    return work.resolve("out/" + name + "/tables/accuracy.csv");
  }

  /** Verdict and statistic of each claim. */
  private List<String> found(String name) throws IOException {
    List<String> found = new ArrayList<>();
    String verdicts = Files.readString(work.resolve("out/" + name + "/verdicts.json"));
    for (JsonElement figure :
        JsonParser.parseString(verdicts).getAsJsonObject().getAsJsonArray("figures")) {
      for (JsonElement element : figure.getAsJsonObject().getAsJsonArray("claims")) {
        JsonObject claim = element.getAsJsonObject();
        found.add(claim.get("verdict").getAsString() + " " + claim.get("statistic"));
      }
    }
    return found;
  }
}
