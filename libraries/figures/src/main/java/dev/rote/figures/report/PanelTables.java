package dev.rote.figures.report;

import dev.rote.figures.ShortNumber;
import dev.rote.v1.HeatMap;
import dev.rote.v1.ImageGrid;
import dev.rote.v1.NumberRow;
import dev.rote.v1.NumberTable;
import dev.rote.v1.Panel;
import dev.rote.v1.PictureOf;

/**
 * What a panel shows that is no line, as tables: numbers beside it, correlations with their
 * intervals, and what its pictures are of.
 */
record PanelTables(Panel panel) {

  void writeTo(HtmlPage page) {
    if (panel.getTable().getRowsCount() > 0) {
      numbers(page, panel.getTable());
    }
    if (panel.getHeatMap().getLowCount() > 0) {
      correlations(page, panel.getHeatMap());
    }
    if (panel.getImages().getPicturesCount() > 0) {
      pictures(page, panel.getImages());
    }
  }

  private void open(HtmlPage page, String what) {
    String of = panel.getTitle().isEmpty() ? what : panel.getTitle() + ": " + what;
    page.markup("<details><summary>")
        .text(of)
        .markup("</summary>\n<div class=\"scroll\"><table class=\"final\">\n<thead><tr>");
  }

  private static void close(HtmlPage page) {
    page.markup("</tbody>\n</table></div></details>\n");
  }

  private static void header(HtmlPage page, String name) {
    page.markup("<th class=\"number\">").text(name).markup("</th>");
  }

  private void numbers(HtmlPage page, NumberTable table) {
    open(page, "numbers");
    page.element("th", "");
    table.getQuantitiesList().forEach(quantity -> header(page, quantity));
    page.markup("</tr></thead>\n<tbody>\n");
    for (NumberRow row : table.getRowsList()) {
      page.markup("<tr>").element("th", row.getName());
      for (int i = 0; i < row.getMeansCount(); i++) {
        cell(page, row.getMeans(i), row.getLow(i), row.getHigh(i));
      }
      page.markup("</tr>\n");
    }
    close(page);
  }

  private void correlations(HtmlPage page, HeatMap map) {
    open(page, "correlations");
    page.element("th", "");
    map.getColumnsList().forEach(column -> header(page, column));
    page.markup("</tr></thead>\n<tbody>\n");
    int columns = map.getColumnsCount();
    for (int row = 0; row < map.getRowsCount(); row++) {
      page.markup("<tr>").element("th", map.getRows(row));
      for (int i = row * columns; i < (row + 1) * columns; i++) {
        cell(page, map.getValues(i), map.getLow(i), map.getHigh(i));
      }
      page.markup("</tr>\n");
    }
    close(page);
  }

  private static void cell(HtmlPage page, double mean, double low, double high) {
    page.markup("<td class=\"number\">").text(Double.isNaN(mean) ? "–" : ShortNumber.of(mean));
    if (low < high) {
      page.markup("<br><small>")
          .text(ShortNumber.of(low) + " to " + ShortNumber.of(high))
          .markup("</small>");
    }
    page.markup("</td>");
  }

  private static String predicted(PictureOf picture) {
    if (!picture.hasPrediction()) {
      return "–";
    }
    String prediction = Integer.toUnsignedString(picture.getPrediction());
    return picture.getPredictedBy() == picture.getRepetitions()
        ? prediction
        : prediction + " by " + picture.getPredictedBy() + " of " + picture.getRepetitions();
  }

  private void pictures(HtmlPage page, ImageGrid images) {
    open(page, "examples");
    page.element("th", "index in the source");
    header(page, "label");
    header(page, "label of the dataset");
    header(page, "predicted");
    header(page, panel.getYLabel());
    page.markup("</tr></thead>\n<tbody>\n");
    for (PictureOf picture : images.getPicturesList()) {
      page.markup("<tr>")
          .element("td", Integer.toUnsignedString(picture.getSourceIndex()))
          .markup("<td class=\"number\">")
          .text(Integer.toUnsignedString(picture.getLabel()))
          .markup("</td><td class=\"number\">")
          .text(Integer.toUnsignedString(picture.getSourceLabel()))
          .markup("</td><td class=\"number\">")
          .text(predicted(picture))
          .markup("</td><td class=\"number\">")
          .text((picture.getCensored() ? "at least " : "") + ShortNumber.of(picture.getScore()))
          .markup(picture.getReplacedInput() ? " <small>input replaced</small>" : "")
          .markup("</td></tr>\n");
    }
    close(page);
  }
}
