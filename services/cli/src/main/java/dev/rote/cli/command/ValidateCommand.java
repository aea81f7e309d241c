package dev.rote.cli.command;

import dev.rote.cli.ExitCodes;
import dev.rote.cli.Session;
import dev.rote.spec.Grid;
import dev.rote.spec.SweepDefaults;
import dev.rote.spec.SweepFiles;
import dev.rote.v1.Axis;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rote validate}. */
@Command(
    name = "validate",
    header = "Checks a sweep file without running anything.",
    description = {
      "Prints how many trials the sweep has, or everything that is wrong with it (exit code 2)."
          + " Needs no service; whether the files of a dataset are at hand is only known to one:"
          + " see 'rote submit --dry-run'."
    })
public final class ValidateCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(paramLabel = "FILE", description = "A sweep, YAML or JSON.")
  private Path file = Path.of("");

  @Option(
      names = "--defaults",
      description = "Prints the sweep as YAML with every default filled in.")
  private boolean defaults;

  ValidateCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws Exception {
    Sweep sweep = SweepFile.read(file);
    SweepSpec full = SweepDefaults.fill(sweep.getSpec());
    if (defaults) {
      session
          .out()
          .println(SweepFiles.toYaml(sweep.toBuilder().setSpec(full).build()).stripTrailing());
    } else {
      session.out().println(file + ": valid, " + size(full));
    }
    return ExitCodes.OK;
  }

  /** Such as {@code 12 trials (inputs 3 x hidden 2 x repetitions 2)}. */
  static String size(SweepSpec spec) {
    List<String> factors = new ArrayList<>();
    for (Axis axis : spec.getAxesList()) {
      int points = Math.max(axis.getPointsCount(), axis.getValuesCount());
      factors.add(axis.getName() + " " + points);
    }
    if (spec.getRepetitions() > 1) {
      factors.add("repetitions " + spec.getRepetitions());
    }
    long trials = Grid.of(spec).size();
    String product = factors.isEmpty() ? "" : " (" + String.join(" x ", factors) + ")";
    return trials + (trials == 1 ? " trial" : " trials") + product;
  }
}
