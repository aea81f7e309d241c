package dev.rote.figures.report;

import com.google.protobuf.Timestamp;
import dev.rote.figures.ShortNumber;
import dev.rote.v1.Figure;
import dev.rote.v1.Provenance;
import dev.rote.v1.Report;
import dev.rote.v1.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** The page of a report: one HTML file without anything to load, readable on paper. */
final class ReportPage {
  private static final String STYLE = "report.css";

  private final Report report;
  private final Map<String, String> drawings;
  private final StringBuilder page = new StringBuilder();

  private ReportPage(Report report, Map<String, String> drawings) {
    this.report = report;
    this.drawings = drawings;
  }

  /**
   * The page.
   *
   * @param drawings SVG of each figure, by its name
   */
  static String html(Report report, Map<String, String> drawings) {
    ReportPage page = new ReportPage(report, drawings);
    page.head();
    page.summary();
    report.getFiguresList().forEach(page::figure);
    page.provenance();
    page.page.append("</main>\n</body>\n</html>\n");
    return page.page.toString();
  }

  private void head() {
    page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
        .append(escape(report.getSweepName()))
        .append(" · Rote</title>\n<style>\n")
        .append(style())
        .append("</style>\n</head>\n<body>\n<main>\n<header>\n<h1>")
        .append(escape(report.getSweepName()))
        .append("</h1>\n");
    if (!report.getDescription().isEmpty()) {
      page.append("<p class=\"lead\">").append(escape(report.getDescription())).append("</p>\n");
    }
    page.append("</header>\n");
  }

  private void summary() {
    long claims = report.getFiguresList().stream().mapToLong(Figure::getVerdictsCount).sum();
    if (claims == 0) {
      return;
    }
    page.append("<section>\n<h2>Verdicts</h2>\n<p>")
        .append(count(Outcome.HOLDS))
        .append(" of ")
        .append(claims)
        .append(claims == 1 ? " claim holds" : " claims hold");
    if (count(Outcome.UNDECIDED) > 0) {
      page.append(", ").append(count(Outcome.UNDECIDED)).append(" undecided");
    }
    page.append(
        ". Each is judged by the statistic stated beside it.</p>\n<table class=\"verdicts\">\n"
            + "<thead><tr><th>Figure</th><th>Claim</th><th class=\"number\">Statistic</th>"
            + "<th>Holds when</th><th>Verdict</th></tr></thead>\n<tbody>\n");
    for (Figure figure : report.getFiguresList()) {
      for (Verdict verdict : figure.getVerdictsList()) {
        page.append("<tr><td><a href=\"#")
            .append(escape(figure.getName()))
            .append("\">")
            .append(escape(figure.getName()))
            .append("</a></td><td>")
            .append(escape(verdict.getClaim()))
            .append("</td><td class=\"number\">")
            .append(ShortNumber.of(verdict.getStatistic()))
            .append("</td><td>")
            .append(escape(condition(verdict)))
            .append("</td><td>")
            .append(badge(verdict))
            .append("</td></tr>\n");
      }
    }
    page.append("</tbody>\n</table>\n</section>\n");
  }

  private void figure(Figure figure) {
    String name = escape(figure.getName());
    page.append("<section class=\"figure\" id=\"")
        .append(name)
        .append("\">\n<h2>")
        .append(escape(figure.getTitle().isEmpty() ? figure.getName() : figure.getTitle()))
        .append("</h2>\n<figure>\n")
        .append(drawings.getOrDefault(figure.getName(), ""))
        .append(
            "<figcaption>"
                + (hasBands(figure)
                    ? "Lines are means over repetitions, bands their 95 % intervals (Student's t). "
                    : "")
                + "Numbers: <a href=\"tables/")
        .append(name)
        .append(".csv\">table</a>; picture: <a href=\"figures/")
        .append(name)
        .append(".svg\">SVG</a>, <a href=\"figures/")
        .append(name)
        .append(".png\">PNG</a>.</figcaption>\n</figure>\n");
    if (!figure.getPaper().isEmpty()) {
      page.append("<h3>What the paper says</h3>\n<p>")
          .append(escape(figure.getPaper()))
          .append("</p>\n");
    }
    if (figure.getVerdictsCount() > 0) {
      page.append("<h3>What we found</h3>\n<ul class=\"findings\">\n");
      figure.getVerdictsList().forEach(this::finding);
      page.append("</ul>\n");
    }
    page.append("</section>\n");
  }

