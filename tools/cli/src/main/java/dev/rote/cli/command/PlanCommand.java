package dev.rote.cli.command;

import dev.rote.cli.CommandFailure;
import dev.rote.cli.ExitCodes;
import dev.rote.cli.Session;
import dev.rote.cli.output.Column;
import dev.rote.cli.output.OutputFormat;
import dev.rote.cli.output.Printer;
import dev.rote.cli.report.VerdictText;
import dev.rote.cli.report.VerdictText.Judged;
import dev.rote.cli.service.Connections;
import dev.rote.cli.service.EndpointOptions;
import dev.rote.figures.sequential.RepeatDesign;
import dev.rote.figures.sequential.SyntheticClaims;
import dev.rote.figures.sequential.SyntheticClaims.Effect;
import dev.rote.figures.sequential.SyntheticClaims.Outcomes;
import dev.rote.spec.SweepDefaults;
import dev.rote.spec.SweepFiles;
import dev.rote.spec.VisibleText;
import dev.rote.v1.GetResultsRequest;
import dev.rote.v1.RepeatSpec;
import dev.rote.v1.Report;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepSpec;
import dev.rote.v1.ValueSpread;
import dev.rote.v1.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rote plan}. */
@Command(
    name = "plan",
    header = "Tells what repeating until judged takes and finds, by simulation.",
    description = {
      "With a sweep, which need not have ended, as a pilot: for each claim that is a mean of one"
          + " value a repetition, the probability that a sweep that repeats until judged finds that"
          + " it holds or fails, or gives it up, and the repetitions that it takes. How far the"
          + " effect is not known from the pilot is drawn anew for each simulated sweep.",
      "Without one: the same for effects of several sizes, in standard deviations of a repetition"
          + " from the threshold, beside fixed numbers of repetitions. At effect 0 whatever holds"
          + " is a wrong decision."
    })
public final class PlanCommand implements Callable<Integer> {
  private static final long SEED = 11;
  private static final double[] EFFECTS = {0, 0.2, 0.35, 0.5, 0.8, 1.2, 2, 4};
  private static final int[] FIXED = {3, 20, 60};
  private static final int MOST_SWEEPS = 10_000_000;

  private final Session session;

  @Parameters(
      paramLabel = "NAME",
      arity = "0..1",
      description = "The pilot: name of a sweep (the newest one of that name), or its id.")
  private @Nullable String pilot;

  @Option(
      names = "--at-most",
      paramLabel = "N",
      description = "Repetitions of the last look (default: those of the pilot, or 60).")
  private @Nullable Integer atMost;

  @Option(
      names = "--error",
      paramLabel = "P",
      description = "Error of a claim over all looks (default: that of the pilot, or 0.05).")
  private @Nullable Double error;

  @Option(
      names = "--spending",
      paramLabel = "HOW",
      description = "POCOCK or OBRIEN_FLEMING (default: that of the pilot, or POCOCK).")
  private @Nullable String spending;

  @Option(
      names = "--futility",
      paramLabel = "P",
      description =
          "Probability of a decision below which a claim is given up (default: that of the pilot,"
              + " or 0.1).")
  private @Nullable Double futility;

  @Option(
      names = "--simulations",
      paramLabel = "N",
      defaultValue = "10000",
      description = "Sweeps that are simulated a line (default: ${DEFAULT-VALUE}).")
  private int simulations = 10_000;

  @Option(names = "--csv", description = "Prints CSV instead of a table.")
  private boolean csv;

  @Mixin private final EndpointOptions endpoints;

  PlanCommand(Session session) {
    this.session = session;
    this.endpoints = new EndpointOptions(session);
  }

  /** One line: what a design finds of an effect. */
  private record Row(String what, String design, Outcomes outcomes) {}

  @Override
  public Integer call() {
    if (simulations < 1 || simulations > MOST_SWEEPS) {
      throw new CommandFailure(
          ExitCodes.INVALID, "--simulations must be in [1, 10000000], was " + simulations);
    }
    List<Row> rows = pilot == null ? effects() : claims(pilot);
    OutputFormat format = csv ? OutputFormat.CSV : OutputFormat.TABLE;
    new Printer(session.out(), format, session.output().columns().getAsInt())
        .table(columns(), rows, Report.getDefaultInstance());
    return ExitCodes.OK;
  }

