package dev.rote.cli.command;

import dev.rote.cli.ExitCodes;
import dev.rote.cli.FailureHandler;
import dev.rote.cli.Session;
import dev.rote.cli.command.LocalRun.RunningStack;
import dev.rote.cli.paper.PaperGallery;
import dev.rote.cli.paper.PaperSweeps;
import dev.rote.cli.paper.PaperSweeps.Size;
import dev.rote.spec.SweepValidator;
import dev.rote.spec.UntilJudged;
import dev.rote.v1.Sweep;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rote paper run}. */
@Command(
    name = "run",
    header = "Makes figures of the paper on this machine, one after another.",
    description = {
      "The same as 'rote run' with k8s/sweeps/paper/NAME.yaml, or NAME-small.yaml, for each NAME on"
          + " one stack, and after each a page of all figures so far: what the paper says of each,"
          + " what was found, and the verdict.",
      "",
      "A sweep that fails does not keep the others from running; the exit code is then that of the"
          + " first failure. After Ctrl-C the same command goes on: what is done is not done again."
    })
public final class PaperRunCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(
      paramLabel = "NAME",
      arity = "0..*",
      description = "Figures, such as fig7; 'rote paper list' lists them.")
  private List<String> names = List.of();

  @Option(names = "--all", description = "All figures that there are at the size.")
  private boolean all;

  @Option(
      names = "--small",
      description = "At the small size: minutes a figure instead of hours or days.")
  private boolean small;

  @Option(
      names = "--until-judged",
      description = {
        "Repeats each figure until its claims are judged, at most 60 times, instead of as often as"
            + " the file says; what has run so far is not run again."
      })
  private boolean untilJudged;

  @Mixin private final SweepChanges changes = new SweepChanges();
  @Mixin private final GalleryOption gallery = new GalleryOption();
  @Mixin private final LocalRun local;
  @Spec private CommandSpec spec = CommandSpec.create();

  PaperRunCommand(Session session) {
    this.session = session;
    this.local = new LocalRun(session);
  }

  @Override
  public Integer call() throws Exception {
    if (all != names.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), all ? "give names or --all, not both" : "give a name, or --all");
    }
    PaperSweeps catalogue = PaperSweeps.of(session.home());
    List<Sweep> sweeps = new ArrayList<>();
    for (Path file : files(catalogue)) {
      Sweep sweep = changes.readOneOfSeveral(file);
      sweeps.add(untilJudged ? untilJudged(sweep) : sweep);
    }
    PaperGallery page = new PaperGallery(catalogue, gallery.folder());
    return local.run(
        spec.commandLine(), sweeps, gallery.folder(), stack -> run(sweeps, stack, page));
  }

  private static Sweep untilJudged(Sweep sweep) {
    Sweep repeating = UntilJudged.of(sweep);
    SweepValidator.check(repeating);
    return repeating;
  }

  private List<Path> files(PaperSweeps catalogue) {
    Size size = small ? Size.SMALL : Size.FULL;
    return all
        ? catalogue.names().stream().flatMap(name -> catalogue.file(name, size).stream()).toList()
        : names.stream().distinct().map(name -> catalogue.require(name, size)).toList();
  }

  private int run(List<Sweep> sweeps, RunningStack stack, PaperGallery page) throws Exception {
    int exitCode = ExitCodes.OK;
    List<String> failed = new ArrayList<>();
    for (int i = 0; i < sweeps.size(); i++) {
      Sweep sweep = sweeps.get(i);
      String name = sweep.getMetadata().getName();
      local.progress().note(String.format("[%d/%d] %s", i + 1, sweeps.size(), name));
      int ended = run(sweep, stack, page);
      if (ended != ExitCodes.OK) {
        failed.add(name);
        exitCode = exitCode == ExitCodes.OK ? ended : exitCode;
      }
    }
    if (!failed.isEmpty() && sweeps.size() > 1) {
      session
          .err()
          .printf(
              "rote: %d of %d sweeps failed: %s%n",
              failed.size(), sweeps.size(), String.join(", ", failed));
      session.err().flush();
    }
    return exitCode;
  }

  private int run(Sweep sweep, RunningStack stack, PaperGallery page) throws Exception {
    try {
      int ended = stack.run(sweep);
      if (page.refresh() > 0) {
        session.out().println(page.page());
        session.out().flush();
      }
      return ended;
    } catch (Exception e) {
      if (e instanceof InterruptedException || Thread.currentThread().isInterrupted()) {
        throw e;
      }
      return new FailureHandler(session).report(e);
    }
  }
}