  private static boolean hasBands(Figure figure) {
    return figure.getPanelsList().stream()
        .flatMap(panel -> panel.getSeriesList().stream())
        .anyMatch(series -> !series.getLowList().equals(series.getHighList()));
  }

  private void finding(Verdict verdict) {
    page.append("<li>")
        .append(badge(verdict))
        .append(' ')
        .append(escape(verdict.getClaim()))
        .append("<br><small>");
    if (verdict.getUndecided().isEmpty()) {
      page.append(escape(verdict.getStatisticName()))
          .append(" = <b>")
          .append(ShortNumber.of(verdict.getStatistic()))
          .append("</b>; holds when ")
          .append(escape(condition(verdict)));
    } else {
      page.append("Undecided: ").append(escape(verdict.getUndecided()));
    }
    page.append(".</small></li>\n");
  }

  private void provenance() {
    Provenance provenance = report.getProvenance();
    page.append("<section>\n<h2>Provenance</h2>\n<table class=\"provenance\">\n<tbody>\n");
    row("Sweep", report.getSweepId());
    row("Trials", Long.toString(provenance.getTrials()));
    row(
        "Training time",
        String.format(Locale.ROOT, "%.1f s over all trials", provenance.getTrainingSeconds()));
    row("Backends", String.join("; ", provenance.getBackendsList()));
    row("Rote", provenance.getRoteVersion());
    row("Engine", provenance.getEngineVersion());
    row("Java", provenance.getJavaVersion());
    row("System", provenance.getOs());
    row("Submitted", time(provenance.hasSubmitted(), provenance.getSubmitted()));
    row("Reported", time(provenance.hasReported(), provenance.getReported()));
    page.append(
            "</tbody>\n</table>\n<p>To make it again, with <a href=\"sweep.json\">sweep.json</a>")
        .append(" beside this page:</p>\n<pre>./rote run sweep.json</pre>\n")
        .append("<h3>The sweep, every default filled in</h3>\n<pre class=\"spec\">")
        .append(escape(ReportJson.sweep(report)))
        .append("</pre>\n</section>\n");
  }

  private void row(String name, String value) {
    if (!value.isEmpty()) {
      page.append("<tr><th>")
          .append(name)
          .append("</th><td>")
          .append(escape(value))
          .append("</td></tr>\n");
    }
  }

  private long count(Outcome outcome) {
    return report.getFiguresList().stream()
        .flatMap(figure -> figure.getVerdictsList().stream())
        .filter(verdict -> Outcome.of(verdict) == outcome)
        .count();
  }

  private enum Outcome {
    HOLDS("holds"),
    FAILS("does not hold"),
    UNDECIDED("undecided");

    private final String words;

    Outcome(String words) {
      this.words = words;
    }

    static Outcome of(Verdict verdict) {
      if (!verdict.getUndecided().isEmpty()) {
        return UNDECIDED;
      }
      return verdict.getHolds() ? HOLDS : FAILS;
    }
  }

  private static String badge(Verdict verdict) {
    Outcome outcome = Outcome.of(verdict);
    return "<span class=\"badge "
        + outcome.name().toLowerCase(Locale.ROOT)
        + "\">"
        + outcome.words
        + "</span>";
  }

  private static String condition(Verdict verdict) {
    return verdict.getComparison() + " " + ShortNumber.of(verdict.getThreshold());
  }

  private static String time(boolean isKnown, Timestamp time) {
    return isKnown
        ? Instant.ofEpochSecond(time.getSeconds()).truncatedTo(ChronoUnit.SECONDS).toString()
        : "";
  }

  private static String style() {
    try (InputStream stream =
        Objects.requireNonNull(ReportPage.class.getResourceAsStream(STYLE), STYLE)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + STYLE, e);
    }
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