  private List<Row> effects() {
    RepeatDesign design = design(RepeatSpec.getDefaultInstance());
    List<Row> rows = new ArrayList<>();
    for (double effect : EFFECTS) {
      String what = String.format(Locale.ROOT, "effect %s", Double.toString(effect));
      rows.addAll(rows(what, Effect.known(effect), design, FIXED));
    }
    return rows;
  }

  private List<Row> rows(String what, Effect effect, RepeatDesign design, int... fixed) {
    List<Row> rows = new ArrayList<>();
    rows.add(
        new Row(what, "until judged", SyntheticClaims.repeated(design, effect, simulations, SEED)));
    for (int repetitions : fixed) {
      rows.add(
          new Row(
              what,
              repetitions + " fixed",
              SyntheticClaims.fixed(repetitions, design.error(), effect, simulations, SEED)));
    }
    return rows;
  }

  private List<Row> claims(String name) {
    Report report;
    try (Connections connections = endpoints.connect()) {
      report =
          connections
              .sweeps()
              .getResults(GetResultsRequest.newBuilder().setSweep(name).setPartial(true).build())
              .getReport();
    }
    Sweep sweep = SweepFiles.parse(report.getProvenance().getSweepJson(), "sweep.json");
    RepeatDesign design = design(sweep.getSpec().getRepeat());
    List<Row> rows = new ArrayList<>();
    int others = 0;
    for (Judged judged : VerdictText.of(report)) {
      Verdict verdict = judged.verdict();
      ValueSpread spread = verdict.getSpread();
      if (spread.getRepetitions() < 2 || spread.getDeviation() == 0) {
        others++;
        continue;
      }
      boolean high = verdict.getComparison().matches("above|at least");
      double above = (spread.getMean() - verdict.getThreshold()) / spread.getDeviation();
      rows.addAll(
          rows(
              judged.figure() + ": " + verdict.getClaim(),
              new Effect(spread.getRepetitions(), high ? above : -above),
              design,
              spread.getRepetitions()));
    }
    if (others > 0) {
      session.note(
          others
              + " claims are left out: they have no values that differ from repetition to"
              + " repetition");
    }
    return rows;
  }

  /** What is written here, over what the pilot declares, over the defaults. */
  private RepeatDesign design(RepeatSpec declared) {
    RepeatSpec.Builder repeat = declared.toBuilder();
    if (atMost != null) {
      repeat.clearLooks().clearAtLeast().setAtMost(atMost);
    }
    if (error != null) {
      repeat.setError(error);
    }
    if (futility != null) {
      repeat.setFutility(futility);
    }
    if (spending != null) {
      repeat.setSpending(spending(spending));
    }
    SweepSpec spec = SweepSpec.newBuilder().setRepeat(repeat).build();
    try {
      return RepeatDesign.of(SweepDefaults.fill(spec).getRepeat());
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(ExitCodes.INVALID, String.valueOf(e.getMessage()), e);
    }
  }

  private static RepeatSpec.Spending spending(String written) {
    return switch (written.toUpperCase(Locale.ROOT)) {
      case "POCOCK" -> RepeatSpec.Spending.POCOCK;
      case "OBRIEN_FLEMING" -> RepeatSpec.Spending.OBRIEN_FLEMING;
      default ->
          throw new CommandFailure(
              ExitCodes.INVALID,
              "--spending must be POCOCK or OBRIEN_FLEMING, was " + VisibleText.line(written));
    };
  }

  private static List<Column<Row>> columns() {
    return List.of(
        Column.text("what", Row::what),
        Column.text("repetitions", Row::design),
        Column.text("holds", row -> share(row.outcomes(), row.outcomes().holds())),
        Column.text("fails", row -> share(row.outcomes(), row.outcomes().fails())),
        Column.text("futile", row -> percent(row.outcomes().futile())),
        Column.text(
            "mean", row -> String.format(Locale.ROOT, "%.1f", row.outcomes().repetitions())));
  }

  /** Such as {@code 2.41 % ± 0.15}, with its standard error. */
  private static String share(Outcomes outcomes, double share) {
    return percent(share) + String.format(Locale.ROOT, " ± %.2f", 100 * outcomes.error(share));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * share);
  }
}
