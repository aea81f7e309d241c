package dev.rote.figures.report;

import com.google.protobuf.Timestamp;
import dev.rote.figures.ShortNumber;
import dev.rote.v1.Figure;
import dev.rote.v1.Provenance;
import dev.rote.v1.Report;
import dev.rote.v1.SetupLine;
import dev.rote.v1.Verdict;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;

/** The page of a report. */
final class ReportPage {
  private final Report report;
  private final HtmlPage page;

  private ReportPage(Report report) {
    this.report = report;
    this.page = new HtmlPage(report.getSweepName(), report.getDescription());
  }

  /**
   * The page.
   *
   * @param drawings SVG of each figure, by its name
   */
  static String html(Report report, Map<String, String> drawings) {
    ReportPage page = new ReportPage(report);
    page.coverage();
    page.setup();
    page.summary();
    for (Figure figure : report.getFiguresList()) {
      String drawing = drawings.getOrDefault(figure.getName(), "");
      new FigureSection(figure, figure.getName(), drawing, "", 2).writeTo(page.page);
    }
    new FinalValuesSection(report.getFinalValues()).writeTo(page.page);
    page.provenance();
    return page.page.end();
  }

  private void coverage() {
    for (String sentence : CoverageWords.of(report.getCoverage())) {
      page.markup("<p class=\"notice\" role=\"note\">").text(sentence).markup("</p>\n");
    }
  }

  private void setup() {
    if (report.getSetupCount() == 0) {
      return;
    }
    page.markup("<section class=\"setup\">\n<h2>Set-up</h2>\n<dl>\n");
    for (SetupLine line : report.getSetupList()) {
      page.markup("<div>")
          .element("dt", line.getName())
          .element("dd", line.getText())
          .markup("</div>\n");
    }
    page.markup("</dl>\n</section>\n");
  }

  private void summary() {
    if (report.getFiguresList().stream().allMatch(figure -> figure.getVerdictsCount() == 0)) {
      return;
    }
    page.markup("<section>\n<h2>Verdicts</h2>\n<p>")
        .text(Outcome.summary(report.getFiguresList()))
        .markup(". Each is judged by the statistic stated beside it.</p>\n")
        .markup("<table class=\"verdicts\">\n<thead><tr><th>Verdict</th><th>Claim</th>")
        .markup("<th class=\"number\">Statistic</th><th>Holds when</th><th>Figure</th></tr>")
        .markup("</thead>\n<tbody>\n");
    for (Figure figure : report.getFiguresList()) {
      figure.getVerdictsList().forEach(verdict -> row(figure, verdict));
    }
    page.markup("</tbody>\n</table>\n</section>\n");
  }

  private void row(Figure figure, Verdict verdict) {
    page.markup("<tr><td>" + Outcome.of(verdict).badge() + "</td><td class=\"claim\">")
        .text(verdict.getClaim())
        .markup("</td><td class=\"number\" data-name=\"statistic\">")
        .text(ShortNumber.of(verdict.getStatistic()))
        .markup("</td><td data-name=\"holds when\">")
        .text(FigureSection.condition(verdict))
        .markup("</td><td data-name=\"figure\">")
        .link("#" + figure.getName(), figure.getName())
        .markup("</td></tr>\n");
  }

  private void provenance() {
    Provenance provenance = report.getProvenance();
    page.markup("<section>\n<h2>Provenance</h2>\n<table class=\"provenance\">\n<tbody>\n");
    row("Sweep", report.getSweepId());
    row("Trials", Long.toString(provenance.getTrials()));
    row(
        "Training time",
        String.format(Locale.ROOT, "%.1f s over all trials", provenance.getTrainingSeconds()));
    provenance
        .getOwnFilesMap()
        .forEach((path, hash) -> row("Own file", path + ", SHA-256 " + hash));
    row("Backends", String.join("; ", provenance.getBackendsList()));
    row("Numerics", provenance.getNumerics());
    row("Rote", provenance.getRoteVersion());
    row("Engine", provenance.getEngineVersion());
    row("Java", provenance.getJavaVersion());
    row("System", provenance.getOs());
    row("Submitted", time(provenance.hasSubmitted(), provenance.getSubmitted()));
    row("Reported", time(provenance.hasReported(), provenance.getReported()));
    page.markup(
            "</tbody>\n</table>\n<p>To make it again, with <a href=\"sweep.json\">sweep.json</a>")
        .markup(" beside this page:</p>\n<pre>./rote run sweep.json")
        .markup(provenance.getOwnFilesCount() == 0 ? "" : " --datasets DIR")
        .markup("</pre>\n")
        .markup("<h3>The sweep, every default filled in</h3>\n<pre class=\"spec\">")
        .text(ReportJson.filledSweep(report))
        .markup("</pre>\n</section>\n");
  }

  private void row(String name, String value) {
    if (!value.isEmpty()) {
      page.markup("<tr>").element("th", name).element("td", value).markup("</tr>\n");
    }
  }

  private static String time(boolean isKnown, Timestamp time) {
    return isKnown
        ? Instant.ofEpochSecond(time.getSeconds()).truncatedTo(ChronoUnit.SECONDS).toString()
        : "";
  }
}
