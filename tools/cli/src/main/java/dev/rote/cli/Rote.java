package dev.rote.cli;

import dev.rote.cli.command.AdversarialCommand;
import dev.rote.cli.command.BenchCommand;
import dev.rote.cli.command.CancelCommand;
import dev.rote.cli.command.CompletionCommand;
import dev.rote.cli.command.DatasetsCommand;
import dev.rote.cli.command.DemoCommand;
import dev.rote.cli.command.DownCommand;
import dev.rote.cli.command.EnvCommand;
import dev.rote.cli.command.ExportCommand;
import dev.rote.cli.command.GetCommand;
import dev.rote.cli.command.KeyCommand;
import dev.rote.cli.command.ListCommand;
import dev.rote.cli.command.LoginCommand;
import dev.rote.cli.command.PaperCommand;
import dev.rote.cli.command.PauseCommand;
import dev.rote.cli.command.PlanCommand;
import dev.rote.cli.command.ResultsCommand;
import dev.rote.cli.command.ResumeCommand;
import dev.rote.cli.command.RetryCommand;
import dev.rote.cli.command.RunCommand;
import dev.rote.cli.command.SubmitCommand;
import dev.rote.cli.command.TrialsCommand;
import dev.rote.cli.command.UpCommand;
import dev.rote.cli.command.ValidateCommand;
import dev.rote.cli.command.WatchCommand;
import dev.rote.cli.progress.SttyColumns;
import dev.rote.cli.progress.Terminal;
import dev.rote.cli.stack.EmbeddedStacks;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The {@code rote} command. */
@Command(
    name = "rote",
    scope = ScopeType.INHERIT,
    mixinStandardHelpOptions = true,
    versionProvider = RoteVersion.class,
    sortOptions = false,
    usageHelpAutoWidth = true,
    header = "Sweeps that find out how neural networks memorize.",
    description = {
      "Corrupts a dataset, trains networks on it and measures how they memorize, over whole grids"
          + " of trials; ends with figures and judged claims.",
      "",
      "'rote demo' needs nothing but this machine. The commands from 'submit'"
          + " to 'adversarial' also talk to services elsewhere (--sweeps HOST:PORT and the like)."
    },
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    parameterListHeading = "%nParameters:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "  0:done",
      "  1:the sweep failed or was cancelled, or some of its trials failed (a claim that comes out"
          + " false is a result and no failure)",
      "  2:bad usage, or an invalid sweep or request",
      "  3:a service does not answer",
      "  4:what was named is not there: a sweep, trial, file, directory, dataset or stack",
      "  5:refused or failed for another reason",
      "130:interrupted by Ctrl-C"
    },
    subcommands = {
      DemoCommand.class,
      RunCommand.class,
      PaperCommand.class,
      UpCommand.class,
      DownCommand.class,
      EnvCommand.class,
      KeyCommand.class,
      LoginCommand.class,
      ValidateCommand.class,
      PlanCommand.class,
      SubmitCommand.class,
      ListCommand.class,
      GetCommand.class,
      TrialsCommand.class,
      WatchCommand.class,
      PauseCommand.class,
      ResumeCommand.class,
      CancelCommand.class,
      RetryCommand.class,
      ResultsCommand.class,
      ExportCommand.class,
      DatasetsCommand.class,
      AdversarialCommand.class,
      BenchCommand.class,
      CompletionCommand.class,
      HelpCommand.class
    })
public final class Rote implements Runnable {
  private final Session session;

  @Spec private CommandSpec spec = CommandSpec.create();

  Rote(Session session) {
    this.session = session;
  }

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Shows the stack trace of a failure.")
  void debug(boolean on) {
    session.debug(on);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "give a command");
  }

  /** The command line of a session: parses, runs, and maps failures to exit codes. */
  public static CommandLine commandLine(Session session) {
    return new CommandLine(new Rote(session), new CommandFactory(session))
        .setOut(session.out())
        .setErr(session.err())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setAbbreviatedOptionsAllowed(false)
        .setParameterExceptionHandler(new UsageHandler())
        .setExecutionExceptionHandler(new FailureHandler(session));
  }

  /** Runs one command and ends the process with its exit code. */
  @SuppressWarnings("SystemOut")
  public static void main(String[] args) {
    Logging.configure();
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    Session session =
        new Session(
            out,
            err,
            terminal("rote.terminal.columns", Terminal.NONE),
            terminal("rote.output.columns", Terminal.ENDLESS),
            System.getenv(),
            Path.of(System.getProperty("rote.home", ".")),
            System.getProperty("rote.command", "rote"),
            new EmbeddedStacks(),
            InstantSource.system());
    int exitCode = commandLine(session).execute(args);
    out.flush();
    err.flush();
    System.exit(exitCode);
  }

  /* The launcher knows which of standard output and error is a terminal; Java only knows of both at once. */
  private static Terminal terminal(String property, Terminal otherwise) {
    int columns = Integer.getInteger(property, 0);
    return columns > 0 ? new Terminal(true, SttyColumns.from(columns)) : otherwise;
  }
}
