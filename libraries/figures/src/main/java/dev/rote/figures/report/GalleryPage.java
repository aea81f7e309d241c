package dev.rote.figures.report;

import dev.rote.figures.ShortDuration;
import dev.rote.figures.drawing.FigureImages;
import dev.rote.v1.Figure;
import dev.rote.v1.Report;
import java.util.List;

/**
 * The page that shows the figures of many sweeps, each beside what the paper says of it. It lies in
 * the folder that holds the folders of their reports. Equal entries give equal bytes.
 */
public final class GalleryPage {
  private static final String HEADING = "A Closer Look at Memorization in Deep Networks";

  private final List<GalleryEntry> entries;
  private final List<Figure> figures;
  private final HtmlPage page;
  private final FigureImages images = new FigureImages();

  private GalleryPage(List<GalleryEntry> entries) {
    this.entries = entries;
    this.figures =
        entries.stream().flatMap(entry -> entry.report().getFiguresList().stream()).toList();
    this.page = new HtmlPage(HEADING, lead(entries.size(), figures));
  }

  /**
   * The page, sweeps in the order given.
   *
   * @throws dev.rote.figures.FigureException when this Java cannot draw
   */
  public static String html(List<GalleryEntry> entries) {
    GalleryPage gallery = new GalleryPage(List.copyOf(entries));
    gallery.contents();
    gallery.summary();
    gallery.entries.forEach(gallery::sweep);
    return gallery.page.end();
  }

  private static String lead(int sweeps, List<Figure> figures) {
    return String.format(
        "The experiments of Arpit et al. (ICML 2017), run by Rote: %d %s of %d %s. Each is shown with"
            + " what the paper says of it, with what was found, and with the statistic that judges"
            + " each claim. %s.",
        figures.size(),
        figures.size() == 1 ? "figure" : "figures",
        sweeps,
        sweeps == 1 ? "sweep" : "sweeps",
        Outcome.summary(figures));
  }

  private void contents() {
    page.markup("<nav class=\"contents\">\n<h2>Contents</h2>\n<ol>\n");
    for (GalleryEntry entry : entries) {
      Report report = entry.report();
      page.markup("<li>").link("#" + report.getSweepName(), report.getSweepName()).markup("<ul>\n");
      for (Figure figure : report.getFiguresList()) {
        page.markup("<li>")
            .link("#" + id(report, figure), FigureSection.title(figure))
            .markup("</li>\n");
      }
      page.markup("</ul></li>\n");
    }
    page.markup("</ol>\n</nav>\n");
  }

  private void summary() {
    page.markup("<section>\n<h2>Summary</h2>\n<table class=\"summary\">\n<thead><tr>")
        .markup("<th>Sweep</th><th>Size</th><th>Figure</th>");
    for (String column : List.of("Hold", "Do not", "Undecided", "Trials", "Training")) {
      page.markup("<th class=\"number\">").text(column).markup("</th>");
    }
    page.markup("</tr></thead>\n");
    for (GalleryEntry entry : entries) {
      page.markup("<tbody>\n");
      List<Figure> own = entry.report().getFiguresList();
      for (int i = 0; i < own.size(); i++) {
        row(entry, own.get(i), i == 0 ? own.size() : 0);
      }
      page.markup("</tbody>\n");
    }
    page.markup("<tfoot><tr><th colspan=\"3\">All</th>");
    outcomes(figures);
    number(
        Long.toString(
            entries.stream().mapToLong(entry -> entry.report().getProvenance().getTrials()).sum()),
        1);
    number(
        ShortDuration.of(
            entries.stream()
                .mapToDouble(entry -> entry.report().getProvenance().getTrainingSeconds())
                .sum()),
        1);
    page.markup("</tr></tfoot>\n</table>\n")
        .markup("<p class=\"note\">Claims are counted by figure. Training is the time that trials")
        .markup(" trained for, added up over all of them, wherever and whenever they ran.</p>\n")
        .markup("</section>\n");
  }

  /** A row of the summary; what is the same for all figures of a sweep spans so many rows. */
  private void row(GalleryEntry entry, Figure figure, int span) {
    Report report = entry.report();
    page.markup("<tr>");
    if (span > 0) {
      page.markup("<td rowspan=\"" + span + "\">")
          .link("#" + report.getSweepName(), report.getSweepName())
          .markup("</td><td rowspan=\"" + span + "\">")
          .text(entry.size())
          .markup("</td>");
    }
    page.markup("<td>").link("#" + id(report, figure), FigureSection.title(figure)).markup("</td>");
    outcomes(List.of(figure));
    if (span > 0) {
      number(Long.toString(report.getProvenance().getTrials()), span);
      number(ShortDuration.of(report.getProvenance().getTrainingSeconds()), span);
    }
    page.markup("</tr>\n");
  }

  private void outcomes(List<Figure> of) {
    for (Outcome outcome : Outcome.values()) {
      long count = outcome.count(of);
      number(count == 0 ? "–" : Long.toString(count), 1);
    }
  }

  private void number(String text, int span) {
    page.markup("<td class=\"number\"" + (span > 1 ? " rowspan=\"" + span + "\"" : "") + ">")
        .text(text)
        .markup("</td>");
  }

  private void sweep(GalleryEntry entry) {
    Report report = entry.report();
    page.markup("<section class=\"sweep\" id=\"").text(report.getSweepName()).markup("\">\n");
    page.element("h2", report.getSweepName()).markup("\n");
    if (!report.getDescription().isEmpty()) {
      page.element("p", report.getDescription()).markup("\n");
    }
    for (String sentence : CoverageWords.of(report.getCoverage())) {
      page.markup("<p class=\"notice\" role=\"note\">").text(sentence).markup("</p>\n");
    }
    String folder = "./" + entry.folder() + "/";
    for (Figure figure : report.getFiguresList()) {
      new FigureSection(figure, id(report, figure), drawing(report, figure), folder, 3)
          .writeTo(page);
    }
    page.markup("<h3>How it was made</h3>\n<pre>").text(entry.command()).markup("</pre>\n<p>");
    if (!entry.note().isEmpty()) {
      page.text(entry.note()).markup(" ");
    }
    page.markup("Its own ")
        .link(folder + "report.html", "report")
        .markup(" tells more: versions, seeds and times (")
        .link(folder + "provenance.json", "provenance")
        .markup("), the ")
        .link(folder + "sweep.json", "sweep")
        .markup(" itself, the ")
        .link(folder + "verdicts.json", "verdicts")
        .markup(" for machines.</p>\n</section>\n");
  }

  /** The name of the sweep before that of the figure: two sweeps may draw figures of one name. */
  private static String id(Report report, Figure figure) {
    return report.getSweepName() + "." + figure.getName();
  }

  private String drawing(Report report, Figure figure) {
    return images.svg(figure.toBuilder().setName(id(report, figure)).build());
  }
}
