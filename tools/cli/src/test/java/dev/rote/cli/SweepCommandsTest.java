package dev.rote.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.JsonFormat;
import dev.rote.cli.progress.Statuses;
import dev.rote.cli.progress.Terminal;
import dev.rote.v1.Report;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepStatus;
import dev.rote.v1.TrialCounts;
import dev.rote.v1.TrialFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SweepCommandsTest {
  private static final String SWEEP =
      """
      apiVersion: rote.dev/v1
      kind: Sweep
      metadata: {name: demo}
      spec:
        trial:
          dataset: {name: strokes, trainSize: 100, validationSize: 50}
          model: {mlp: {hidden: [4]}}
      """;

  @TempDir Path folder;
  private final SweepsInMemory sweeps = new SweepsInMemory();
  private FakeServices services;
  private Path file;

  SweepCommandsTest() {
    services = new FakeServices(sweeps);
    file = Path.of("");
  }

  @BeforeEach
  void writeSweep() throws IOException {
    file = Files.writeString(folder.resolve("demo.yaml"), SWEEP);
  }

  @AfterEach
  void stop() {
    services.close();
  }

  private CommandLineRun rote(String... args) {
    return CommandLineRun.of(services, args);
  }

  private CommandLineRun run() {
    return CommandLineRun.of(
        services.addresses(),
        false,
        Terminal.NONE,
        Map.of(),
        "run",
        file.toString(),
        "--out",
        folder.resolve("out").toString());
  }

  @Test
  void run_newSweep_endsWithReportAndVerdicts() {
    CommandLineRun run = run();

    assertThat(run.exitCode()).isEqualTo(ExitCodes.OK);
    assertThat(run.stack()).containsExactly("start", "close");
    assertThat(sweeps.calls)
        .containsExactly(
            "submit", "watch demo-0a1b2c3d", "download demo-0a1b2c3d", "results demo-0a1b2c3d");
    assertThat(folder.resolve("out/demo/report.html")).hasContent("<html>");
    assertThat(run.out().lines())
        .containsExactly(
            "demo: completed, 20/20 done, 3 reused",
            "does not hold  fig7: noise is memorized (-0.125, claimed above 0)",
            "0 of 1 claim holds",
            folder.resolve("out/demo/report.html").toString());
    assertThat(run.err()).contains("demo: running 50%, 9/20 done");
  }

  @Test
  void run_completedBefore_isAnsweredFromStore() {
    sweeps.created = false;
    sweeps.before = Statuses.completed();

    CommandLineRun run = run();

    assertThat(run.exitCode()).isEqualTo(ExitCodes.OK);
    assertThat(run.err()).contains("has completed before: answering from what is stored");
    assertThat(sweeps.calls)
        .containsExactly("submit", "download demo-0a1b2c3d", "results demo-0a1b2c3d");
  }

  @ParameterizedTest
  @CsvSource({"FAILED", "CANCELLED", "COMPLETED"})
  void run_endedWithFailedTrials_retriesThem(SweepStatus.Phase phase) {
    sweeps.created = false;
    sweeps.before = Statuses.in(phase);

    CommandLineRun run = run();

    assertThat(run.err()).contains("running 2 trials again");
    assertThat(sweeps.calls).startsWith("submit", "retry demo-0a1b2c3d", "watch demo-0a1b2c3d");
    assertThat(run.exitCode()).isEqualTo(ExitCodes.OK);
  }

  @Test
  void run_paused_resumes() {
    sweeps.created = false;
    sweeps.before = Statuses.in(SweepStatus.Phase.PAUSED);

    assertThat(run().exitCode()).isEqualTo(ExitCodes.OK);
    assertThat(sweeps.calls).startsWith("submit", "resume demo-0a1b2c3d");
  }

  @Test
  void run_failed_exitsWithOneAndSaysWhy() {
    sweeps.end =
        Statuses.in(SweepStatus.Phase.FAILED).toBuilder()
            .addFailures(
                TrialFailure.newBuilder()
                    .setTrialIndex(3)
                    .setTrialId("abcd")
                    .setStep("corrupt")
                    .setReason("mnist: no such file"))
            .build();

    CommandLineRun run = run();

    assertThat(run.exitCode()).isEqualTo(ExitCodes.SWEEP_FAILED);
    assertThat(run.out())
        .contains("demo: failed, 9/20 done")
        .contains("  trial 3 (abcd) failed to corrupt: mnist: no such file");
    assertThat(run.stack()).endsWith("close");
  }

  @Test
  void run_completedWithFailedTrials_writesTheReportAndExitsWithOne() {
    sweeps.end =
        Statuses.completed().toBuilder()
            .setCounts(TrialCounts.newBuilder().setTotal(20).setDone(19).setFailed(1))
            .build();

    assertThat(run().exitCode()).isEqualTo(ExitCodes.SWEEP_FAILED);
    assertThat(folder.resolve("out/demo/report.html")).exists();
  }

  @Test
  void run_serviceRestarts_followsOn() {
    sweeps.brokenWatches = 1;

    CommandLineRun run = run();

    assertThat(run.exitCode()).isEqualTo(ExitCodes.OK);
    assertThat(run.err()).contains("does not answer; trying again");
  }

  @Test
  void run_invalidFile_startsNothing() throws IOException {
    Files.writeString(file, SWEEP.replace("trainSize", "trainsize"));

    CommandLineRun run = run();

    assertThat(run.exitCode()).isEqualTo(ExitCodes.INVALID);
    assertThat(run.err()).contains("spec.trial.dataset").contains("trainsize");
    assertThat(run.stack()).isEmpty();
    assertThat(sweeps.calls).isEmpty();
  }

  @Test
  void set_submit_changesWhatIsSubmitted() {
    CommandLineRun run =
        rote(
            "submit",
            file.toString(),
            "--set",
            "spec.repetitions=3",
            "--set=spec.trial.model.mlp.hidden=[8, 8]");

    assertThat(run.exitCode()).isEqualTo(ExitCodes.OK);
    assertThat(sweeps.submitted.get(0).getSpec().getRepetitions()).isEqualTo(3);
    assertThat(sweeps.submitted.get(0).getSpec().getTrial().getModel().getMlp().getHiddenList())
        .containsExactly(8, 8);
  }

  @Test
  void set_run_changesWhatIsRun() {
    String out = folder.resolve("out").toString();

    rote("run", file.toString(), "--out", out, "--set", "spec.repetitions=3");

    assertThat(sweeps.submitted.get(0).getSpec().getRepetitions()).isEqualTo(3);
  }

  @Test
  void set_validate_countsTheTrialsOfTheChangedSweep() {
    assertThat(rote("validate", file.toString(), "--set", "spec.repetitions=3").out())
        .contains("valid, 3 trials (repetitions 3)");
  }

  @Test
  void validate_claimsWrittenForEach_areCounted() {
    Path fig3 = Path.of("..", "..", "k8s", "sweeps", "paper", "fig3.yaml");

    assertThat(rote("validate", fig3.toString()).out())
        .contains("claims: 16, of 1 that are written (forEach or inTurn in 1)");
  }

  @Test
  void validate_wrongFile_namesLineAndColumn() throws IOException {
    Files.writeString(file, Files.readString(file) + "  repetitions: 0\n");
    long line = Files.readString(file).lines().count();

    CommandLineRun run = rote("validate", file.toString());

    assertThat(run.exitCode()).isEqualTo(ExitCodes.INVALID);
    assertThat(run.err())
        .contains(file + ":" + line + ":3 spec.repetitions: must be in [1, 10000], was 0");
  }

  @Test
  void validate_lastBatchOfOne_warns() {
    CommandLineRun run =
        rote(
            "validate",
            file.toString(),
            "--set",
            "spec.trial.model={cnn: {pool: 2, poolStride: 2}}",
            "--set",
            "spec.trial.dataset={name: strokes, trainSize: 33, validationSize: 10}",
            "--set",
            "spec.trial.training={batchSize: 32}");

    assertThat(run.exitCode()).isEqualTo(ExitCodes.OK);
    assertThat(run.err())
        .startsWith("warning: the last batch of each epoch holds one example (33 examples");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "spec.repetitons=3|spec.repetitons: there is no such field: did you mean repetitions?",
        "spec.repetitions=0|spec.repetitions: must be in [1, 10000], was 0",
        "spec.repetitions|a change must be PATH=VALUE, such as spec.repetitions=2"
      })
  void set_wrong_isTwoAndSaysWhat(String change, String message) {
    CommandLineRun run = rote("validate", file.toString(), "--set", change);

    assertThat(run.exitCode()).isEqualTo(ExitCodes.INVALID);
    assertThat(run.err()).contains(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "spec.repetitions=2|spec.repetitions=3|spec.repetitions: is set twice",
        "spec.trial.dataset.trainSize=9|spec.trial.dataset.train_size=8|train_size: is set twice",
        "spec.trial.training.epochs=9|spec.trial.training=null|spec.trial.training: is set twice"
      })
  void set_oneFieldTwice_isRefusedNamingBoth(String first, String second, String message) {
    CommandLineRun run = rote("validate", file.toString(), "--set", first, "--set", second);

    assertThat(run.exitCode()).isEqualTo(ExitCodes.INVALID);
    assertThat(run.err()).contains(message, "(in " + first + ")", "(in " + second + ")");
  }

  @Test
  void validate_gridThatNoServiceAdmits_isRefused() {
    CommandLineRun run =
        rote(
            "validate",
            file.toString(),
            "--set",
            "spec.repetitions=10000",
            "--set",
            "spec.axes=[{name: a, field: seed, values: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]}]");

    assertThat(run.exitCode()).isEqualTo(ExitCodes.INVALID);
    assertThat(run.err()).contains("spec.axes: must span at most 100000 trials, was 110000");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "spec.trial.optimizer.learningRate=1e-99999999|must have an exponent in [-400, 400]",
        "spec.repetitions=0200|must be written without the leading 0",
        "spec.repetitions=!!str 3|tags such as !!str are not accepted",
        "spec.repetitions=3.5|must be a whole number",
        "spec.trial.optimizer.learningRate=0,05|must be a number with a decimal point (0.05)"
      })
  void set_numberThatIsNone_isRefusedAsInAFile(String change, String message) {
    CommandLineRun run = rote("validate", file.toString(), "--set", change);

    assertThat(run.exitCode()).isEqualTo(ExitCodes.INVALID);
    assertThat(run.err()).contains(message, "(in " + change + ")");
  }

  @Test
  void set_partOfWhatWasReset_isSet() {
    CommandLineRun run =
        rote(
            "validate",
            file.toString(),
            "--set",
            "spec.trial.training=null",
            "--set",
            "spec.trial.training.epochs=7",
            "--trial",
            "0");

    assertThat(run.out()).contains("epochs: 7");
  }

  @Test
  void run_quiet_printsResultsOnly() {
    CommandLineRun run =
        rote("run", file.toString(), "-q", "--out", folder.resolve("out").toString());

    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("demo: completed");
    assertThat(run.stack()).containsExactly("attach", "close");
  }

  @Test
  void run_keepUp_returnsAndSaysHowToStop() {
    CommandLineRun run =
        CommandLineRun.of(
            services.addresses(),
            false,
            Terminal.NONE,
            Map.of(),
            "run",
            file.toString(),
            "--keep-up",
            "--state",
            folder.resolve("a state").toString(),
            "--out",
            folder.resolve("out").toString());

    assertThat(run.exitCode()).isEqualTo(ExitCodes.OK);
    assertThat(run.stack()).containsExactly("start", "keep up", "close");
    assertThat(run.err())
        .contains(
            "The stack stays up; '../rote/rote down --state \""
                + folder.resolve("a state")
                + "\"' stops it.");
  }

  @ParameterizedTest
  @CsvSource({".", "..", "./", "x/../."})
  void run_outThatIsNoPlainName_holdsTheReport(String out) throws IOException {
    Path work = folder.resolve("work");
    Files.createDirectories(work.resolve("x"));

    CommandLineRun run = rote("run", file.toString(), "--out", work.resolve(out).toString());

    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCodes.OK);
    assertThat(work.resolve(out).resolve("demo/report.html")).hasContent("<html>");
  }

  @Test
  void run_placesThatCannotBe_startNothing() throws IOException {
    Path foreign = folder.resolve("foreign");
    Files.createDirectories(foreign.resolve("demo"));
    Files.writeString(foreign.resolve("demo/thesis.txt"), "mine");
    Files.writeString(folder.resolve("file"), "");
    String[][] wrong = {
      {"--out", folder.resolve("file").toString(), "--out must be a directory"},
      {"--out", folder.resolve("file/below").toString(), "file is a file"},
      {"--out", foreign.toString(), "is no report of Rote's"},
      {"--state", folder.resolve("file").toString(), "--state must be a directory"},
      {"--datasets", folder.resolve("nowhere").toString(), "--datasets: there is no directory"},
      {"--datasets", folder.resolve("file").toString(), "--datasets must be a directory"},
      {"--out", "/proc/rote", "cannot be written to"},
    };

    for (String[] one : wrong) {
      CommandLineRun run = runWith(Map.of(), one[0], one[1]);

      assertThat(run.exitCode()).as(one[1]).isNotZero();
      assertThat(run.err()).contains(one[2]);
      assertThat(run.stack()).as(one[1]).isEmpty();
    }
    assertThat(runWith(Map.of("ROTE_DATASETS", folder.resolve("nowhere").toString())).err())
        .contains("ROTE_DATASETS: there is no directory");
    assertThat(sweeps.calls).isEmpty();
    assertThat(folder.resolve("out")).doesNotExist();
  }

  private CommandLineRun runWith(Map<String, String> environment, String... options) {
    String[] own = {"run", file.toString()};
    return CommandLineRun.of(
        services.addresses(),
        false,
        Terminal.NONE,
        environment,
        Stream.concat(Stream.of(own), Stream.of(options)).toArray(String[]::new));
  }

  @Test
  void run_ownFilesThatAreNotThere_startNothing() throws IOException {
    Files.writeString(
        file,
        SWEEP.replace(
            "name: strokes,", "name: idx, idx: {trainImages: own/i.idx, trainLabels: own/l.idx},"));
    Files.createDirectories(folder.resolve("own"));
    Files.writeString(folder.resolve("own/i.idx"), "");

    assertThat(runWith(Map.of()).err()).contains("files of your own", "--datasets DIR");
    CommandLineRun run = runWith(Map.of(), "--datasets", folder.toString());
    assertThat(run.exitCode()).isEqualTo(ExitCodes.NOT_FOUND);
    assertThat(run.err())
        .contains("dataset.idx.trainLabels: there is no file own/l.idx in " + folder);
    assertThat(run.stack()).isEmpty();
  }

  private CommandLineRun runBesideStack(String datasets, Map<String, String> environment) {
    return CommandLineRun.of(
        services.addresses(),
        true,
        Terminal.NONE,
        environment,
        Path.of("home"),
        new CommandLineRun.Machine(Terminal.ENDLESS, Optional.of(datasets)),
        "run",
        file.toString(),
        "--out",
        folder.resolve("out").toString());
  }

  @Test
  void run_stackReadsOtherDatasets_isRefusedBeforeItIsUsed() throws IOException {
    Path there = Files.createDirectories(folder.resolve("there"));
    Path here = Files.createDirectories(folder.resolve("here"));
    Map<String, String> named = Map.of("ROTE_DATASETS", here.toString());

    CommandLineRun run = runBesideStack(there.toString(), named);

    assertThat(run.exitCode()).isEqualTo(ExitCodes.INVALID);
    assertThat(run.err())
        .contains(
            "ROTE_DATASETS names " + here + ", and the stack that runs was started with " + there)
        .contains("stop the stack first ('../rote/rote down')");
    assertThat(run.stack()).isEmpty();
    assertThat(runBesideStack("", named).err()).contains("without a directory of datasets");
    assertThat(runBesideStack(here.resolve("../here").toString(), named).exitCode())
        .isEqualTo(ExitCodes.OK);
    assertThat(runBesideStack(there.toString(), Map.of()).exitCode()).isEqualTo(ExitCodes.OK);
  }

  @Test
  void inspect_fileOutsideOfWhatTheStackReads_saysWhereItLies() throws IOException {
    Path there = Files.createDirectories(folder.resolve("there"));

    CommandLineRun run =
        CommandLineRun.of(
            services.addresses(),
            true,
            Terminal.NONE,
            Map.of(),
            Path.of("home"),
            new CommandLineRun.Machine(Terminal.ENDLESS, Optional.of(there.toString())),
            "datasets",
            "inspect",
            file.toString(),
            "--sheet",
            folder.resolve("examples.png").toString());

    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCodes.INVALID);
    assertThat(run.err())
        .contains(
            file.getFileName()
                + " lies in "
                + file.getParent()
                + ", and the stack that runs was started with "
                + there
                + ": stop it first ('../rote/rote down'), or put the file into its directory");
  }

  @Test
  void missing_whateverItIs_isFour() throws IOException {
    String nowhere = folder.resolve("nowhere").toString();
    String[][] commands = {
      {"validate", nowhere},
      {"submit", nowhere},
      {"run", nowhere},
      {"run", file.toString(), "--datasets", nowhere},
      {"get", "no-such-sweep"},
      {"results", "no-such-sweep"},
      {"export", "trial", "--file", folder.resolve("nowhere/zip").toString()},
      {"adversarial", "trial", "--images", nowhere},
      {"paper", "run", "fig99"},
    };
    for (String[] command : commands) {
      assertThat(rote(command).exitCode())
          .as(String.join(" ", command))
          .isEqualTo(ExitCodes.NOT_FOUND);
    }
    sweeps.refused.add("demo");
    assertThat(rote("submit", file.toString()).exitCode())
        .as("files of a dataset")
        .isEqualTo(ExitCodes.NOT_FOUND);
  }

  @Test
  void submit_whatAServiceFindsWrong_isWhereTheFileHasIt() {
    sweeps.wrongField = Optional.of("variant.dataset.trainSize");
    String place = file + ":6:30 variant.dataset.trainSize: must be another";
    for (String command : List.of("submit", "run")) {
      CommandLineRun run = rote(command, file.toString());
      assertThat(run.exitCode()).as(command).isEqualTo(ExitCodes.INVALID);
      assertThat(run.err()).as(command).contains(place);
    }
    assertThat(rote("submit", file.toString(), "--set", "spec.trial.seed=3").err())
        .as("the file is not what was submitted")
        .contains("variant.dataset.trainSize: must be another")
        .doesNotContain(file + ":6");
  }

  @Test
  void trials_help_offersStatesThatThereAre() {
    assertThat(rote("trials", "--help").out())
        .contains("MEASURING")
        .doesNotContain("UNSPECIFIED")
        .doesNotContain("UNRECOGNIZED");
    assertThat(rote("trials", "demo", "--in-state", "unspecified").exitCode())
        .isEqualTo(ExitCodes.INVALID);
    assertThat(rote("adversarial", "t", "--split", "unspecified").err())
        .contains("[TRAINING, VALIDATION]");
  }

  @Test
  void run_terminal_drawsABar() {
    CommandLineRun run =
        CommandLineRun.of(
            services.addresses(),
            true,
            new Terminal(true, () -> 100),
            Map.of(),
            "run",
            file.toString(),
            "--out",
            folder.resolve("out").toString());

    assertThat(run.err()).contains("\r\u001b[Jdemo  [==").contains("100%");
  }

  @Test
  void submit_file_printsTheId() {
    CommandLineRun run = rote("submit", file.toString());

    assertThat(run.exitCode()).isEqualTo(ExitCodes.OK);
    assertThat(run.out()).isEqualToIgnoringNewLines("demo-0a1b2c3d");
  }

  @Test
  void submit_dryRun_startsNothing() {
    assertThat(rote("submit", "--dry-run", file.toString()).out()).contains("would be admitted");
    assertThat(sweeps.calls).containsExactly("dry run");
  }

  @Test
  void submit_warnings_areLinesOfTheirOwnBesideTheResult() {
    sweeps.warnings.add("own/labels has no example of class 0.");
    for (CommandLineRun run :
        List.of(rote("submit", file.toString()), rote("submit", file.toString(), "--dry-run"))) {
      assertThat(run.exitCode()).isEqualTo(ExitCodes.OK);
      assertThat(run.err()).contains("warning: own/labels has no example of class 0.");
      assertThat(run.out()).doesNotContain("warning");
    }
  }

  @Test
  void list_table_hasAllPages() {
    assertThat(rote("list").out().lines())
        .containsExactly(
            "NAME  ID             PHASE    TRIALS  DONE  RUNNING  FAILED  DIVERGED  REUSED  ETA    SUBMITTED  OWNER",
            "demo  demo-0a1b2c3d  running      20     9        4       1         0       0  1m20s  -          ada",
            "demo  demo-0a1b2c3d  running      20     9        4       1         0       0  1m20s  -          ada");
  }

  @Test
  void list_csv_hasOneLineASweep() {
    assertThat(rote("list", "-o", "csv").out().lines())
        .hasSize(3)
        .startsWith("name,id,phase,trials,done,running,failed,diverged,reused,eta,submitted,owner");
  }

  @Test
  void get_json_isTheProto() throws Exception {
    Sweep.Builder back = Sweep.newBuilder();
    JsonFormat.parser().merge(rote("get", "demo", "-o", "json").out(), back);

    assertThat(back.getStatus()).isEqualTo(Statuses.running());
  }

  @Test
  void get_unknownSweep_exitsWithFour() {
    CommandLineRun run = rote("get", "nothing");

    assertThat(run.exitCode()).isEqualTo(ExitCodes.NOT_FOUND);
    assertThat(run.err()).isEqualToIgnoringNewLines("rote: there is no sweep 'nothing'");
  }

  @Test
  void trials_table_hasAColumnAnAxis() {
    assertThat(rote("trials", "demo").out().lines())
        .containsExactly(
            "INDEX  LABELS  REPETITION  STATE   OUTCOME   EPOCHS  TRIAL",
            "    0  real             0  done    diverged       5  aaaa",
            "    1  random           0  failed  -              5  bbbb");
    assertThat(rote("trials", "demo", "--in-state", "failed", "-o", "csv").out().lines())
        .containsExactly(
            "index,labels,repetition,state,outcome,epochs,trial", "1,random,0,failed,-,5,bbbb");
    assertThat(rote("trials", "demo", "--limit", "1", "-o", "csv").out().lines()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"pause, paused", "resume, running", "cancel, cancelled"})
  void steering_command_printsTheNewPhase(String command, String phase) {
    CommandLineRun run = rote(command, "demo");

    assertThat(run.exitCode()).isEqualTo(ExitCodes.OK);
    assertThat(run.out()).startsWith("demo-0a1b2c3d: " + phase);
    assertThat(sweeps.calls).containsExactly(command + " demo");
  }

  @Test
  void retry_runningSweep_isRefusedWithFive() {
    CommandLineRun run = rote("retry", "demo");

    assertThat(run.exitCode()).isEqualTo(ExitCodes.FAILED);
    assertThat(run.err()).contains("demo runs: cancel it first");
  }

  @Test
  void watch_sweep_exitsAsTheSweepEnds() {
    assertThat(rote("watch", "demo").exitCode()).isEqualTo(ExitCodes.OK);

    sweeps.end = Statuses.in(SweepStatus.Phase.CANCELLED);
    assertThat(rote("watch", "demo").exitCode()).isEqualTo(ExitCodes.SWEEP_FAILED);
  }

  @Test
  void results_formats_showClaimsSeriesAndReport() throws Exception {
    assertThat(rote("results", "demo", "-o", "csv").out().lines())
        .contains("fig7,does not hold,-0.125,above,0.0,noise is memorized,difference");
    Report.Builder back = Report.newBuilder();
    JsonFormat.parser().merge(rote("results", "demo", "-o", "json").out(), back);
    assertThat(back.getSweepName()).isEqualTo("demo");
  }

  @Test
  void address_optionBeforeEnvironmentBeforeStack() {
    Map<String, String> environment = Map.of("ROTE_SWEEPS", services.address());
    String[] list = {"list", "-o", "csv"};

    assertThat(CommandLineRun.of(Map.of(), false, Terminal.NONE, environment, list).exitCode())
        .isEqualTo(ExitCodes.OK);
    CommandLineRun wrongOption =
        CommandLineRun.of(
            Map.of(), false, Terminal.NONE, environment, "list", "--sweeps", "localhost:1");
    assertThat(wrongOption.exitCode()).isEqualTo(ExitCodes.UNREACHABLE);
    assertThat(wrongOption.err()).contains("does not answer").contains("Connection refused");
  }
}
