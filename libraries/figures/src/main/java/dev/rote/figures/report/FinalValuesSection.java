package dev.rote.figures.report;

import dev.rote.figures.AxisColumns;
import dev.rote.figures.CsvField;
import dev.rote.figures.ShortNumber;
import dev.rote.v1.FinalRow;
import dev.rote.v1.FinalValues;
import java.util.ArrayList;
import java.util.List;

/** What the trials of each cell ended with, as a table of the page and as CSV. */
final class FinalValuesSection {
  private final FinalValues values;

  /** Positions of the quantities that some row has. */
  private final List<Integer> quantities = new ArrayList<>();

  FinalValuesSection(FinalValues values) {
    this.values = values;
    for (int q = 0; q < values.getQuantitiesCount(); q++) {
      int quantity = q;
      if (values.getRowsList().stream().anyMatch(row -> has(row, quantity))) {
        quantities.add(q);
      }
    }
  }

  private static boolean has(FinalRow row, int quantity) {
    return quantity < row.getMeansCount() && Double.isFinite(row.getMeans(quantity));
  }

  void writeTo(HtmlPage page) {
    if (values.getRowsCount() == 0) {
      return;
    }
    page.markup("<section>\n<h2>Final values</h2>\n<p>")
        .text(
            "Means over the repetitions of each cell at the end of training, with the ends of their"
                + " 95 % intervals. Trials that diverged have no final value.")
        .markup("</p>\n<div class=\"scroll\"><table class=\"final\">\n<thead><tr>");
    values.getAxesList().forEach(axis -> page.element("th", axis));
    page.markup("<th class=\"number\">Trials</th>");
    quantities.forEach(
        q -> page.markup("<th class=\"number\">").text(values.getQuantities(q)).markup("</th>"));
    page.markup("</tr></thead>\n<tbody>\n");
    values.getRowsList().forEach(row -> row(page, row));
    page.markup("</tbody>\n</table></div>\n<p class=\"note\">");
    if (values.getTotal() > values.getRowsCount()) {
      page.text("The first " + values.getRowsCount() + " of " + values.getTotal() + " cells. ");
    }
    page.markup("Numbers: ").link("final-values.csv", "table").markup(".</p>\n</section>\n");
  }

  private void row(HtmlPage page, FinalRow row) {
    page.markup("<tr>");
    row.getLabelsList().forEach(label -> page.element("td", label));
    page.markup("<td class=\"number\">").text(Integer.toString(row.getRepetitions()));
    if (row.getDiverged() > 0) {
      page.markup(" <span class=\"badge fails\">")
          .text(row.getDiverged() + " diverged")
          .markup("</span>");
    }
    page.markup("</td>");
    for (int q : quantities) {
      page.markup("<td class=\"number\">");
      page.text(has(row, q) ? ShortNumber.of(row.getMeans(q)) : "–");
      if (has(row, q) && row.getLow(q) != row.getHigh(q)) {
        page.markup("<br><small>")
            .text(ShortNumber.of(row.getLow(q)) + " to " + ShortNumber.of(row.getHigh(q)))
            .markup("</small>");
      }
      page.markup("</td>");
    }
    page.markup("</tr>\n");
  }

  private List<String> columns() {
    List<String> columns = new ArrayList<>(List.of("trials", "diverged"));
    for (int q : quantities) {
      String name = values.getQuantities(q);
      columns.addAll(List.of(name, name + " low", name + " high"));
    }
    return columns;
  }

  /** A row per cell: its labels, its trials, and mean, low and high of each quantity. */
  String csv() {
    List<String> header = new ArrayList<>();
    values
        .getAxesList()
        .forEach(axis -> header.add(AxisColumns.name(axis, values.getAxesList(), columns())));
    header.addAll(columns());
    StringBuilder csv = new StringBuilder();
    csv.append(String.join(",", header.stream().map(CsvField::text).toList())).append("\r\n");
    for (FinalRow row : values.getRowsList()) {
      List<String> fields = new ArrayList<>();
      row.getLabelsList().forEach(label -> fields.add(CsvField.text(label)));
      fields.add(Integer.toString(row.getRepetitions()));
      fields.add(Integer.toString(row.getDiverged()));
      for (int q : quantities) {
        fields.add(has(row, q) ? Double.toString(row.getMeans(q)) : "");
        fields.add(has(row, q) ? Double.toString(row.getLow(q)) : "");
        fields.add(has(row, q) ? Double.toString(row.getHigh(q)) : "");
      }
      csv.append(String.join(",", fields)).append("\r\n");
    }
    return csv.toString();
  }
}
