package dev.rote.figures.report;

import dev.rote.figures.ShortNumber;
import dev.rote.v1.ClaimLook;
import dev.rote.v1.Figure;
import dev.rote.v1.HeatMap;
import dev.rote.v1.Panel;
import dev.rote.v1.PictureOf;
import dev.rote.v1.Series;
import dev.rote.v1.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * A figure on a page: title, picture, what the paper says and what was found.
 *
 * @param id of the section, for links
 * @param drawing the picture as SVG, whose ids are no others' on the page
 * @param folder where the files of the figure's report lie: empty, or ending with a slash
 * @param level of the heading
 */
record FigureSection(Figure figure, String id, String drawing, String folder, int level) {

  void writeTo(HtmlPage page) {
    page.markup("<section class=\"figure\" id=\"").text(id).markup("\">\n");
    heading(page, level, title(figure));
    page.markup("<figure>\n").markup(drawing).markup("<figcaption>");
    page.text(reading()).markup("Numbers: ");
    link(page, "tables/", ".csv", "table");
    page.markup("; picture: ");
    link(page, "figures/", ".svg", "SVG");
    page.markup(", ");
    link(page, "figures/", ".png", "PNG");
    page.markup(".</figcaption>\n</figure>\n");
    figure.getPanelsList().forEach(panel -> new PanelTables(panel).writeTo(page));
    if (!figure.getPaper().isEmpty()) {
      heading(page, level + 1, "What the paper says");
      page.element("p", figure.getPaper()).markup("\n");
    }
    if (figure.getVerdictsCount() > 0) {
      heading(page, level + 1, "What we found");
      page.markup("<ul class=\"findings\">\n");
      figure.getVerdictsList().forEach(verdict -> finding(page, verdict));
      page.markup("</ul>\n");
    }
    page.markup("</section>\n");
  }

  /** The title of a figure, or its name if it has none. */
  static String title(Figure figure) {
    return figure.getTitle().isEmpty() ? figure.getName() : figure.getTitle();
  }

  /** When a claim holds, such as {@code above 0.5}. */
  static String condition(Verdict verdict) {
    return verdict.getComparison() + " " + ShortNumber.of(verdict.getThreshold());
  }

  private static void heading(HtmlPage page, int level, String text) {
    page.element("h" + level, text).markup("\n");
  }

  private void link(HtmlPage page, String kind, String suffix, String text) {
    page.link(folder + kind + figure.getName() + suffix, text);
  }

  /** How the picture is to be read. */
  private String reading() {
    StringBuilder text = new StringBuilder();
    if (any(FigureSection::hasInterval)) {
      text.append(
          "Means over repetitions; bands and bars are their 95 % intervals: score intervals"
              + " (Wilson's, with the spread of the repetitions) for shares and other quantities"
              + " that cannot be negative, Student's t for the rest. ");
    }
    if (any(series -> series.getCensoredList().stream().anyMatch(count -> count > 0))) {
      text.append("An arrow marks a lower bound: in some repetition training ended before that. ");
    }
    if (any(series -> series.getDivergedCount() > 0)) {
      text.append(
          "A cross marks where repetitions diverged: they have no value from there on; a cross at"
              + " the foot of a panel, that none has. ");
    }
    if (heatMaps(HeatMap.Scale.UNSPECIFIED)) {
      text.append("Colours are means over repetitions, on a logarithmic scale. ");
    }
    if (heatMaps(HeatMap.Scale.CORRELATION)) {
      text.append(
          "Colours are Spearman's correlations of scores over examples, means over repetitions. ");
    }
    if (images(true)) {
      text.append(
          "Under each picture: the label that it is trained on, in brackets that of the dataset"
              + " where it is another, and its score. ");
      if (figure.getPanelsList().stream()
          .flatMap(panel -> panel.getImages().getPicturesList().stream())
          .anyMatch(PictureOf::hasPrediction)) {
        text.append(
            "After the arrow stands what the network of the first repetition predicts, and how many"
                + " repetitions do where not all of them agree. ");
      }
    }
    if (images(false)) {
      text.append("Images are from the first repetition, each stretched to its own range. ");
    }
    return text.toString();
  }

  private boolean heatMaps(HeatMap.Scale scale) {
    return figure.getPanelsList().stream()
        .anyMatch(panel -> panel.hasHeatMap() && panel.getHeatMap().getScale() == scale);
  }

  private boolean images(boolean ofExamples) {
    return figure.getPanelsList().stream()
        .filter(Panel::hasImages)
        .anyMatch(panel -> panel.getImages().getPicturesCount() > 0 == ofExamples);
  }

  private static boolean hasInterval(Series series) {
    return !series.getLowList().equals(series.getHighList())
        || !series.getXLowList().equals(series.getXHighList());
  }

  private boolean any(Predicate<Series> property) {
    return figure.getPanelsList().stream()
        .flatMap(panel -> panel.getSeriesList().stream())
        .anyMatch(property);
  }

  private static void finding(HtmlPage page, Verdict verdict) {
    page.markup("<li>").markup(Outcome.of(verdict).badge()).markup(" ").text(verdict.getClaim());
    page.markup("<br><small>");
    if (verdict.getUndecided().isEmpty()) {
      page.text(verdict.getStatisticName())
          .markup(" = ")
          .element("b", ShortNumber.of(verdict.getStatistic()))
          .markup("; holds when ")
          .text(condition(verdict));
    } else {
      page.markup("Undecided: ").text(verdict.getUndecided());
    }
    page.markup(".</small>");
    if (verdict.getLooksCount() > 0) {
      looks(page, verdict.getLooksList());
    }
    page.markup("</li>\n");
  }

  /** What each look at a claim found. */
  private static void looks(HtmlPage page, List<ClaimLook> looks) {
    page.markup("<table class=\"looks\"><tr>");
    List.of("repetitions", "estimate", "repeated interval", "decision", "chance of a decision")
        .forEach(head -> page.element("th", head));
    page.markup("</tr>");
    for (ClaimLook look : looks) {
      page.markup("<tr>");
      page.element("td", Integer.toString(look.getRepetitions()));
      page.element("td", ShortNumber.of(look.getStatistic()));
      page.element("td", ShortNumber.of(look.getLow()) + " to " + ShortNumber.of(look.getHigh()));
      page.element("td", look.getDecision().name().toLowerCase(Locale.ROOT));
      page.element("td", Double.isNaN(look.getPower()) ? "" : ShortNumber.of(look.getPower()));
      page.markup("</tr>");
    }
    page.markup("</table>");
  }
}
