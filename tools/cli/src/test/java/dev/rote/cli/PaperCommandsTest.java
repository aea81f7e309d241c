package dev.rote.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.rote.cli.progress.Terminal;
import dev.rote.v1.Sweep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PaperCommandsTest {
  private static final String SWEEP =
      """
      apiVersion: rote.dev/v1
      kind: Sweep
      metadata: {name: %s}
      spec:
        description: Shows %1$s, which is a thing of the paper. It is not told here at what length.
        trial:
          dataset: {name: strokes, trainSize: 100, validationSize: 50}
          model: {mlp: {hidden: [4]}}
        repetitions: %d
      """;

  @TempDir Path home;
  private final SweepsInMemory sweeps = new SweepsInMemory();
  private final FakeServices services = new FakeServices(sweeps);

  @BeforeEach
  void writeSweeps() throws IOException {
    for (String name : new String[] {"fig1", "fig2", "fig10-small"}) {
      write(name, SWEEP.formatted(name, 100));
    }
    write("fig1-small", SWEEP.formatted("fig1-small", 5));
  }

  @AfterEach
  void stop() {
    services.close();
  }

  private void write(String name, String text) throws IOException {
    Path folder = Files.createDirectories(home.resolve("k8s/sweeps/paper"));
    Files.writeString(folder.resolve(name + ".yaml"), text);
  }

  private CommandLineRun paper(String... args) {
    String[] all = Stream.concat(Stream.of("paper"), Arrays.stream(args)).toArray(String[]::new);
    return CommandLineRun.of(services.addresses(), false, Terminal.NONE, Map.of(), home, all);
  }

  private CommandLineRun run(String... args) {
    String[] own = {"run", "--out", home.resolve("out").toString()};
    return paper(Stream.concat(Arrays.stream(own), Arrays.stream(args)).toArray(String[]::new));
  }

  private Path out(String path) {
    return home.resolve("out").resolve(path);
  }

  @Test
  void list_table_hasSizesInTheOrderOfThePaper() {
    assertThat(paper("list").out().lines())
        .containsExactly(
            "NAME   TRIALS  SMALL_TRIALS  SHOWS",
            "fig1      100             5  Shows fig1, which is a thing of the paper.",
            "fig2      100             -  Shows fig2, which is a thing of the paper.",
            "fig10       -           100  Shows fig10-small, which is a thing of the paper.");
  }

  @Test
  void list_jsonAndYaml_holdWhatTheTableHolds() {
    assertThat(JsonParser.parseString(paper("list", "-o", "json").out()).getAsJsonArray().get(0))
        .hasToString(
            "{\"name\":\"fig1\",\"trials\":100,\"smallTrials\":5,"
                + "\"shows\":\"Shows fig1, which is a thing of the paper.\"}");
    assertThat(paper("list", "-o", "yaml").out())
        .startsWith("- name: fig1\n  trials: 100\n  smallTrials: 5\n  shows: Shows fig1");
  }

  @Test
  void list_wrongFile_saysWhichAndWhat() throws IOException {
    write("fig1", SWEEP.formatted("fig1", 0));

    CommandLineRun run = paper("list");

    assertThat(run.exitCode()).isEqualTo(ExitCodes.INVALID);
    assertThat(run.err())
        .containsPattern(
            "fig1\\.yaml:\\d+:\\d+ spec\\.repetitions: must be in \\[1, 10000], was 0");
  }

  @Test
  void run_small_endsWithReportAndGallery() {
    CommandLineRun run = run("fig1", "--small");

    assertThat(run.exitCode()).isEqualTo(ExitCodes.OK);
    assertThat(run.stack()).containsExactly("start", "close");
    assertThat(out("fig1-small/report.html")).hasContent("<html>");
    assertThat(out("report.html")).content().contains("<pre>./rote paper run fig1 --small</pre>");
    assertThat(run.out().lines())
        .endsWith(
            "0 of 1 claim holds",
            out("fig1-small/report.html").toString(),
            out("report.html").toString());
    assertThat(run.err()).contains("[1/1] fig1-small");
  }

  @Test
  void run_several_areRunOnOneStackAndShownTogether() {
    CommandLineRun run = run("fig2", "fig1", "fig2");

    assertThat(run.stack()).containsExactly("start", "close");
    assertThat(sweeps.submitted.stream().map(sweep -> sweep.getMetadata().getName()))
        .containsExactly("fig2", "fig1");
    assertThat(out("report.html"))
        .content()
        .containsSubsequence("id=\"fig1\"", "id=\"fig2\"")
        .contains("2 figures of 2 sweeps");
  }

  @Test
  void run_all_isAllOfTheSizeInOrder() {
    assertThat(run("--all", "--small").exitCode()).isEqualTo(ExitCodes.OK);
    assertThat(sweeps.submitted.stream().map(sweep -> sweep.getMetadata().getName()))
        .containsExactly("fig1-small", "fig10-small");
  }

  @Test
  void run_oneFails_theOthersRun() {
    sweeps.refused.add("fig1");

    CommandLineRun run = run("--all");

    assertThat(run.exitCode()).isEqualTo(ExitCodes.NOT_FOUND);
    assertThat(run.err())
        .contains("rote: missing: mnist/labels\n  --datasets DIR, or the variable ROTE_DATASETS")
        .contains("rote: 1 of 2 sweeps failed: fig1");
    assertThat(out("fig2/report.html")).exists();
    assertThat(out("report.html")).content().contains("id=\"fig2\"").doesNotContain("id=\"fig1\"");
  }

  @Test
  void run_changed_isShownAsChanged() {
    CommandLineRun run = run("fig1", "--small", "--set", "spec.repetitions=2");

    assertThat(run.exitCode()).isEqualTo(ExitCodes.OK);
    Sweep submitted = sweeps.submitted.get(0);
    assertThat(submitted.getSpec().getRepetitions()).isEqualTo(2);
    assertThat(out("report.html"))
        .content()
        .contains("<td rowspan=\"1\">small, changed</td>")
        .contains("<pre>./rote run " + out("fig1-small/sweep.json") + "</pre>")
        .contains("not the one that fig1-small.yaml states now");
  }

  @Test
  void run_unknownName_startsNothingAndSaysWhatThereIs() {
    CommandLineRun run = run("fig1", "figg10");

    assertThat(run.exitCode()).isEqualTo(ExitCodes.NOT_FOUND);
    assertThat(run.err())
        .contains("the paper has no sweep 'figg10': did you mean fig10?")
        .contains("there are fig1, fig2, fig10");
    assertThat(run.stack()).isEmpty();
    assertThat(run("fig2", "--small").err()).contains("fig2 has no small size");
    assertThat(run("fig10").err()).contains("fig10 has a small size alone: add --small");
  }

  @Test
  void run_oneIsInvalid_startsNothing() {
    CommandLineRun run = run("fig1", "fig2", "--set", "spec.axes[0].values=[1]");

    assertThat(run.exitCode()).isEqualTo(ExitCodes.INVALID);
    assertThat(run.err()).contains("fig1.yaml: spec.axes[0]: there is none of these to change");
    assertThat(run.stack()).isEmpty();
  }

  @Test
  void gallery_reportsOnDisk_areShownAgain() throws IOException {
    run("fig1", "fig2");
    String before = Files.readString(out("report.html"));
    Files.delete(out("report.html"));
    Files.move(out("fig2"), out("fig2-put-aside"));

    CommandLineRun run = paper("gallery", "--out", out("").toString());

    assertThat(run.exitCode()).isEqualTo(ExitCodes.OK);
    assertThat(run.out()).isEqualToIgnoringNewLines(out("report.html").toString());
    assertThat(run.stack()).isEmpty();
    assertThat(out("report.html")).content().contains("id=\"fig1\"").doesNotContain("id=\"fig2\"");
    Files.move(out("fig2-put-aside"), out("fig2"));
    paper("gallery", "--out", out("").toString());
    assertThat(out("report.html")).hasContent(before);
  }

  @Test
  void gallery_damagedReport_isNamedAndThePageKept() throws IOException {
    run("fig1");
    String before = Files.readString(out("report.html"));
    Files.writeString(out("fig1/report.pb"), "no report");

    CommandLineRun run = paper("gallery", "--out", out("").toString());

    assertThat(run.exitCode()).isEqualTo(ExitCodes.FAILED);
    assertThat(run.err()).contains(out("fig1/report.pb") + " is damaged");
    assertThat(out("report.html")).hasContent(before);
  }

  @Test
  void gallery_nothingThere_isFour() {
    CommandLineRun run = paper("gallery", "--out", out("nowhere").toString());

    assertThat(run.exitCode()).isEqualTo(ExitCodes.NOT_FOUND);
    assertThat(run.err()).contains("'rote paper run' makes them");
  }
}
