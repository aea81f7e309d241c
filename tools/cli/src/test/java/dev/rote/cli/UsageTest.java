package dev.rote.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.cli.progress.Terminal;
import dev.rote.cli.service.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;

final class UsageTest {
  static Stream<CommandLine> commands() {
    CommandLine root = CommandLineRun.commandLine();
    return Stream.concat(
        Stream.of(root), below(root).filter(command -> !command.getCommandName().equals("help")));
  }

  private static Stream<CommandLine> below(CommandLine command) {
    return command.getSubcommands().values().stream()
        .distinct()
        .flatMap(sub -> Stream.concat(Stream.of(sub), below(sub)));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void help_everyCommand_isComplete(CommandLine command) {
    assertThat(command.getCommandSpec().usageMessage().header()).isNotEmpty();
    assertThat(command.getCommandSpec().usageMessage().description()).isNotEmpty();
    assertThat(command.getCommandSpec().usageMessage().exitCodeList()).hasSize(7);
    List<ArgSpec> undocumented = new ArrayList<>(command.getCommandSpec().args());
    undocumented.removeIf(arg -> arg.description().length > 0);
    assertThat(undocumented).isEmpty();
  }

  @Test
  void help_root_listsTheCommandsOfTheManual() {
    CommandLineRun run = CommandLineRun.alone("--help");

    assertThat(run.exitCode()).isEqualTo(ExitCodes.OK);
    assertThat(CommandLineRun.commandLine().getSubcommands())
        .containsOnlyKeys(
            "demo",
            "run",
            "paper",
            "up",
            "down",
            "env",
            "key",
            "login",
            "validate",
            "plan",
            "submit",
            "list",
            "ls",
            "get",
            "trials",
            "watch",
            "pause",
            "resume",
            "cancel",
            "retry",
            "results",
            "export",
            "datasets",
            "adversarial",
            "bench",
            "completion",
            "help");
    assertThat(run.out()).contains("130   interrupted by Ctrl-C");
  }

  @Test
  void help_run_saysThatFalseClaimsAreResults() {
    assertThat(CommandLineRun.alone("run", "--help").out())
        .containsIgnoringWhitespaces("Claims that come out false do not change the exit code");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "|give a command",
        "lst|Unmatched argument at index 0: 'lst'",
        "paper|give a command: list, run or gallery",
        "paper run|give a name, or --all",
        "paper run fig1 --all|give names or --all, not both",
        "get|Missing required parameter: 'NAME'",
        "list -o xml|expected one of [TABLE, JSON, YAML, CSV]",
        "list --sweeps nowhere|must be HOST:PORT with a port in [1, 65535], was 'nowhere'",
        "list --sweeps host:70000|was 'host:70000'",
        "list --sweeps localhost:1 --timeout 0|--timeout must be at least 1 second, was 0",
        "export abc --epoch -1 --trainer localhost:1|--epoch must be at least 0, was -1",
        "adversarial t --images a --variant b|give --variant or --images, not both",
        "adversarial t --search fgsm --beta 1 --images a|--beta is no option of --search fgsm"
      })
  void badUsage_isTwoAndSaysWhat(String args, String message) {
    CommandLineRun run = CommandLineRun.alone(args == null ? new String[0] : args.split(" "));

    assertThat(run.exitCode()).isEqualTo(ExitCodes.INVALID);
    assertThat(run.err()).contains(message);
  }

  @Test
  void noStack_isThreeAndSaysWhatToDo() {
    CommandLineRun run = CommandLineRun.alone("list");

    assertThat(run.exitCode()).isEqualTo(ExitCodes.UNREACHABLE);
    assertThat(run.err()).contains("rote up").contains("--sweeps HOST:PORT");
  }

  @Test
  void missingFile_isFour() {
    CommandLineRun run = CommandLineRun.alone("run", "no-such-file.yaml");

    assertThat(run.exitCode()).isEqualTo(ExitCodes.NOT_FOUND);
    assertThat(run.err()).contains("no-such-file.yaml");
  }

  @Test
  void down_nothingRuns_isFour() {
    assertThat(CommandLineRun.alone("down").exitCode()).isEqualTo(ExitCodes.NOT_FOUND);
  }

  @Test
  void env_running_printsExportLines() {
    CommandLineRun run = CommandLineRun.of(Map.of(), true, Terminal.NONE, Map.of(), "env");

    assertThat(run.exitCode()).isEqualTo(ExitCodes.OK);
    assertThat(run.out()).contains("export ROTE_KAFKA=localhost:9092");
    assertThat(CommandLineRun.alone("env").exitCode()).isEqualTo(ExitCodes.NOT_FOUND);
  }

  @Test
  void up_nothingRuns_startsPrintsAndWaits() {
    Map<Service, String> addresses = Map.of(Service.SWEEPS, "localhost:9000");
    CommandLineRun run = CommandLineRun.of(addresses, false, Terminal.NONE, Map.of(), "up");

    assertThat(run.stack()).containsExactly("start", "await", "close");
    assertThat(run.out())
        .contains("export ROTE_KAFKA=localhost:9092")
        .contains("grpcurl -plaintext -H \"authorization: Bearer $ROTE_TOKEN\" localhost:9000 list")
        .contains("-X sasl.password=$ROTE_TOKEN -t rote.configs -P FILE");
  }

  @Test
  void up_runsAlready_keepsItUp() {
    Map<Service, String> addresses = Map.of(Service.SWEEPS, "localhost:9000");
    CommandLineRun run = CommandLineRun.of(addresses, true, Terminal.NONE, Map.of(), "up");

    assertThat(run.stack()).containsExactly("attach", "await", "close");
    assertThat(run.err()).contains("using the stack that runs on .rote");
  }

  @Test
  void up_secretOfTheStore_isNotPrinted() {
    Map<Service, String> addresses = Map.of(Service.SWEEPS, "localhost:9000");
    CommandLineRun run = CommandLineRun.of(addresses, false, Terminal.NONE, Map.of(), "up");

    assertThat(run.out() + run.err()).doesNotContain("hush");
    assertThat(run.out()).contains("eval \"$(../rote/rote env)\"");
    assertThat(CommandLineRun.of(addresses, true, Terminal.NONE, Map.of(), "env").out())
        .contains("export ROTE_S3_SECRET_KEY=hush");
  }

  @Test
  void version_isThatOfTheBuild() {
    assertThat(CommandLineRun.alone("--version").out()).containsPattern("rote \\d+\\.\\d+\\.\\d+");
  }

  @Test
  void debug_failure_showsTheStackTrace() {
    assertThat(CommandLineRun.alone("list", "--debug").err()).contains("\tat dev.rote.cli");
    assertThat(CommandLineRun.alone("list").err()).doesNotContain("\tat ");
  }

  @ParameterizedTest
  @CsvSource({"bash", "zsh"})
  void completion_shell_knowsCommandsAndOptions(String shell) {
    assertThat(CommandLineRun.alone("completion", shell).out())
        .contains("complete -F _complete_rote")
        .contains("adversarial")
        .contains("gallery")
        .contains("--keep-up");
  }
}
