package dev.rote.cli.command;

import dev.rote.cli.CommandFailure;
import dev.rote.cli.ExitCodes;
import dev.rote.cli.Session;
import dev.rote.cli.estimate.EstimateText;
import dev.rote.spec.Cell;
import dev.rote.spec.ClaimExpansion;
import dev.rote.spec.FilledSweep;
import dev.rote.spec.Grid;
import dev.rote.spec.Ids;
import dev.rote.spec.KnownData;
import dev.rote.spec.SweepDefaults;
import dev.rote.spec.SweepFiles;
import dev.rote.spec.SweepSize;
import dev.rote.spec.SweepValidator;
import dev.rote.spec.estimate.SweepEstimate;
import dev.rote.v1.Axis;
import dev.rote.v1.DatasetSpec;
import dev.rote.v1.FigureSpec;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rote validate}. */
@Command(
    name = "validate",
    header = "Checks a sweep file without running anything.",
    description = {
      "Prints how many trials and claims the sweep has and an estimate of what they take, or"
          + " everything that is wrong with it (exit code 2). Needs no service; whether the files"
          + " of a dataset are at hand is only known to one: see 'rote submit --dry-run'. With"
          + " --network: what the sweep's networks are made of."
    })
public final class ValidateCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(paramLabel = "FILE", description = "A sweep, YAML or JSON.")
  private Path file = Path.of("");

  @Mixin private final SweepChanges changes = new SweepChanges();

  @Option(
      names = "--trial",
      paramLabel = "N",
      description =
          "Prints trial N of the grid, from 0, as YAML with every default filled in, instead of the"
              + " count.")
  private @Nullable Long trial;

  @Option(
      names = "--gflops",
      paramLabel = "N",
      defaultValue = "50",
      description =
          "Rate by which the time is estimated, in 10^9 operations a second (default:"
              + " ${DEFAULT-VALUE}, about what two cores were measured at; docs/performance.md).")
  private double gflops = 50;

  @Mixin private final NetworkOptions network = new NetworkOptions();

  ValidateCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws Exception {
    if (!(gflops > 0)) {
      throw new CommandFailure(ExitCodes.INVALID, "--gflops must be above 0, was " + gflops);
    }
    Sweep sweep = changes.read(file);
    SweepSpec spec = SweepDefaults.fill(sweep.getSpec());
    SweepSize.check(sweep.toBuilder().setSpec(spec).build(), SweepSize.MOST_TRIALS);
    if (network.wanted()) {
      network.print(spec, session);
    } else if (trial == null) {
      session.out().println(file + ": valid, " + size(spec));
      claims(sweep.getSpec(), spec).ifPresent(session.out()::println);
      SweepEstimate.of(spec, KnownData.NONE)
          .map(
              estimate ->
                  EstimateText.lines(estimate, spec.getRetention().getCheckpoints(), gflops))
          .orElse(List.of("estimate: none, the shape of your own files is not in the sweep"))
          .forEach(session.out()::println);
      DatasetSpec dataset = spec.getTrial().getDataset();
      if (dataset.hasIdx() && !dataset.getIdx().hasClasses()) {
        session
            .out()
            .println(
                "classes: as many as the largest training label plus one, unless idx.classes says"
                    + " how many");
      }
      SweepValidator.warnings(sweep).forEach(warning -> session.note("warning: " + warning));
    } else {
      print(Grid.of(spec), trial);
    }
    return ExitCodes.OK;
  }

  /** How many claims there are, where some are written for each of several labels. */
  private static Optional<String> claims(SweepSpec written, SweepSpec filled) {
    int each = ClaimExpansion.written(written);
    return each == 0
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "claims: %d, of %d that are written (forEach or inTurn in %d)",
                count(filled),
                count(written),
                each));
  }

  private static int count(SweepSpec spec) {
    return spec.getFiguresList().stream().mapToInt(FigureSpec::getClaimsCount).sum();
  }

  private void print(Grid grid, long index) {
    if (index < 0 || index >= grid.size()) {
      throw new CommandFailure(
          ExitCodes.INVALID,
          String.format("--trial must be in [0, %d], was %d", grid.size() - 1, index));
    }
    Cell cell = grid.cell(index);
    session.out().println("# trial " + Ids.trialId(cell.trial()).value() + ", " + cell.labels());
    session.out().println(SweepFiles.toYaml(FilledSweep.of(cell.trial())).stripTrailing());
  }

  /** Such as {@code 12 trials (inputs 3 x hidden 2 x repetitions 2)}. */
  static String size(SweepSpec spec) {
    List<String> factors = new ArrayList<>();
    for (Axis axis : spec.getAxesList()) {
      int points = Math.max(axis.getPointsCount(), axis.getValuesCount());
      factors.add(axis.getName() + " " + points);
    }
    Grid grid = Grid.of(spec);
    if (spec.hasRepeat()) {
      int atLeast = spec.getRepeat().getAtLeast();
      factors.add("repetitions " + atLeast + " to " + spec.getRepetitions() + ", until judged");
      return grid.points() * atLeast
          + " to "
          + grid.size()
          + " trials ("
          + String.join(" x ", factors)
          + ")";
    }
    if (spec.getRepetitions() > 1) {
      factors.add("repetitions " + spec.getRepetitions());
    }
    long trials = grid.size();
    String product = factors.isEmpty() ? "" : " (" + String.join(" x ", factors) + ")";
    return trials + (trials == 1 ? " trial" : " trials") + product;
  }
}
