package dev.rote.cli.command;

import dev.rote.cli.ExitCodes;
import dev.rote.cli.Session;
import dev.rote.cli.output.Column;
import dev.rote.cli.output.OutputOptions;
import dev.rote.cli.output.Printer;
import dev.rote.cli.report.VerdictText;
import dev.rote.cli.report.VerdictText.Judged;
import dev.rote.cli.service.Connections;
import dev.rote.cli.service.EndpointOptions;
import dev.rote.figures.report.CoverageWords;
import dev.rote.figures.report.FigureTable;
import dev.rote.v1.GetResultsRequest;
import dev.rote.v1.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rote results}. */
@Command(
    name = "results",
    header = "Shows what a sweep found.",
    description = {
      "As a table or CSV: the claims with their statistics and verdicts, or, with --series, every"
          + " point of every line of every figure. As JSON or YAML: the whole report in numbers.",
      "A sweep that has not completed, or never will, has a report of what there is: it is marked as"
          + " partial, and claims that need the rest are undecided."
    })
public final class ResultsCommand implements Callable<Integer> {
  private final Session session;

  @Mixin private final SweepArgument sweep = new SweepArgument();

  @Option(names = "--series", description = "The points of the figures instead of the claims.")
  private boolean series;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Writes the report with its figures and tables to DIR/<sweep id>/ and, as the newest of its"
              + " name, DIR/<sweep name>/, and prints one line"
              + " a claim.")
  private @Nullable Path out;

  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final EndpointOptions endpoints;

  ResultsCommand(Session session) {
    this.session = session;
    this.endpoints = new EndpointOptions(session);
  }

  @Override
  public Integer call() throws IOException {
    if (out != null) {
      WritablePlace.folder("--out", out);
    }
    try (Connections connections = endpoints.connect()) {
      Report report =
          connections
              .sweeps()
              .getResults(
                  GetResultsRequest.newBuilder().setSweep(sweep.name()).setPartial(true).build())
              .getReport();
      if (out != null) {
        new ReportFetcher(connections, session.out())
            .fetch(report.getSweepId(), report.getSweepName(), out);
        return ExitCodes.OK;
      }
      CoverageWords.of(report.getCoverage()).forEach(session::note);
      Printer printer = output.printer(session);
      if (series) {
        FigureTable points = FigureTable.of(report.getFiguresList());
        printer.table(SeriesColumns.of(points), points.rows(), report);
      } else {
        printer.table(claims(), VerdictText.of(report), report);
      }
      return ExitCodes.OK;
    }
  }

  private static List<Column<Judged>> claims() {
    return List.of(
        Column.text("figure", Judged::figure),
        Column.text("verdict", judged -> VerdictText.word(judged.verdict())),
        Column.known("statistic", judged -> judged.verdict().getStatistic()),
        Column.text("comparison", judged -> judged.verdict().getComparison()),
        Column.number("threshold", judged -> judged.verdict().getThreshold()),
        Column.text("claim", judged -> judged.verdict().getClaim()),
        Column.text("basis", judged -> VerdictText.basis(judged.verdict())));
  }
}
