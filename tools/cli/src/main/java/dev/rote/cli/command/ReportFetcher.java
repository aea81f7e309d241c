package dev.rote.cli.command;

import dev.rote.cli.report.ReportFolder;
import dev.rote.cli.report.VerdictText;
import dev.rote.cli.service.Connections;
import dev.rote.figures.report.CoverageWords;
import dev.rote.v1.DownloadReportRequest;
import dev.rote.v1.GetResultsRequest;
import dev.rote.v1.Report;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/** Brings a sweep's report to disk and its verdicts to the screen. */
final class ReportFetcher {
  private final Connections connections;
  private final PrintWriter out;

  ReportFetcher(Connections connections, PrintWriter out) {
    this.connections = connections;
    this.out = out;
  }

  /** Writes {@code <parent>/<name>/} and prints each verdict and the page to open. */
  void fetch(String sweepId, String name, Path parent) throws IOException {
    ReportFolder folder = new ReportFolder(parent, name);
    folder.write(
        sweepId,
        connections
            .sweepsStream()
            .downloadReport(
                DownloadReportRequest.newBuilder().setSweep(sweepId).setPartial(true).build()));
    Report report =
        connections
            .sweeps()
            .getResults(GetResultsRequest.newBuilder().setSweep(sweepId).setPartial(true).build())
            .getReport();
    List<VerdictText.Judged> judged = VerdictText.of(report);
    judged.forEach(verdict -> out.println(VerdictText.line(verdict)));
    if (!judged.isEmpty()) {
      out.println(VerdictText.summary(judged));
    }
    CoverageWords.of(report.getCoverage()).forEach(out::println);
    out.println(folder.page());
    out.flush();
  }
}
